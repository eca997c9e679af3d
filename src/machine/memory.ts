import { nextEpoch } from '../base/epoch';
import { IntervalMap } from '../base/interval-map';
import { high32, join64, low32 } from '../base/number';
import { OrderedMap } from '../base/ordered-map';
import { PAGE_SIZE, TABLE_ENTRIES } from './address';

/**
 * The words of machine memory. A frame that was written is stored as its 512 words; long runs of tables whose entries form
 * an arithmetic progression are stored folded, as one `Run`, and computed when read. What nobody wrote reads as 0.
 *
 * Snapshots share everything: a frame is copied at its first change after a snapshot. Words are held as two 32-bit halves
 * (words[2i] low, words[2i+1] high).
 */
export interface Run {
  /** The frame that entry 0 would be in, and its index there. */
  readonly base: number;
  readonly lead: number;
  /** Entries; those before and after are 0. */
  readonly count: number;
  /** The flags of every entry. */
  readonly lo: number;
  readonly hi: number;
  /** Entry n points to frame target + n·step. */
  readonly target: number;
  readonly step: number;
}

interface Frame {
  readonly words: Int32Array;
  readonly epoch: number;
}

export interface MemorySnapshot {
  readonly frames: OrderedMap<Frame>;
  readonly runs: IntervalMap<Run>;
}

const BLANK = new Int32Array(TABLE_ENTRIES * 2);
const CACHE_SIZE = 4096;
const CACHE_MASK = CACHE_SIZE - 1;
const TWO_20 = 1 << 20;

/** Writes progression entries n.. of `run` into `words` from entry index `at`, `count` of them. */
function fill(words: Int32Array, at: number, count: number, run: Run, n: number): void {
  let mpn = run.target + n * run.step;
  for (let i = at * 2; i < (at + count) * 2; i += 2) {
    words[i] = run.lo | (mpn << 12);
    words[i + 1] = run.hi | (mpn / TWO_20);
    mpn += run.step;
  }
}

/** The 512 words of one frame of a run. */
function unfold(run: Run, mpn: number): Int32Array {
  const words = new Int32Array(TABLE_ENTRIES * 2);
  const first = (mpn - run.base) * TABLE_ENTRIES - run.lead;
  const at = Math.max(0, -first);
  const end = Math.min(TABLE_ENTRIES, run.count - first);
  fill(words, at, end - at, run, first + at);
  return words;
}

export class Memory {
  private frames: OrderedMap<Frame> = OrderedMap.empty();
  private runs: IntervalMap<Run> = IntervalMap.empty();
  private epoch = nextEpoch();

  // A direct-mapped cache in front of the maps, by the low bits of the frame number.
  private readonly cachedMpn = new Float64Array(CACHE_SIZE).fill(-1);
  private readonly cachedWords: Int32Array[] = Array.from({ length: CACHE_SIZE }, () => BLANK);
  /** 1 where the cached words may be changed in place. */
  private readonly cachedOwned = new Uint8Array(CACHE_SIZE);

  snapshot(): MemorySnapshot {
    this.epoch = nextEpoch();
    this.cachedOwned.fill(0);
    return { frames: this.frames, runs: this.runs };
  }

  restore({ frames, runs }: MemorySnapshot): void {
    this.frames = frames;
    this.runs = runs;
    this.epoch = nextEpoch();
    this.forget();
  }

  /** The words of a frame, to read only. Valid until the next change. */
  read(mpn: number): Int32Array {
    const slot = mpn & CACHE_MASK;
    if (this.cachedMpn[slot] === mpn) return this.cachedWords[slot];
    return this.cache(slot, mpn, this.look(mpn), false);
  }

  /** The words of a frame, to read and write in place. Valid until the next snapshot, run or clearing. */
  edit(mpn: number): Int32Array {
    const slot = mpn & CACHE_MASK;
    if (this.cachedMpn[slot] === mpn && this.cachedOwned[slot] === 1) return this.cachedWords[slot];
    const frame = this.frames.get(mpn);
    if (frame && frame.epoch === this.epoch) return this.cache(slot, mpn, frame.words, true);
    const words = frame ? frame.words.slice() : this.unfolded(mpn);
    this.frames = this.frames.set(mpn, { words, epoch: this.epoch });
    return this.cache(slot, mpn, words, true);
  }

  /** The 64-bit word at a machine address; its low three bits are ignored. */
  load(ma: number): bigint {
    const words = this.read(Math.floor(ma / PAGE_SIZE));
    const i = ((ma % PAGE_SIZE) >> 3) * 2;
    return join64(words[i], words[i + 1]);
  }

  store(ma: number, value: bigint): void {
    const words = this.edit(Math.floor(ma / PAGE_SIZE));
    const i = ((ma % PAGE_SIZE) >> 3) * 2;
    words[i] = low32(value);
    words[i + 1] = high32(value);
  }

  /** True when something was ever stored in the frame. */
  holds(mpn: number): boolean {
    return this.frames.has(mpn) || this.runs.find(mpn) !== undefined;
  }

  /**
   * Writes a progression of entries into consecutive frames, folding wherever frames are still blank.
   * Cost: by the frames that hold something already, not by the entries.
   */
  writeRun(run: Run): void {
    const end = run.base + Math.ceil((run.lead + run.count) / TABLE_ENTRIES);
    let at = run.base;
    while (at < end) {
      const taken = Math.min(this.nextHeld(at), end);
      if (taken > at) {
        this.runs = this.runs.put(at, taken, run);
        at = taken;
        this.forget();
      } else {
        const first = (at - run.base) * TABLE_ENTRIES - run.lead;
        const index = Math.max(0, -first);
        const stop = Math.min(TABLE_ENTRIES, run.count - first);
        fill(this.edit(at), index, stop - index, run, first + index);
        at++;
      }
    }
  }

  /** Makes whole frames blank again. */
  clear(start: number, end: number): void {
    for (const mpn of [...this.frames.entries(start, end)].map(([key]) => key)) this.frames = this.frames.delete(mpn);
    this.runs = this.runs.cut(start, end);
    this.forget();
  }

  /**
   * Applies (entry & and) | or to the entries of [start, end) frames that `match` accepts, in the low and high halves.
   * A folded run changes as one; `index` bounds the entries of the first and last frame.
   */
  rewrite(start: number, end: number, edit: Rewrite): void {
    for (const { start: from, end: to, value: run } of [...this.runs.within(start, end)]) {
      if (!edit.match(run.lo)) continue;
      this.runs = this.runs.put(from, to, {
        ...run,
        lo: (run.lo & edit.andLo) | edit.orLo,
        hi: (run.hi & edit.andHi) | edit.orHi,
      });
    }
    this.forget();
    for (const [mpn] of [...this.frames.entries(start, end)]) {
      const words = this.edit(mpn);
      const from = mpn === start ? edit.firstIndex : 0;
      const to = mpn === end - 1 ? edit.lastIndex : TABLE_ENTRIES - 1;
      for (let i = from * 2; i <= to * 2; i += 2) {
        if (!edit.match(words[i])) continue;
        words[i] = (words[i] & edit.andLo) | edit.orLo;
        words[i + 1] = (words[i + 1] & edit.andHi) | edit.orHi;
      }
    }
  }

  /** The folded runs that touch [start, end), clipped to it. */
  runsWithin(start: number, end: number): Iterable<{ readonly start: number; readonly end: number; readonly value: Run }> {
    return this.runs.within(start, end);
  }

  /** The frames within [start, end) that are stored word by word. */
  *plainWithin(start: number, end: number): Generator<number> {
    for (const [mpn] of this.frames.entries(start, end)) yield mpn;
  }

  private nextHeld(mpn: number): number {
    const frame = this.frames.ceiling(mpn)?.[0] ?? Infinity;
    for (const { start } of this.runs.within(mpn, Number.MAX_SAFE_INTEGER)) return Math.min(frame, start);
    return frame;
  }

  private unfolded(mpn: number): Int32Array {
    const run = this.runs.find(mpn);
    return run ? unfold(run.value, mpn) : new Int32Array(TABLE_ENTRIES * 2);
  }

  private look(mpn: number): Int32Array {
    const frame = this.frames.get(mpn);
    if (frame) return frame.words;
    const run = this.runs.find(mpn);
    return run ? unfold(run.value, mpn) : BLANK;
  }

  private cache(slot: number, mpn: number, words: Int32Array, owned: boolean): Int32Array {
    this.cachedMpn[slot] = mpn;
    this.cachedWords[slot] = words;
    this.cachedOwned[slot] = owned ? 1 : 0;
    return words;
  }

  private forget(): void {
    this.cachedMpn.fill(-1);
  }
}

export interface Rewrite {
  readonly match: (lo: number) => boolean;
  readonly andLo: number;
  readonly orLo: number;
  readonly andHi: number;
  readonly orHi: number;
  /** First entry in the first frame and last entry in the last. */
  readonly firstIndex: number;
  readonly lastIndex: number;
}

/** Frames whose words differ between two snapshots, and the span of runs that differ; costs what changed. */
export function changedFrames(before: MemorySnapshot, after: MemorySnapshot): number[] {
  return before.frames.changedKeys(after.frames);
}
