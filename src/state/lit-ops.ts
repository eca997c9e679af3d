import { joined, meets } from '../base/stretches';
import { touchedPages } from '../engine/op-places';
import type { OpPlace, TimelinePicture } from '../engine/picture';
import type { Stretch } from '../engine/thing';
import { lowVa, PAGE_SIZE } from '../machine/address';
import { partsWithin, rangeList } from '../machine/ranges';
import type { Scenario } from '../scenario';
import type { Around } from './around';

/** What operations are looked for by. */
export interface About {
  readonly vas?: readonly Stretch<bigint>[];
  readonly frames?: readonly Stretch<number>[];
  /** Machine addresses of entries. */
  readonly entries?: readonly number[];
  /** The vmk_Map of a mapping. */
  readonly map?: number;
  /** The frames tell what an operation on a mapping is about; addresses may have been given out to other frames before. */
  readonly by?: 'frames';
}

/** Pages of one mapping at which frames show, at most; where there are more, all from the first to the last count. */
const MOST_SHOWN = 64;
const NONE: readonly Stretch<number>[] = [];

/** The operations, done and to come, that map, change, unmap or touch something. */
export function opsAbout(about: About, { timeline, document }: Around): readonly Stretch<number>[] {
  if (!timeline) return [];
  const { vas = [], frames = NONE, entries = [], map, by } = about;
  const pages = joined(vas.map(({ start, end }) => lowPages(start, end)));
  const named = joined(frames);
  const shown = new Map<number, readonly Stretch<number>[]>();
  /** The pages of a mapping at which the frames show. */
  const showing = (op: number): readonly Stretch<number>[] => {
    const known = shown.get(op) ?? pagesShowing(op, named, timeline, document);
    shown.set(op, known);
    return known;
  };
  const isAbout = (place: OpPlace): boolean => {
    if (map !== undefined) return place.map === map;
    if (place.entry !== undefined && entries.includes(place.entry)) return true;
    if (place.frames.some(({ start, end }) => meets(named, start, end))) return true;
    const wanted = by === 'frames' && place.map >= 0 ? showing(place.map) : pages;
    return wanted.length > 0 && place.pages.some(({ start, end }) => meets(wanted, start, end));
  };
  const ops: { start: number; end: number }[] = [];
  timeline.places.forEach((place, i) => {
    if (!isAbout(place)) return;
    const last = ops.at(-1);
    if (last?.end === i) last.end++;
    else ops.push({ start: i, end: i + 1 });
  });
  return ops;
}

function lowPages(start: bigint, end: bigint): Stretch<number> {
  const first = Math.floor(lowVa(start) / PAGE_SIZE);
  return { start: first, end: first + Math.max(1, Number(end - start) / PAGE_SIZE) };
}

function pagesShowing(
  map: number,
  frames: readonly Stretch<number>[],
  { places }: TimelinePicture,
  { ops }: Scenario,
): readonly Stretch<number>[] {
  const op = ops[map];
  const base = places[map]?.pages[0]?.start;
  if (op?.op !== 'map' || base === undefined) return NONE;
  const list = rangeList(op.ranges);
  const found: Stretch<number>[] = [];
  for (const { start, end } of frames) {
    if (end <= list.low || start >= list.high) continue;
    for (const { offset, pages } of partsWithin(list, start, end)) {
      found.push({ start: base + offset, end: base + offset + pages });
      if (found.length > MOST_SHOWN) return [{ start: base, end: base + list.total }];
    }
  }
  return joined(found);
}

/** The steps of operations, from the first of each to its last. */
export function stepsOf(
  ops: readonly Stretch<number>[],
  timeline: TimelinePicture | undefined,
): readonly Stretch<number>[] {
  const steps: Stretch<number>[] = [];
  for (const { start, end } of ops) {
    for (let i = start; i < end; i++) {
      const { first, last } = timeline?.ops[i] ?? { first: 0, last: 0 };
      if (first > 0) steps.push({ start: first, end: last + 1 });
    }
  }
  return joined(steps);
}

/** What a step of a burst touches; undefined for a step that is about all of its operation. */
export function pagesOfStep(
  step: number,
  { acts, ops, places }: TimelinePicture,
  { ops: list }: Scenario,
): readonly Stretch<number>[] | undefined {
  const index = acts.ops[step];
  const op = list[index];
  const burst = acts.names.indexOf('burst');
  if (op?.op !== 'access' || acts.acts[step] !== burst) return undefined;
  let next = step + 1;
  while (next <= ops[index].last && (acts.ops[next] !== index || acts.acts[next] !== burst)) next++;
  const end = next > ops[index].last ? op.count : acts.done[next];
  return touchedPages(places[index].va, op.stride, acts.done[step], end);
}

/** Messages that are marked, at most: those nearest to the present step. */
const MOST_MESSAGES = 512;

/** The messages that are wanted, in the order of sending. */
export function messagesOf({ timeline, picture }: Around, wanted: (index: number) => boolean): readonly number[] {
  if (!timeline) return [];
  const { sentBy } = timeline.messages;
  const all: number[] = [];
  let behind = 0;
  for (let i = 0; i < sentBy.length; i++) {
    if (!wanted(i)) continue;
    if (sentBy[i] <= (picture?.step ?? 0)) behind++;
    all.push(i);
  }
  if (all.length <= MOST_MESSAGES) return all;
  const from = Math.max(0, Math.min(all.length - MOST_MESSAGES, behind - MOST_MESSAGES / 2));
  return all.slice(from, from + MOST_MESSAGES);
}
