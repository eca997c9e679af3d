import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Picture, Prediction, ReachPicture, TimelinePicture, WalkPicture } from '../engine/picture';
import type { LibraryEntry, Scenario } from '../scenario';
import type { Act, Problems } from './draft';
import type { Kept } from './kept';
import type { View } from './view';

/** How the engine is doing. */
export type EngineState =
  | { readonly kind: 'loading'; readonly done: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'restarting'; readonly why: string }
  | { readonly kind: 'failed'; readonly message: string };

/** What of the view is about one document. */
export type Looks = Pick<View, 'pokes' | 'lanes' | 'listed' | 'tree' | 'bookmarks' | 'track'>;

/** Where a document was left, so that undo also brings back what was on screen. */
export interface Left {
  readonly step: number;
  /** Only where another document came in its place: those of one document stay while it changes. */
  readonly looks?: Looks | undefined;
}
export interface Version extends Left {
  readonly document: Scenario;
}

/** What pressing a button of the form would do. */
export interface Forecast {
  readonly act: Act;
  readonly prediction?: Prediction | undefined;
  /** Fields that keep the operation from being made. */
  readonly problems: Problems;
  /** The field that vmk_Map would refuse, and why: of the request in the form, whichever button is considered. */
  readonly refusal?: Refusal | undefined;
}
export interface Refusal {
  readonly field: string;
  readonly says: string;
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
  /** What earlier visits left behind and nobody has answered for, newest first. */
  readonly kept: readonly Kept[];
  /** Why a link opened nothing, until the reader has read it. */
  readonly linkFault: string | undefined;
  /** The browser refused to store the document: a reload would lose it. */
  readonly unstored: boolean;
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
    kept: [],
    linkFault: undefined,
    unstored: false,
  }));

export const MAX_UNDO = 200;

type Change = Pick<Session, 'document' | 'past' | 'future'>;

/** A new document; what was undone before is gone. */
export const edited = ({ document, past }: Session, left: Left, next: Scenario): Change => ({
  document: next,
  past: [...past, { document, ...left }].slice(-MAX_UNDO),
  future: [],
});

/** The document before, and where it was left. */
export function undone({ document, past, future }: Session, left: Left): (Change & Left) | undefined {
  const version = past.at(-1);
  if (!version) return undefined;
  return { ...version, past: past.slice(0, -1), future: [{ document, ...left }, ...future] };
}

export function redone({ document, past, future }: Session, left: Left): (Change & Left) | undefined {
  const [version] = future;
  if (!version) return undefined;
  return { ...version, past: [...past, { document, ...left }], future: future.slice(1) };
}
