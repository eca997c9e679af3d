import type { Result } from '../base/result';
import type { Op } from '../machine/op';
import type { Scenario } from '../scenario';
import type { CReading, Mistake } from '../scenario/c';
import type { Picture, Prediction, ReachPicture, TimelinePicture, Tried, WalkPicture } from './picture';
import type { Exported, ExportWhat } from './picture-export';
import type { Strip } from './picture-strip';
import type { Rehearsal } from './rehearsal';

/** What is looked at. */
export interface Look {
  /** The address whose walk is shown. */
  readonly va: bigint;
  /** Absent while no frames are on screen. */
  readonly frames?: FrameWindow | undefined;
  /** Frames of which it is to be known which entries lead to them. */
  readonly reach?: readonly FrameSpan[] | undefined;
  /** The PCPUs whose caches are shown entry by entry; absent while no PCPUs are on screen. */
  readonly lanes?: readonly number[] | undefined;
  /** The nodes of the tree of tables that are open, by id; absent while no tree is on screen. */
  readonly tree?: readonly string[] | undefined;
}

/** So many frames from an MPN on. */
export interface FrameSpan {
  readonly mpn: number;
  readonly count: number;
}

/** The part of machine memory on screen: from an MPN, so many cells of so many frames each, which is a power of two. */
export interface FrameWindow {
  readonly start: number;
  readonly cells: number;
  readonly perCell: number;
}

/**
 * Page → worker. `epoch` counts documents: a reply of an older epoch is dropped. Every request has exactly one reply with its id.
 */
export type Request = { readonly id: number; readonly epoch: number } & RequestBody;
export type RequestBody =
  | { readonly kind: 'load'; readonly scenario: Scenario }
  | { readonly kind: 'seek'; readonly step: number; readonly look: Look }
  /** What the operation would do if it were added after the step. The machine does not change. */
  | { readonly kind: 'predict'; readonly step: number; readonly op: Op }
  /** The walk of another address in a step. Nothing is changed by looking. */
  | { readonly kind: 'probe'; readonly step: number; readonly va: bigint }
  /** What an address leads to in a step, and what it would with another word at a machine address. The machine does not change. */
  | { readonly kind: 'try'; readonly step: number; readonly va: bigint; readonly ma: number; readonly value: bigint }
  /** Which entries lead to some frames in a step. */
  | { readonly kind: 'reach'; readonly step: number; readonly frames: readonly FrameSpan[] }
  /** A file of what is there in a step. */
  | { readonly kind: 'export'; readonly step: number; readonly what: ExportWhat }
  /** How a scenario, such as this one on another machine, goes from start to end. What is loaded stays. */
  | { readonly kind: 'rehearse'; readonly scenario: Scenario }
  /** What a C source comes to. It takes a machine of its own and needs no scenario. */
  | { readonly kind: 'source'; readonly text: string }
  /** The small picture of a whole scenario; nothing need be loaded for it. */
  | { readonly kind: 'strip'; readonly scenario: Scenario };

export type ReplyBody =
  | { readonly kind: 'loaded'; readonly timeline: TimelinePicture }
  | { readonly kind: 'picture'; readonly picture: Picture; readonly reach: readonly ReachPicture[] }
  | { readonly kind: 'prediction'; readonly prediction: Prediction }
  | { readonly kind: 'probed'; readonly walk: WalkPicture }
  | { readonly kind: 'tried'; readonly tried: Tried }
  | { readonly kind: 'reached'; readonly reach: readonly ReachPicture[] }
  | { readonly kind: 'exported'; readonly exported: Exported }
  | { readonly kind: 'rehearsed'; readonly rehearsal: Rehearsal }
  | { readonly kind: 'sourced'; readonly reading: Result<CReading, Mistake> }
  | { readonly kind: 'stripped'; readonly strip: Strip }
  /** An expected failure, in words, with the request that it answers. */
  | { readonly kind: 'failed'; readonly during: RequestBody['kind']; readonly message: string };

/** Worker → page. `progress` (0–1) may come any number of times before the reply of a load, a rehearsal, an export, a source or a strip. */
export type Reply =
  | ({ readonly id: number; readonly epoch: number } & ReplyBody)
  | { readonly id: number; readonly epoch: number; readonly kind: 'progress'; readonly done: number };

export type ReplyOf<K extends RequestBody['kind']> = Extract<
  ReplyBody,
  {
    kind: {
      load: 'loaded';
      seek: 'picture';
      predict: 'prediction';
      probe: 'probed';
      try: 'tried';
      reach: 'reached';
      export: 'exported';
      rehearse: 'rehearsed';
      source: 'sourced';
      strip: 'stripped';
    }[K];
  }
>;
