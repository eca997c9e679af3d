import type { TimelinePicture } from '../../engine/picture';

export interface TimelineProps {
  readonly timeline: TimelinePicture | undefined;
  readonly step: number;
  readonly last: number;
  readonly time: number;
  readonly narration: string;
  readonly playing: boolean;
  readonly speed: number;
  readonly speeds: readonly number[];
  /** Says that the engine is busy, or what is wrong with it. */
  readonly notice: string | undefined;
  readonly onPlay: () => void;
  readonly onPause: () => void;
  readonly onStep: (by: number) => void;
  readonly onOperation: (by: 1 | -1) => void;
  readonly onSeek: (step: number) => void;
  readonly onSpeed: (speed: number) => void;
}
