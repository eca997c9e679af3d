import type { ComponentType, ReactNode } from 'react';
import type { Span } from '../../draw/span';
import type { TimelinePicture } from '../../engine/picture';
import type { Lit, Thing } from '../../engine/thing';
import type { AxisKind } from './axis';

export interface TimelineProps {
  readonly step: number;
  readonly last: number;
  readonly time: number;
  readonly narration: string;
  readonly playing: boolean;
  readonly speed: number;
  readonly speeds: readonly number[];
  /** Says that the engine is busy, or what is wrong with it. */
  readonly notice: string | undefined;
  /** The tracks, and what stands beside them. */
  readonly children?: ReactNode;
  readonly onPlay: () => void;
  readonly onPause: () => void;
  readonly onStep: (by: number) => void;
  readonly onOperation: (by: 1 | -1) => void;
  readonly onSpeed: (speed: number) => void;
}

/** The playhead of this moment. */
export interface Now {
  /** In steps, with the part of the step that has passed. */
  readonly at: number;
  readonly step: number;
  readonly narration: string;
}

export interface StageProps {
  readonly timeline: TimelinePicture;
  readonly last: number;
  readonly theme: string;
  readonly lit: Lit;
  readonly bookmarks: readonly number[];
  /** What is seen; without an axis the one that shows most, without a span all of it. */
  readonly track: { readonly axis: AxisKind | undefined; readonly span: Span | undefined };
  /** Renders its children anew whenever the playhead moves; everything else stays as it is. */
  readonly Moving: ComponentType<{ readonly children: (now: Now) => ReactNode }>;
  /** To a position, which may lie between two steps. */
  readonly onSeek: (at: number) => void;
  readonly onOperation: (by: 1 | -1) => void;
  readonly onHover: (thing: Thing | undefined) => void;
  readonly onSelect: (thing: Thing) => void;
  readonly onBookmark: (step: number) => void;
  readonly onCompare: () => void;
  readonly onTrack: (track: StageProps['track']) => void;
}
