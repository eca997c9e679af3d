import { SPAN, TABLE_ENTRIES, type Level, type PageLevel } from '../machine/address';
import type { Control } from '../machine/control';
import { BIT } from '../machine/entry-format';
import type { Memory, Run } from '../machine/memory';
import { targetOf } from '../machine/walk';

/** What an entry does: nothing, lead to a table, map a page, or fault because a reserved bit is set. */
export const [NOTHING, TO_TABLE, TO_PAGE, RESERVED] = [0, 1, 2, 3] as const;

export function roleOf(level: Level, lo: number, hi: number, control: Control): 0 | 1 | 2 | 3 {
  if ((lo & BIT.P) === 0) return NOTHING;
  const large = level > 1 && (lo & BIT.PS) !== 0;
  if ((hi & control.reservedHigh) !== 0) return RESERVED;
  if (large && (lo & (level === 4 ? control.reservedLow[4] : control.reservedLargeLow[level])) !== 0) return RESERVED;
  return large || level === 1 ? TO_PAGE : TO_TABLE;
}

/** The first frame that an entry of a level points to; the low address bits of a large page hold its PAT bit. */
export function frameAt(level: Level, lo: number, hi: number, control: Control): number {
  const mpn = targetOf(lo, hi, control);
  const large = level > 1 && level < 4 && (lo & BIT.PS) !== 0;
  return large ? mpn - (mpn % SPAN[level]) : mpn;
}

/** Tables of one level in consecutive frames. `prefix` numbers the tables of a level through, as in machine/tables.ts. */
export interface Tables {
  readonly level: Level;
  readonly prefix: number;
  readonly mpn: number;
  readonly count: number;
}

/** Entries of a level from the number `at`: they lead to consecutive tables, or map so many pages of 4 KiB in all. */
export type EntryStretch =
  | { readonly role: typeof TO_TABLE; readonly at: number; readonly count: number; readonly target: number }
  | { readonly role: typeof TO_PAGE; readonly at: number; readonly count: number; readonly pages: number };

/**
 * The present entries of tables in order. A folded run of tables is one stretch, however long; only tables that are stored word by word
 * are read, while `mayRead` allows it.
 */
export function* stretchesOf(
  memory: Memory,
  control: Control,
  tables: Tables,
  mayRead: (prefix: number) => boolean,
): Generator<EntryStretch> {
  const { level, mpn, count, prefix } = tables;
  let at = mpn;
  for (const plain of memory.plainWithin(mpn, mpn + count)) {
    if (at < plain) yield* foldedIn(memory, control, tables, at, plain);
    const number = prefix + plain - mpn;
    if (mayRead(number)) yield* readTable(memory.read(plain), control, level, number);
    at = plain + 1;
  }
  if (at < mpn + count) yield* foldedIn(memory, control, tables, at, mpn + count);
}

function* foldedIn(
  memory: Memory,
  control: Control,
  { level, prefix, mpn }: Tables,
  start: number,
  end: number,
): Generator<EntryStretch> {
  for (const part of memory.runsWithin(start, end)) {
    const run: Run = part.value;
    const role = roleOf(level, run.lo, run.hi, control);
    const from = Math.max(0, (part.start - run.base) * TABLE_ENTRIES - run.lead);
    const to = Math.min(run.count, (part.end - run.base) * TABLE_ENTRIES - run.lead);
    const at = (prefix + run.base - mpn) * TABLE_ENTRIES + run.lead + from;
    const count = to - from;
    if (role === TO_TABLE) yield { role, at, count, target: run.target + from * run.step };
    if (role === TO_PAGE) yield { role, at, count, pages: count * SPAN[level as PageLevel] };
  }
}

/** How many entries of a page table map a page: the loop that a count spends its time in. */
function presentIn(words: Int32Array, reservedHigh: number): number {
  const present = BIT.P;
  let count = 0;
  const { length } = words;
  for (let i = 0; i < length; i += 2) {
    if ((words[i] & present) !== 0 && (words[i + 1] & reservedHigh) === 0) count++;
  }
  return count;
}

function* readTable(words: Int32Array, control: Control, level: Level, prefix: number): Generator<EntryStretch> {
  const at = prefix * TABLE_ENTRIES;
  let pages = level === 1 ? presentIn(words, control.reservedHigh) : 0;
  let start = 0;
  let target = 0;
  let count = 0;
  for (let i = level === 1 ? TABLE_ENTRIES : 0; i < TABLE_ENTRIES; i++) {
    const lo = words[i * 2];
    const hi = words[i * 2 + 1];
    const role = roleOf(level, lo, hi, control);
    if (role === TO_PAGE) pages += SPAN[level];
    if (role !== TO_TABLE) continue;
    const mpn = targetOf(lo, hi, control);
    if (count > 0 && i === start + count && mpn === target + count) {
      count++;
      continue;
    }
    if (count > 0) yield { role: TO_TABLE, at: at + start, count, target };
    start = i;
    target = mpn;
    count = 1;
  }
  if (count > 0) yield { role: TO_TABLE, at: at + start, count, target };
  if (pages > 0) yield { role: TO_PAGE, at, count: TABLE_ENTRIES, pages };
}
