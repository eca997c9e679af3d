import { PAGE_SIZE, SPAN, TABLE_ENTRIES, vaOfVpn, type Level, type PageLevel } from '../machine/address';
import { BIT } from '../machine/entry-format';
import type { Machine } from '../machine/machine';
import type { Run } from '../machine/memory';
import { frameAt, NOTHING, RESERVED, roleOf, TO_PAGE, TO_TABLE, type Tables } from './entry-stretches';
import type { ReachPicture, ReachPlace } from './picture-reach';
import type { Stretch } from './thing';

/** Places that are told one by one. */
const MOST_PLACES = 256;
/** Tables stored word by word that are read, and runs of tables that are followed; tables that lead in circles come to an end there. */
const MOST_READ = 10_000;
const MOST_RUNS = 20_000;
const TWO_20 = 2 ** 20;
const MASK_20 = TWO_20 - 1;

/**
 * Every entry that leads to frames [mpn, mpn + count), found from CR3 downward by the tables alone: requests, the linear alias,
 * words written by hand and tables that lead to themselves are all the same to it. A folded run counts as one entry.
 */
export function reachOf(m: Machine, mpn: number, count: number): ReachPicture {
  const search = new Search(m, { start: mpn, end: mpn + count });
  search.run(m.state.directory.root);
  return { mpn, count, places: search.places, more: search.more };
}

class Search {
  readonly places: { -readonly [K in keyof ReachPlace]: ReachPlace[K] }[] = [];
  more = false;
  private read = MOST_READ;
  private runs = MOST_RUNS;
  private below: Tables[] = [];
  /** Where what would continue the last place begins, by VPN. */
  private next = -1;
  private readonly control: Machine['state']['control'];

  constructor(
    private readonly m: Machine,
    private readonly frames: Stretch<number>,
  ) {
    this.control = m.state.control;
  }

  run(root: number): void {
    let found: readonly Tables[] = [{ level: 4, prefix: 0, mpn: root, count: 1 }];
    for (let level = 4 as number; level >= 1; level--) {
      this.below = [];
      for (const tables of found) this.within(tables);
      found = this.below;
    }
  }

  /** Goes over tables of one level in consecutive frames. */
  private within(tables: Tables): void {
    const { mpn, count } = tables;
    let at = mpn;
    for (const plain of this.m.memory.plainWithin(mpn, mpn + count)) {
      if (at < plain) this.folded(tables, at, plain);
      if (--this.read < 0) this.more = true;
      else if (tables.level === 1) this.readLeaves(tables, plain);
      else this.readTable(tables, plain);
      at = plain + 1;
    }
    if (at < mpn + count) this.folded(tables, at, mpn + count);
  }

  private folded({ level, prefix, mpn }: Tables, start: number, end: number): void {
    for (const part of this.m.memory.runsWithin(start, end)) {
      const run: Run = part.value;
      const { lo, hi, step } = run;
      const role = roleOf(level, lo, hi, this.control);
      if (role === NOTHING || role === RESERVED) continue;
      const from = Math.max(0, (part.start - run.base) * TABLE_ENTRIES - run.lead);
      const to = Math.min(run.count, (part.end - run.base) * TABLE_ENTRIES - run.lead);
      const at = (prefix + run.base - mpn) * TABLE_ENTRIES + run.lead;
      const ma = run.base * PAGE_SIZE + run.lead * 8;
      if (role === TO_TABLE) this.follow(level, at + from, run.target + from * step, to - from);
      // Entry n leads to [target + n·step, … + size): only those between can lead to the frames.
      const size = role === TO_TABLE ? 1 : SPAN[level];
      if (role !== TO_TABLE && level > 1 && (step !== size || run.target % size !== 0)) {
        this.misread(level, run, at, from, to);
        continue;
      }
      const first = Math.max(from, Math.ceil((this.frames.start - size + 1 - run.target) / step));
      const last = Math.min(to - 1, Math.floor((this.frames.end - 1 - run.target) / step));
      if (last < first) continue;
      this.found(level, role, at + first, last - first + 1, run.target + first * step, ma + first * 8, step);
    }
  }

  /** A run of large pages in a table that something leads to as one of a higher level: its address bits may be reserved there. */
  private misread(level: Level, { lo, hi, target, step, base, lead }: Run, at: number, from: number, to: number): void {
    const size = SPAN[level];
    for (let n = from; n < to; n++) {
      if (--this.runs < 0) {
        this.more = true;
        return;
      }
      const mpn = target + n * step;
      if (roleOf(level, lo | (mpn << 12), hi | (mpn / TWO_20), this.control) !== TO_PAGE) continue;
      const leads = mpn - (mpn % size);
      if (leads < this.frames.end && leads + size > this.frames.start)
        this.found(level, TO_PAGE, at + n, 1, leads, base * PAGE_SIZE + (lead + n) * 8, size);
    }
  }

  private readTable({ level, prefix, mpn }: Tables, plain: number): void {
    const words = this.m.memory.read(plain);
    const at = (prefix + plain - mpn) * TABLE_ENTRIES;
    let start = 0;
    let count = 0;
    let target = 0;
    for (let i = 0; i < TABLE_ENTRIES; i++) {
      const lo = words[i * 2];
      if ((lo & BIT.P) === 0) continue;
      const hi = words[i * 2 + 1];
      const role = roleOf(level, lo, hi, this.control);
      if (role === RESERVED) continue;
      const leads = frameAt(level, lo, hi, this.control);
      const size = role === TO_TABLE ? 1 : SPAN[level];
      if (leads < this.frames.end && leads + size > this.frames.start)
        this.found(level, role, at + i, 1, leads, plain * PAGE_SIZE + i * 8, size);
      if (role !== TO_TABLE) continue;
      if (count > 0 && i === start + count && leads === target + count) {
        count++;
        continue;
      }
      if (count > 0) this.follow(level, at + start, target, count);
      start = i;
      target = leads;
      count = 1;
    }
    if (count > 0) this.follow(level, at + start, target, count);
  }

  /** The loop that a search spends its time in. */
  private readLeaves({ prefix, mpn }: Tables, plain: number): void {
    const words = this.m.memory.read(plain);
    const { reservedHigh, addressHigh } = this.control;
    const { start, end } = this.frames;
    const present = BIT.P;
    // Most entries are told apart by their low halves, which are whole numbers; the rest is a matter of doubles.
    const low = start % TWO_20;
    const near = end - start <= TWO_20 - low ? end - start : TWO_20;
    for (let i = 0; i < TABLE_ENTRIES * 2; i += 2) {
      const lo = words[i];
      if ((lo & present) === 0 || (((lo >>> 12) - low) & MASK_20) >= near) continue;
      const hi = words[i + 1];
      const leads = (hi & addressHigh) * TWO_20 + (lo >>> 12);
      if (leads < start || leads >= end || (hi & reservedHigh) !== 0) continue;
      this.found(1, 0, (prefix + plain - mpn) * TABLE_ENTRIES + i / 2, 1, leads, plain * PAGE_SIZE + i * 4, 1);
    }
  }

  private follow(level: Level, at: number, mpn: number, count: number): void {
    if (--this.runs < 0) this.more = true;
    else this.below.push({ level: (level - 1) as Level, prefix: at, mpn, count });
  }

  /** `count` entries from number `at` of a level; the first leads to frame `leads`, each next one `step` further. */
  private found(level: Level, role: number, at: number, count: number, leads: number, ma: number, step: number): void {
    const { start, end } = this.frames;
    const as = role === TO_TABLE ? 'table' : 'page';
    const span = SPAN[level];
    const last = leads + (count - 1) * step;
    // Of large pages at the ends only the part that shows the frames.
    const before = as === 'table' ? 0 : Math.max(0, start - leads);
    const behind = as === 'table' ? 0 : Math.max(0, last + SPAN[level as PageLevel] - end);
    const vpn = at * span + before;
    const pages = count * span - before - behind;
    const known = this.places.at(-1);
    if (known?.level === level && known.as === as && vpn === this.next) {
      known.pages += pages;
      known.entries += count;
    } else if (this.places.length === MOST_PLACES) {
      this.more = true;
      return;
    } else this.places.push({ level, as, va: vaOfVpn(vpn), pages, ma, entries: count });
    this.next = vpn + pages;
  }
}
