import { nextEpoch } from '../base/epoch';

/**
 * A set-associative cache with true LRU: the body of every TLB and paging-structure cache.
 *
 * Sixteen sets stand in one Int32Array, a block: its epoch, then for each set the low keys of all ways, their high keys, and so on, so
 * that a search reads neighbours. Field f of the way at `at` is word at + f · ways. Key high is negative in a valid way. Blocks are shared with snapshots and copied at their first change after one.
 */
const FIELDS = 6;
export const KEY_HI = 1;
export const DATA_LO = 2;
export const DATA_HI = 3;
export const USED = 4;
export const BORN = 5;

/** Sets in one block: a power of two, large enough to save pointers and small enough to copy. */
const BLOCK_SHIFT = 4;
const BLOCK_MASK = (1 << BLOCK_SHIFT) - 1;

/** Key high: valid, PCID in 27:16, size of page or level in 7:4, the page number's upper bits in 3:0. */
export const VALID = 1 << 31;
export const PCID_SHIFT = 16;
export const PCID_BITS = 0xfff << PCID_SHIFT;
/** Data high: global. */
export const GLOBAL = 1 << 8;

export interface Geometry {
  readonly entries: number;
  readonly ways: number;
}

/** The blocks as a snapshot keeps them. */
export interface SetCacheSnapshot {
  readonly blocks: readonly Int32Array[];
  readonly live: number;
}

/** True when an entry, by its first four words, is to go. */
export type Doomed = (keyLo: number, keyHi: number, dataLo: number, dataHi: number) => boolean;

export class SetCache {
  private blocks: Int32Array[];
  private readonly blank: Int32Array;
  private readonly mask: number;
  readonly ways: number;
  /** Words of one set. */
  private readonly size: number;
  private epoch = nextEpoch();
  private ownsList = true;
  private saved: SetCacheSnapshot | undefined;
  /** Valid entries. */
  live = 0;

  constructor(readonly geometry: Geometry) {
    const sets = geometry.entries / geometry.ways;
    this.ways = geometry.ways;
    this.size = geometry.ways * FIELDS;
    this.blank = new Int32Array(1 + Math.min(sets, BLOCK_MASK + 1) * this.size);
    this.mask = sets - 1;
    this.blocks = this.blankBlocks();
  }

  get setCount(): number {
    return this.mask + 1;
  }

  private blankBlocks(): Int32Array[] {
    return Array.from({ length: (this.mask >> BLOCK_SHIFT) + 1 }, () => this.blank);
  }

  snapshot(): SetCacheSnapshot {
    if (!this.saved) {
      this.saved = { blocks: this.blocks, live: this.live };
      this.ownsList = false;
      this.epoch = nextEpoch();
    }
    return this.saved;
  }

  restore(snapshot: SetCacheSnapshot): void {
    if (this.saved === snapshot) return;
    this.blocks = snapshot.blocks as Int32Array[];
    this.live = snapshot.live;
    this.saved = snapshot;
    this.ownsList = false;
    this.epoch = nextEpoch();
  }

  /** The block that a key belongs in, to read only. */
  peek(keyLo: number): Int32Array {
    return this.blocks[(keyLo & this.mask) >> BLOCK_SHIFT];
  }

  /** Where the set of a key starts in its block. */
  private base(keyLo: number): number {
    return 1 + (keyLo & this.mask & BLOCK_MASK) * this.size;
  }

  /**
   * Where in its block the way stands that holds the key, or 0. An entry with GLOBAL matches whatever its PCID (SDM 4.10.2.4).
   */
  find(block: Int32Array, keyLo: number, keyHi: number): number {
    const { ways } = this;
    const base = this.base(keyLo);
    for (let at = base; at < base + ways; at++) {
      if (block[at] !== keyLo) continue;
      const difference = block[at + KEY_HI * ways] ^ keyHi;
      if (difference === 0 || ((difference & ~PCID_BITS) === 0 && (block[at + DATA_HI * ways] & GLOBAL) !== 0))
        return at;
    }
    return 0;
  }

  /** Marks the way at `at` of a block, which `peek` gave for this key, as just used. */
  use(block: Int32Array, keyLo: number, at: number, now: number): void {
    const own = block[0] === this.epoch ? block : this.own((keyLo & this.mask) >> BLOCK_SHIFT);
    own[at + USED * this.ways] = now;
  }

  /** Stores an entry in place of the one with its key, of an empty way, or of the least recently used one. */
  insert(keyLo: number, keyHi: number, dataLo: number, dataHi: number, now: number, step: number): void {
    this.remove(keyLo, keyHi);
    this.insertNew(keyLo, keyHi, dataLo, dataHi, now, step);
  }

  /** The same for a key that was just not found: nothing needs to be searched. */
  insertNew(keyLo: number, keyHi: number, dataLo: number, dataHi: number, now: number, step: number): void {
    const { ways } = this;
    const block = this.own((keyLo & this.mask) >> BLOCK_SHIFT);
    const at = leastUsed(block, this.base(keyLo), ways);
    if (block[at + KEY_HI * ways] >= 0) this.live++;
    block[at] = keyLo;
    block[at + KEY_HI * ways] = keyHi;
    block[at + DATA_LO * ways] = dataLo;
    block[at + DATA_HI * ways] = dataHi;
    block[at + USED * ways] = now;
    block[at + BORN * ways] = step;
  }

  /** Drops what `find` would find: a global entry goes whatever its PCID, or it would hide the new one for ever. */
  private remove(keyLo: number, keyHi: number): void {
    this.dropIn(keyLo, (lo, hi, _, data) => {
      const difference = hi ^ keyHi;
      return lo === keyLo && (difference === 0 || ((difference & ~PCID_BITS) === 0 && (data & GLOBAL) !== 0));
    });
  }

  /** Drops the entries of one set that `doomed` names. */
  dropIn(keyLo: number, doomed: Doomed): void {
    if (this.live > 0) this.sweep(keyLo & this.mask, doomed);
  }

  /** Drops every entry that `doomed` names. */
  drop(doomed: Doomed): void {
    if (this.live === 0) return;
    for (let i = 0; i <= this.mask; i++) this.sweep(i, doomed);
  }

  clear(): void {
    if (this.live === 0) return;
    this.saved = undefined;
    this.live = 0;
    this.ownsList = true;
    this.blocks = this.blankBlocks();
  }

  /** Visits every valid entry: its block, where it stands there, its set and way. */
  forEach(visit: (block: Int32Array, at: number, set: number, way: number) => void): void {
    if (this.live === 0) return;
    const { ways } = this;
    for (let set = 0; set <= this.mask; set++) {
      const block = this.blocks[set >> BLOCK_SHIFT];
      if (block === this.blank) continue;
      const base = this.base(set);
      for (let way = 0; way < ways; way++) {
        if (block[base + way + KEY_HI * ways] < 0) visit(block, base + way, set, way);
      }
    }
  }

  private sweep(set: number, doomed: Doomed): void {
    const { ways } = this;
    const base = this.base(set);
    for (let at = base; at < base + ways; at++) {
      const block = this.blocks[set >> BLOCK_SHIFT];
      const keyHi = block[at + KEY_HI * ways];
      if (keyHi >= 0 || !doomed(block[at], keyHi, block[at + DATA_LO * ways], block[at + DATA_HI * ways])) continue;
      const own = this.own(set >> BLOCK_SHIFT);
      for (let field = 0; field < FIELDS; field++) own[at + field * ways] = 0;
      this.live--;
    }
  }

  private own(index: number): Int32Array {
    const block = this.blocks[index];
    return block[0] === this.epoch ? block : this.copy(index, block);
  }

  private copy(index: number, block: Int32Array): Int32Array {
    this.saved = undefined;
    if (!this.ownsList) {
      this.blocks = this.blocks.slice();
      this.ownsList = true;
    }
    const copy = block.slice();
    copy[0] = this.epoch;
    this.blocks[index] = copy;
    return copy;
  }
}

/** The least recently used way; an empty one counts as never used. */
function leastUsed(block: Int32Array, base: number, ways: number): number {
  const first = base + USED * ways;
  let best = first;
  for (let at = first + 1; at < first + ways; at++) if (block[at] < block[best]) best = at;
  return best - USED * ways;
}
