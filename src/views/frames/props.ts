import type { Window } from '../../draw/frame-window';
import type { FramesPicture, MappingPicture, ReachPicture } from '../../engine/picture';
import type { Lit, Thing } from '../../engine/thing';
import type { PatType } from '../../machine/memory-type';
import type { Region } from '../../machine/regions';

export const COLOURINGS = ['kind', 'owner', 'level', 'times', 'type'] as const;
/** What the colours of the cells stand for. */
export type Colouring = (typeof COLOURINGS)[number];

/** Where frames are mapped. */
export interface Mapped {
  readonly name: string;
  readonly va: bigint;
}

/** Frames that were marked out for a request. */
export interface FrameRange {
  readonly startMPN: number;
  readonly numPages: number;
}

/** What the words about a frame are made of. */
export interface About {
  readonly frames: FramesPicture;
  readonly regions: readonly Region[];
  readonly mappings: readonly MappingPicture[];
  readonly modules: readonly { readonly id: number; readonly name: string }[];
  readonly pat: readonly PatType[];
  /** Which entries lead to the frames that are pointed at. */
  readonly reach: readonly ReachPicture[];
  /** The first places at which requests map any of so many frames. */
  readonly mappedAt: (mpn: number, count: number) => readonly Mapped[];
}

export interface FramesIntents {
  /** Moves the cursor to a frame. */
  readonly onPoint: (mpn: number) => void;
  readonly onSelect: (thing: Thing) => void;
  readonly onHover: (thing: Thing | undefined) => void;
  readonly onWindow: (window: Window) => void;
  readonly onColouring: (colouring: Colouring) => void;
  /** Puts frames into the request, beside the ranges that it has or instead of them. */
  readonly onRange: (range: FrameRange, how: 'add' | 'replace') => void;
}

export interface FramesProps extends About, FramesIntents {
  /** The window asked for; its picture comes a moment later. */
  readonly window: Window;
  /** Frames of the machine. */
  readonly total: number;
  readonly pool: { readonly startMPN: number; readonly pages: number };
  /** The frame under the keyboard's cursor. */
  readonly cursor: number;
  readonly lit: Lit;
  /** The selected address has a frame. */
  readonly shown: boolean;
  readonly colouring: Colouring;
  /** How many ranges the request has room for. */
  readonly room: number;
  /** The canvas reads its colours from the page; in another theme it does so again. */
  readonly theme: string;
}
