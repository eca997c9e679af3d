import { IntervalMap } from '../base/interval-map';
import { SPAN, TABLE_ENTRIES, type Level, type PageLevel } from './address';
import { fillEntries, type Memory } from './memory';
import type { Frames } from './pool';
import type { RangeList } from './ranges';
import type { Segment } from './segments';

/**
 * vmkernel's own list of its tables: which frame holds the table of a level that serves a prefix of VPNs. The walk never
 * reads it; the mapping calls need it to find where to write, as every kernel does.
 *
 * A prefix is VPN / 512^level: the number of the table among all possible ones of its level. Entries of a level are numbered
 * through in the same way: entry n of a level lies in the table with prefix n / 512.
 */
export type TableLevel = 1 | 2 | 3;
export const TABLE_LEVELS: readonly TableLevel[] = [3, 2, 1];

export interface Directory {
  readonly root: number;
  readonly tables: Readonly<Record<TableLevel, IntervalMap<number>>>;
}

/** Consecutive prefixes served by consecutive frames. */
export interface TableRun {
  readonly level: TableLevel;
  readonly prefix: number;
  readonly mpn: number;
  readonly count: number;
}

const nextFrame = (mpn: number, by: number): number => mpn + by;

export const emptyDirectory = (root: number): Directory => ({
  root,
  tables: {
    1: IntervalMap.empty<number>(nextFrame),
    2: IntervalMap.empty<number>(nextFrame),
    3: IntervalMap.empty<number>(nextFrame),
  },
});

export function addTables(directory: Directory, { level, prefix, mpn, count }: TableRun): Directory {
  const tables = { ...directory.tables, [level]: directory.tables[level].put(prefix, prefix + count, mpn) };
  return { ...directory, tables };
}

const WORDS = TABLE_ENTRIES * 2;

/** Takes the tables of [start, end) prefixes out of the list. */
export function removeTables(
  directory: Directory,
  level: TableLevel,
  start: number,
  end: number,
): { directory: Directory; runs: TableRun[] } {
  const runs = Array.from(directory.tables[level].within(start, end), (part) => ({
    level,
    prefix: part.start,
    mpn: part.value,
    count: part.end - part.start,
  }));
  const tables = { ...directory.tables, [level]: directory.tables[level].cut(start, end) };
  return { directory: { ...directory, tables }, runs };
}

/** A prefix interval of a level that must have tables. */
export interface Need {
  readonly level: TableLevel;
  readonly start: number;
  readonly end: number;
}

/** The tables that segments need: one above each level that holds an entry. */
export function tablesNeeded(
  segments: Iterable<{ readonly level: PageLevel; readonly vpn: number; readonly pages: number }>,
): Need[] {
  const needs: Need[] = [];
  const last: Partial<Record<TableLevel, number>> = {};
  for (const { level: lowest, vpn, pages } of segments) {
    for (const level of TABLE_LEVELS) {
      if (level < lowest) continue;
      const span = SPAN[(level + 1) as Level];
      const start = Math.floor(vpn / span);
      const end = Math.floor((vpn + pages - 1) / span) + 1;
      const at = last[level];
      const previous = at === undefined ? undefined : needs[at];
      if (at !== undefined && previous && previous.end >= start)
        needs[at] = { ...previous, end: Math.max(end, previous.end) };
      else last[level] = needs.push({ level, start, end }) - 1;
    }
  }
  return needs.toSorted((a, b) => b.level - a.level || a.start - b.start);
}

/** The needed tables that do not exist yet. */
export const missingTables = (directory: Directory, needs: readonly Need[]): Need[] =>
  needs.flatMap(({ level, start, end }) =>
    Array.from(directory.tables[level].gaps(start, end), (gap) => ({ level, ...gap })),
  );

export const countNeeds = (needs: readonly Need[]): number =>
  needs.reduce((sum, { start, end }) => sum + end - start, 0);

/** Hands frames out to missing tables, in order. */
export function assignFrames(missing: readonly Need[], pieces: readonly Frames[]): TableRun[] {
  const runs: TableRun[] = [];
  let piece = 0;
  let used = 0;
  for (const { level, start, end } of missing) {
    for (let prefix = start; prefix < end;) {
      const count = Math.min(end - prefix, pieces[piece].count - used);
      runs.push({ level, prefix, mpn: pieces[piece].mpn + used, count });
      prefix += count;
      used += count;
      if (used === pieces[piece].count) {
        piece++;
        used = 0;
      }
    }
  }
  return runs;
}

/** The frames of the tables that hold entries [first, first + count) of a level, with the part of the entries in each run of frames. */
function* framesOf(
  directory: Directory,
  level: Level,
  first: number,
  count: number,
): Generator<{ mpn: number; from: number; to: number }> {
  if (level === 4) {
    yield { mpn: directory.root, from: first, to: first + count };
    return;
  }
  const start = Math.floor(first / TABLE_ENTRIES);
  const end = Math.floor((first + count - 1) / TABLE_ENTRIES) + 1;
  for (const part of directory.tables[level].within(start, end)) {
    yield {
      mpn: part.value,
      from: Math.max(first, part.start * TABLE_ENTRIES),
      to: Math.min(first + count, part.end * TABLE_ENTRIES),
    };
  }
}

/** The flags of an entry in two halves. */
export interface Flags {
  readonly lo: number;
  readonly hi: number;
}
export const NO_FLAGS: Flags = { lo: 0, hi: 0 };

/** Writes entries first … of a level: entry i points to frame target + i·step. */
export function writeEntries(
  memory: Memory,
  directory: Directory,
  level: Level,
  first: number,
  count: number,
  flags: Flags,
  target: number,
  step: number,
): void {
  for (const { mpn, from, to } of framesOf(directory, level, first, count)) {
    const lead = from % TABLE_ENTRIES;
    memory.writeRun({ base: mpn, lead, count: to - from, ...flags, target: target + (from - first) * step, step });
  }
}

/** Makes entries 0: whole frames at once, the rest one by one. */
export function clearEntries(memory: Memory, directory: Directory, level: Level, first: number, count: number): void {
  for (const { mpn, from, to } of framesOf(directory, level, first, count)) {
    const base = Math.floor(from / TABLE_ENTRIES);
    const clearPart = (at: number, end: number): void => {
      if (at < end)
        memory
          .edit(mpn + Math.floor(at / TABLE_ENTRIES) - base)
          .fill(0, (at % TABLE_ENTRIES) * 2, ((end - 1) % TABLE_ENTRIES) * 2 + 2);
    };
    const whole = Math.ceil(from / TABLE_ENTRIES);
    const wholeEnd = Math.floor(to / TABLE_ENTRIES);
    if (whole > wholeEnd) clearPart(from, to);
    else {
      clearPart(from, whole * TABLE_ENTRIES);
      memory.clear(mpn + whole - base, mpn + wholeEnd - base);
      clearPart(wholeEnd * TABLE_ENTRIES, to);
    }
  }
}

/** Changes flags of the present entries [first, first + count) of a level that `match` accepts: (entry & and) | or. */
export function rewriteEntries(
  memory: Memory,
  directory: Directory,
  level: Level,
  first: number,
  count: number,
  change: { readonly match: (lo: number) => boolean; readonly and: Flags; readonly or: Flags },
): void {
  for (const { mpn, from, to } of framesOf(directory, level, first, count)) {
    const frames = Math.floor((to - 1) / TABLE_ENTRIES) - Math.floor(from / TABLE_ENTRIES) + 1;
    memory.rewrite(mpn, mpn + frames, {
      match: change.match,
      andLo: change.and.lo,
      andHi: change.and.hi,
      orLo: change.or.lo,
      orHi: change.or.hi,
      firstIndex: from % TABLE_ENTRIES,
      lastIndex: (to - 1) % TABLE_ENTRIES,
    });
  }
}

/**
 * Writes the 4 KiB entries of a mapping at VPN `vpn`, range by range. Ranges of a table and more are written as runs; shorter
 * ones word by word in one pass over the tables, which is what makes a million one-page ranges cheap.
 */
export function writeLeaves(
  memory: Memory,
  directory: Directory,
  vpn: number,
  { starts, pages }: RangeList,
  { lo, hi }: Flags,
): void {
  const { length } = starts;
  let at = vpn;
  let i = 0;
  while (i < length) {
    const table = Math.floor(at / TABLE_ENTRIES);
    const first = (at - table * TABLE_ENTRIES) * 2;
    if (pages[i] >= TABLE_ENTRIES || pages[i] * 2 > WORDS - first) {
      // A whole table and more, or across a border of tables.
      writeEntries(memory, directory, 1, at, pages[i], { lo, hi }, starts[i], 1);
      at += pages[i++];
      continue;
    }
    const mpn = directory.tables[1].at(table);
    if (mpn === undefined) throw new Error(`no table for prefix ${table}`);
    const words = memory.edit(mpn);
    let slot = first;
    while (i < length && pages[i] * 2 <= WORDS - slot) {
      let target = starts[i];
      const end = slot + (pages[i++] | 0) * 2;
      do {
        words[slot] = lo | (target << 12);
        words[slot + 1] = hi | (target / 0x10_0000);
        slot += 2;
        target++;
      } while (slot < end);
    }
    at += (slot - first) / 2;
  }
}

/** Writes segments of any page size, several short ones of a table in one go. */
export function writeSegments(
  memory: Memory,
  directory: Directory,
  segments: Iterable<Segment>,
  flagsOf: (level: PageLevel) => Flags,
): void {
  let words: Int32Array | undefined;
  let table = -1;
  let at: Level = 4;
  for (const { level, vpn, mpn, pages } of segments) {
    const span = SPAN[level];
    const first = vpn / span;
    const count = pages / span;
    const prefix = Math.floor(first / TABLE_ENTRIES);
    if (count >= TABLE_ENTRIES || Math.floor((first + count - 1) / TABLE_ENTRIES) !== prefix) {
      writeEntries(memory, directory, level, first, count, flagsOf(level), mpn, span);
      words = undefined;
      continue;
    }
    if (!words || table !== prefix || at !== level) {
      const frame = directory.tables[level].at(prefix);
      if (frame === undefined) throw new Error(`no table for prefix ${prefix}`);
      words = memory.edit(frame);
      table = prefix;
      at = level;
    }
    fillEntries(words, first % TABLE_ENTRIES, count, flagsOf(level), mpn, span);
  }
}

/** The first VPN behind the last listed table that stands where [vpn, vpn + pages) may need larger pages; undefined: none does. */
export function endOfTables({ tables }: Directory, vpn: number, pages: number, largest: PageLevel): number | undefined {
  let last: number | undefined;
  for (const level of TABLE_LEVELS) {
    const span = SPAN[(level + 1) as Level];
    if (level >= largest) continue;
    for (const { end } of tables[level].within(Math.floor(vpn / span), Math.ceil((vpn + pages) / span)))
      last = Math.max(last ?? 0, end * span);
  }
  return last;
}
