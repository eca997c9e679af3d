import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FrameSpan, FrameWindow } from '../engine/protocol';
import type { Thing } from '../engine/thing';
import type { Level } from '../machine/address';
import { TABS, type Draft, type Tab } from './draft';
import { PLAIN_LAYOUT, type Layout } from './layout';
import type { Speed } from './playback';
import type { Storage } from './storage';
import type { Pokes, Typed } from './typed';

export type Theme = 'light' | 'dark';
export type Dialog = 'palette' | 'gallery' | 'keys' | 'settings' | 'compare' | 'share' | 'export' | 'open' | 'learn';

/** How the request panel lets the reader write: one call, the scenario as a script, or as C. */
export const WAYS = ['form', 'script', 'c'] as const;
export type Way = (typeof WAYS)[number];

/** The tabs that are open: the way in which a request is written, and what can be done below the walk. */
export interface Tabs {
  readonly request: Way;
  readonly acts: Tab;
}
export const PLAIN_TABS: Tabs = { request: 'form', acts: 'access' };

/** What is seen of the time line. */
export interface Track {
  /** Absent: the one that shows most of the run. */
  readonly axis: 'cycles' | 'steps' | undefined;
  /** In cycles or steps. Absent: all of it. */
  readonly span: Span | undefined;
}
export const ALL_TRACK: Track = { axis: undefined, span: undefined };
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the reader is and what is looked at. None of it is part of the document. */
export interface View {
  /** The playhead: so many steps are behind it, and the part of the next that has passed. */
  readonly at: number;
  /** Its whole steps: the picture on screen is that of this step. */
  readonly step: number;
  readonly playing: boolean;
  readonly speed: Speed;
  /** The selected address, and the level whose entry shows its bits. */
  readonly va: bigint;
  readonly level: Level;
  /** What the pointer or the focus is on, and what was chosen last; every view marks what belongs to it. */
  readonly hover: Thing | undefined;
  readonly selected: Thing;
  readonly frames: FrameWindow;
  /** What the colours of the frames view stand for. */
  readonly colouring: 'kind' | 'owner' | 'level' | 'times' | 'type';
  /** The frame under the cursor of the frames view. */
  readonly mpn: number;
  /** The PCPUs that are opened, where there is no room for all. */
  readonly lanes: readonly number[];
  /** The PCPUs whose TLB entries are listed. */
  readonly listed: readonly number[];
  readonly track: Track;
  readonly walkPicture: 'path' | 'tree';
  /** The nodes of the tree that are open, and with `!` before them those closed though the selected address is below. */
  readonly tree: readonly string[];
  /** Steps that the reader marked. */
  readonly bookmarks: readonly number[];
  /** The dialog that is open. */
  readonly dialog: Dialog | undefined;
  /** A lesson is under way. */
  readonly learning: boolean;
  /** Files that were dropped on the page and wait for the dialog that opens them. */
  readonly files?: readonly File[] | undefined;
  readonly layout: Layout;
  /** Whether keys without Ctrl or ⌘ are shortcuts. */
  readonly singleKeys: boolean;
  readonly tabs: Tabs;
  readonly draft: Draft;
  /** What-ifs by the machine address of their entry; they stay through time travel. */
  readonly pokes: Pokes;
  /** What stands in fields beside the form. */
  readonly typed: Typed;
  /** Absent: as the system has it. */
  readonly theme: Theme | undefined;
}

export type ViewStore = StoreApi<View>;

export const createView = (draft: Draft, theme: Theme | undefined): ViewStore =>
  createStore<View>(() => ({
    at: 0,
    step: 0,
    playing: false,
    speed: 1,
    va: 0n,
    level: 1,
    hover: undefined,
    selected: { kind: 'va', va: 0n },
    frames: { start: 0, cells: 512, perCell: 1 },
    colouring: 'kind',
    mpn: 0,
    lanes: [],
    listed: [],
    track: ALL_TRACK,
    walkPicture: 'path',
    tree: [''],
    bookmarks: [],
    dialog: undefined,
    learning: false,
    layout: PLAIN_LAYOUT,
    singleKeys: true,
    tabs: PLAIN_TABS,
    draft,
    pokes: {},
    typed: {},
    theme,
  }));

export const keptTheme = (storage: Storage): Theme | undefined =>
  (['light', 'dark'] as const).find((theme) => theme === storage.read('theme'));

export function keptTabs(storage: Storage): Tabs {
  const [request, acts] = storage.read('tabs')?.split(' ') ?? [];
  return {
    request: WAYS.find((one) => one === request) ?? PLAIN_TABS.request,
    acts: TABS.find((one) => one === acts) ?? PLAIN_TABS.acts,
  };
}

/** The window of the same size that has a frame in it. */
export function windowWith(frames: FrameWindow, mpn: number): FrameWindow {
  const { start, cells, perCell } = frames;
  const count = cells * perCell;
  return mpn >= start && mpn < start + count ? frames : { ...frames, start: Math.floor(mpn / count) * count };
}

export const sameSpan =
  (a: FrameSpan) =>
  (b: FrameSpan): boolean =>
    a.mpn === b.mpn && a.count === b.count;

/** The frames that are pointed at or selected, and those of the cell under the cursor. */
export function pointedFrames({ hover, selected, frames: { start, perCell }, mpn }: View): readonly FrameSpan[] {
  const cursor = { mpn: start + Math.floor((mpn - start) / perCell) * perCell, count: perCell };
  const spans: FrameSpan[] = [];
  for (const thing of [hover, selected, { kind: 'frame', ...cursor } as const]) {
    if (thing?.kind === 'frame' && !spans.some(sameSpan(thing))) spans.push({ mpn: thing.mpn, count: thing.count });
  }
  return spans;
}

/** So many PCPUs are shown entry by entry; of more, only those that are opened. */
export const MOST_LANES = 16;

/** The PCPUs whose caches are on screen. */
export const lanesOf = ({ lanes }: View, pcpus: number): readonly number[] =>
  pcpus <= MOST_LANES ? Array.from({ length: pcpus }, (_, i) => i) : lanes;
