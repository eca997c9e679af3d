import type { Level } from '../machine/address';
import type { Op } from '../machine/op';
import type { Scenario } from '../scenario';
import type { Picture, Prediction, TimelinePicture } from './picture';

/** What is looked at: the address whose walk is shown, the level of the selected entry, the frames on screen. */
export interface Look {
  readonly va: bigint;
  readonly level: Level;
  readonly frames: { readonly start: number; readonly count: number };
}

/**
 * Page → worker. `epoch` counts documents: a reply of an older epoch is dropped. Every request has exactly one reply with its id.
 */
export type Request = { readonly id: number; readonly epoch: number } & RequestBody;
export type RequestBody =
  | { readonly kind: 'load'; readonly scenario: Scenario }
  | { readonly kind: 'seek'; readonly step: number; readonly look: Look }
  /** What the operation would do if it were added after the step. The machine does not change. */
  | { readonly kind: 'predict'; readonly step: number; readonly op: Op };

export type ReplyBody =
  | { readonly kind: 'loaded'; readonly timeline: TimelinePicture }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'prediction'; readonly prediction: Prediction }
  /** An expected failure, in words, with the request that it answers. */
  | { readonly kind: 'failed'; readonly during: RequestBody['kind']; readonly message: string };

/** Worker → page. `progress` (0–1) may come any number of times before the reply of a load. */
export type Reply =
  | ({ readonly id: number; readonly epoch: number } & ReplyBody)
  | { readonly id: number; readonly epoch: number; readonly kind: 'progress'; readonly done: number };

export type ReplyOf<K extends RequestBody['kind']> = Extract<
  ReplyBody,
  { kind: { load: 'loaded'; seek: 'picture'; predict: 'prediction' }[K] }
>;
