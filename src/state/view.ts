import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Level } from '../machine/address';
import type { Draft } from './draft';
import type { Speed } from './playback';

export type Theme = 'light' | 'dark';

/** The part of machine memory on screen, in frames. */
export interface FrameWindow {
  readonly start: number;
  readonly count: number;
}

/** Where the reader is and what is looked at. None of it is part of the document. */
export interface View {
  /** The playhead. */
  readonly step: number;
  readonly playing: boolean;
  readonly speed: Speed;
  /** The selected address, and the level whose entry shows its bits. */
  readonly va: bigint;
  readonly level: Level;
  readonly frames: FrameWindow;
  /** The frame under the cursor of the frames view. */
  readonly mpn: number;
  readonly draft: Draft;
  /** Absent: as the system has it. */
  readonly theme: Theme | undefined;
}

export type ViewStore = StoreApi<View>;

export const FRAME_COUNTS = [256, 512, 1024, 4096] as const;

export const createView = (draft: Draft, theme: Theme | undefined): ViewStore =>
  createStore<View>(() => ({
    step: 0,
    playing: false,
    speed: 1,
    va: 0n,
    level: 1,
    frames: { start: 0, count: 512 },
    mpn: 0,
    draft,
    theme,
  }));

/** The window of the same size that has a frame in it. */
export const windowWith = (frames: FrameWindow, mpn: number): FrameWindow =>
  mpn >= frames.start && mpn < frames.start + frames.count
    ? frames
    : { ...frames, start: Math.floor(mpn / frames.count) * frames.count };
