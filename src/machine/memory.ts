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

const FRAME_WORDS = TABLE_ENTRIES * 2;
const BLANK = new Int32Array(FRAME_WORDS);
/** Frames in one block of memory. */
const BLOCK_FRAMES = 64;
const CACHE_SIZE = 4096;
const CACHE_MASK = CACHE_SIZE - 1;
const TWO_20 = 1 << 20;

/** Writes `count` entries from index `at`: the first points to frame `target`, each next one `step` further. */
export function fillEntries(
  words: Int32Array,
  at: number,
  count: number,
  { lo, hi }: { readonly lo: number; readonly hi: number },
  target: number,
  step: number,
): void {
  let mpn = target;
  for (let i = at * 2; i < (at + count) * 2; i += 2) {
    words[i] = lo | (mpn << 12);
    words[i + 1] = hi | (mpn / TWO_20);
    mpn += step;
  }
}

/** Writes entries n … of a run. */
const fill = (words: Int32Array, at: number, count: number, run: Run, n: number): void =>
  fillEntries(words, at, count, run, run.target + n * run.step, run.step);

/** Fills blank words with one frame of a run. */
function unfold(run: Run, mpn: number, words: Int32Array): Int32Array {
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
  private block = new ArrayBuffer(0);
  private blockUsed = BLOCK_FRAMES;
  /** Frames that were given room of their own, ever; what a history of snapshots can hold at most. */
  framesMade = 0;

  /**
   * A direct-mapped cache of frames, by the low bits of their number, as copies side by side in one array: a walk then reads from one
   * place, which is what makes random walks fast. Slot s holds words[s · 1024 …].
   */
  readonly near = new Int32Array(CACHE_SIZE * FRAME_WORDS);
  /** Which frame stands in a slot: the two halves of its machine address, as an entry holds them; -1 for none. */
  private readonly nearLo = new Int32Array(CACHE_SIZE).fill(-1);
  private readonly nearHi = new Int32Array(CACHE_SIZE).fill(-1);
  /** Frames that may be changed in place since the last snapshot, cached likewise. */
  private readonly ownMpn = new Float64Array(CACHE_SIZE).fill(-1);
  private readonly ownWords: Int32Array[] = Array.from({ length: CACHE_SIZE }, () => BLANK);

  snapshot(): MemorySnapshot {
    this.epoch = nextEpoch();
    this.ownMpn.fill(-1);
    return { frames: this.frames, runs: this.runs };
  }

  restore({ frames, runs }: MemorySnapshot): void {
    this.frames = frames;
    this.runs = runs;
    this.epoch = nextEpoch();
    this.forget();
  }

  /**
   * Where the words of the frame at a machine address (in halves, page-aligned) stand in `near`. Valid until the next change.
   * Works on the halves because the conversion to one number would lie on the path that every level of a walk waits for.
   */
  locate(maLo: number, maHi: number): number {
    const slot = (maLo >>> 12) & CACHE_MASK;
    if (this.nearLo[slot] !== maLo || this.nearHi[slot] !== maHi) this.fetch(slot, maLo, maHi);
    return slot * FRAME_WORDS;
  }

  /** The words of a frame, to read only. Valid until the next change. */
  read(mpn: number): Int32Array {
    const slot = mpn & CACHE_MASK;
    return this.ownMpn[slot] === mpn ? this.ownWords[slot] : this.look(mpn);
  }

  /** The words of a frame, to read and write in place. Valid until the next snapshot, run or clearing. */
  edit(mpn: number): Int32Array {
    const slot = mpn & CACHE_MASK;
    if (this.isNear(slot, mpn)) this.nearLo[slot] = -1;
    return this.own(slot, mpn);
  }

  /** Changes the low half of one entry; `at` counts words. */
  setLow(mpn: number, at: number, lo: number): void {
    const slot = mpn & CACHE_MASK;
    this.own(slot, mpn)[at] = lo;
    if (this.isNear(slot, mpn)) this.near[slot * FRAME_WORDS + at] = lo;
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
  runsWithin(
    start: number,
    end: number,
  ): Iterable<{ readonly start: number; readonly end: number; readonly value: Run }> {
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

  /** A frame's words in room of its own: copied, unfolded from a run, or blank. */
  private copyOf(mpn: number, frame: Frame | undefined): Int32Array {
    const words = this.room();
    if (frame) words.set(frame.words);
    else {
      const run = this.runs.find(mpn);
      if (run) unfold(run.value, mpn, words);
    }
    return words;
  }

  /** Blank words for one frame. They are cut from larger blocks, because a buffer of its own for each frame costs microseconds. */
  private room(): Int32Array {
    if (this.blockUsed === BLOCK_FRAMES) {
      this.block = new ArrayBuffer(BLOCK_FRAMES * PAGE_SIZE);
      this.blockUsed = 0;
    }
    this.framesMade++;
    return new Int32Array(this.block, this.blockUsed++ * PAGE_SIZE, FRAME_WORDS);
  }

  private look(mpn: number): Int32Array {
    const frame = this.frames.get(mpn);
    if (frame) return frame.words;
    const run = this.runs.find(mpn);
    return run ? unfold(run.value, mpn, new Int32Array(FRAME_WORDS)) : BLANK;
  }

  private fetch(slot: number, maLo: number, maHi: number): void {
    this.near.set(this.read(maHi * TWO_20 + (maLo >>> 12)), slot * FRAME_WORDS);
    this.nearLo[slot] = maLo;
    this.nearHi[slot] = maHi;
  }

  private isNear(slot: number, mpn: number): boolean {
    return this.nearLo[slot] === mpn << 12 && this.nearHi[slot] === Math.floor(mpn / TWO_20);
  }

  /** The words of a frame that no snapshot shares, copied or unfolded if they were not yet. */
  private own(slot: number, mpn: number): Int32Array {
    if (this.ownMpn[slot] === mpn) return this.ownWords[slot];
    let frame = this.frames.get(mpn);
    if (frame?.epoch !== this.epoch) {
      frame = { words: this.copyOf(mpn, frame), epoch: this.epoch };
      this.frames = this.frames.set(mpn, frame);
    }
    this.ownMpn[slot] = mpn;
    this.ownWords[slot] = frame.words;
    return frame.words;
  }

  private forget(): void {
    this.nearLo.fill(-1);
    this.ownMpn.fill(-1);
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

/** Consecutive frames whose words may differ between two snapshots: written ones, and those of folded runs. Costs what changed. */
export function changedFrames(
  before: MemorySnapshot,
  after: MemorySnapshot,
): { readonly mpn: number; readonly count: number }[] {
  const runs = before.runs.changed(after.runs).map(({ start, end }) => ({ mpn: start, count: end - start }));
  return [...before.frames.changedKeys(after.frames).map((mpn) => ({ mpn, count: 1 })), ...runs];
}
