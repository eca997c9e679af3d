import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Picture, Prediction, ReachPicture, TimelinePicture, WalkPicture } from '../engine/picture';
import type { LibraryEntry, Scenario } from '../scenario';
import type { Act, Problems } from './draft';

/** How the engine is doing. */
export type EngineState =
  | { readonly kind: 'loading'; readonly done: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'restarting'; readonly why: string }
  | { readonly kind: 'failed'; readonly message: string };

/** A document with the step it was left at, so that undo also brings back what was on screen. */
export interface Version {
  readonly document: Scenario;
  readonly step: number;
}

/** What pressing a button of the form would do. */
export interface Forecast {
  readonly act: Act;
  readonly prediction?: Prediction | undefined;
  /** Fields that keep the request from being made. */
  readonly problems: Problems;
}

/** The document, its past, and what the engine says of it. */
export interface Session {
  readonly document: Scenario;
  readonly past: readonly Version[];
  readonly future: readonly Version[];
  readonly timeline: TimelinePicture | undefined;
  readonly picture: Picture | undefined;
  /** The walk of the address under the pointer, while that is not the selected one. */
  readonly preview: WalkPicture | undefined;
  /** What leads to the frames that are pointed at, in the step of the picture. */
  readonly reach: readonly ReachPicture[];
  readonly forecast: Forecast;
  readonly engine: EngineState;
  /** The scenarios that come with the program; empty until they are loaded. */
  readonly library: readonly LibraryEntry[];
  /** A document that an earlier visit left behind. */
  readonly kept: Scenario | undefined;
}

export type SessionStore = StoreApi<Session>;

export const createSession = (document: Scenario): SessionStore =>
  createStore<Session>(() => ({
    document,
    past: [],
    future: [],
    timeline: undefined,
    picture: undefined,
    preview: undefined,
    reach: [],
    forecast: { act: 'map', problems: {} },
    engine: { kind: 'loading', done: 0 },
    library: [],
    kept: undefined,
  }));

export const MAX_UNDO = 200;

type Change = Pick<Session, 'document' | 'past' | 'future'>;

/** A new document; what was undone before is gone. */
export const edited = ({ document, past }: Session, step: number, next: Scenario): Change => ({
  document: next,
  past: [...past, { document, step }].slice(-MAX_UNDO),
  future: [],
});

/** The document before, with the step it was left at. */
export function undone({ document, past, future }: Session, step: number): (Change & { step: number }) | undefined {
  const version = past.at(-1);
  if (!version) return undefined;
  return { ...version, past: past.slice(0, -1), future: [{ document, step }, ...future] };
}

export function redone({ document, past, future }: Session, step: number): (Change & { step: number }) | undefined {
  const [version] = future;
  if (!version) return undefined;
  return { ...version, past: [...past, { document, step }], future: future.slice(1) };
}
