import { SPAN, TABLE_ENTRIES, type Level } from '../machine/address';
import type { Control } from '../machine/control';
import { BIT } from '../machine/entry-format';
import { frameAt, NOTHING, roleOf, TO_PAGE } from './entry-stretches';

/** Neighbouring entries of one table that are alike. */
export interface EntryRun {
  readonly role: 1 | 2 | 3;
  readonly first: number;
  readonly last: number;
  /** The entry at `first`. */
  readonly lo: number;
  readonly hi: number;
  /** What it points to. */
  readonly mpn: number;
}

/** More runs than this are shown in parts, of which there are about so many. */
const MOST_RUNS = 32;
const PARTS = 16;
/** A run of so many tables opens to its tables, a longer one to parts of it. */
const MOST_TABLES = 32;

const FLAGS = BIT.RW | BIT.US | BIT.PWT | BIT.PCD;
const PAGE_FLAGS = FLAGS | BIT.PS | BIT.G;

/** The flags in which the entries of a run agree; A and D are not among them, because every access would tear runs apart. */
function flagsOf(role: number, level: Level, lo: number): number {
  if (role !== TO_PAGE) return lo & FLAGS;
  return lo & (level > 1 ? PAGE_FLAGS | BIT.PAT_LARGE : PAGE_FLAGS);
}

/** The present entries of a stretch of a table as runs. `isAlone` says which entries, beside those of pages, make no run with others. */
export function runsOf(
  words: Int32Array,
  level: Level,
  control: Control,
  { first, last }: Slots,
  isAlone: (mpn: number, index: number) => boolean,
): readonly EntryRun[] {
  const runs: { -readonly [K in keyof EntryRun]: EntryRun[K] }[] = [];
  let alone = false;
  for (let i = first; i <= last; i++) {
    const [lo, hi] = [words[i * 2], words[i * 2 + 1]];
    const role = roleOf(level, lo, hi, control);
    if (role === NOTHING) continue;
    const mpn = frameAt(level, lo, hi, control);
    const single = role !== TO_PAGE && isAlone(mpn, i);
    const run = runs.at(-1);
    const alike =
      run?.last === i - 1 &&
      run.role === role &&
      !alone &&
      !single &&
      flagsOf(role, level, run.lo) === flagsOf(role, level, lo) &&
      run.hi >>> 31 === hi >>> 31 &&
      (role !== TO_PAGE || mpn === run.mpn + (i - run.first) * SPAN[level]);
    if (alike) run.last = i;
    else runs.push({ role, first: i, last: i, lo, hi, mpn });
    alone = single;
  }
  return runs;
}

/** Entries of one table from first to last, both within. */
export interface Slots {
  readonly first: number;
  readonly last: number;
}
export const ALL_SLOTS: Slots = { first: 0, last: TABLE_ENTRIES - 1 };

/** What a stretch of a table opens to: its runs, or where there are too many, or one that is to be opened itself, parts of about equal length. */
export function partsOf(runs: readonly EntryRun[], { first, last }: Slots, isRun: boolean): readonly Slots[] {
  const tables = last - first + 1;
  const splits = isRun && runs.length === 1;
  if (!splits && runs.length <= MOST_RUNS) return runs;
  const size = splits && tables <= MOST_TABLES ? 1 : 2 ** Math.ceil(Math.log2(tables / PARTS));
  const parts: Slots[] = [];
  for (let at = first - (first % size); at <= last; at += size) {
    parts.push({ first: Math.max(first, at), last: Math.min(last, at + size - 1) });
  }
  return parts;
}
