import { nextEpoch } from '../base/epoch';

/**
 * A set-associative cache with true LRU: the body of every TLB and paging-structure cache.
 *
 * A set is one Int32Array: its epoch, then six words a way: key low, key high, data low, data high, last use, step of birth.
 * Key high is negative in a valid way. Sets are shared with snapshots and copied at their first change after one.
 */
export const WAY = 6;
export const KEY_LO = 0;
export const KEY_HI = 1;
export const DATA_LO = 2;
export const DATA_HI = 3;
export const USED = 4;
export const BORN = 5;

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

/** The sets as a snapshot keeps them. */
export interface SetCacheSnapshot {
  readonly sets: readonly Int32Array[];
  readonly live: number;
}

/** True when an entry, by its first four words, is to go. */
export type Doomed = (keyLo: number, keyHi: number, dataLo: number, dataHi: number) => boolean;

export class SetCache {
  private sets: Int32Array[];
  private readonly blank: Int32Array;
  private readonly mask: number;
  private epoch = nextEpoch();
  private ownsList = true;
  private saved: SetCacheSnapshot | undefined;
  /** Valid entries. */
  live = 0;

  constructor(readonly geometry: Geometry) {
    const count = geometry.entries / geometry.ways;
    this.blank = new Int32Array(1 + geometry.ways * WAY);
    this.mask = count - 1;
    this.sets = new Array<Int32Array>(count).fill(this.blank);
  }

  get setCount(): number {
    return this.mask + 1;
  }

  snapshot(): SetCacheSnapshot {
    if (!this.saved) {
      this.saved = { sets: this.sets, live: this.live };
      this.ownsList = false;
      this.epoch = nextEpoch();
    }
    return this.saved;
  }

  restore(snapshot: SetCacheSnapshot): void {
    if (this.saved === snapshot) return;
    this.sets = snapshot.sets as Int32Array[];
    this.live = snapshot.live;
    this.saved = snapshot;
    this.ownsList = false;
    this.epoch = nextEpoch();
  }

  /** The set a key belongs to, to read only. */
  peek(keyLo: number): Int32Array {
    return this.sets[keyLo & this.mask];
  }

  setAt(index: number): Int32Array {
    return this.sets[index];
  }

  /**
   * The offset of the way that holds the key, or 0. An entry with GLOBAL matches whatever its PCID (SDM 4.10.2.4).
   */
  find(set: Int32Array, keyLo: number, keyHi: number): number {
    for (let at = 1; at < set.length; at += WAY) {
      if (set[at] !== keyLo) continue;
      const difference = set[at + KEY_HI] ^ keyHi;
      if (difference === 0 || ((difference & ~PCID_BITS) === 0 && (set[at + DATA_HI] & GLOBAL) !== 0)) return at;
    }
    return 0;
  }

  /** Marks a way as just used. Returns the set as it now is: it may have been copied. */
  use(keyLo: number, at: number, now: number): Int32Array {
    const set = this.own(keyLo & this.mask);
    set[at + USED] = now;
    return set;
  }

  /** Stores an entry in place of the one with its key, of an empty way, or of the least recently used one. */
  insert(keyLo: number, keyHi: number, dataLo: number, dataHi: number, now: number, step: number): void {
    const set = this.own(keyLo & this.mask);
    let at = this.find(set, keyLo, keyHi);
    if (at === 0) {
      at = victim(set);
      if (set[at + KEY_HI] >= 0) this.live++;
    }
    set[at] = keyLo;
    set[at + KEY_HI] = keyHi;
    set[at + DATA_LO] = dataLo;
    set[at + DATA_HI] = dataHi;
    set[at + USED] = now;
    set[at + BORN] = step;
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
    this.sets = new Array<Int32Array>(this.setCount).fill(this.blank);
  }

  /** Visits every valid entry. */
  forEach(visit: (set: Int32Array, at: number, setIndex: number, way: number) => void): void {
    if (this.live === 0) return;
    for (let i = 0; i <= this.mask; i++) {
      const set = this.sets[i];
      if (set === this.blank) continue;
      for (let at = 1; at < set.length; at += WAY) {
        if (set[at + KEY_HI] < 0) visit(set, at, i, (at - 1) / WAY);
      }
    }
  }

  private sweep(index: number, doomed: Doomed): void {
    const set = this.sets[index];
    for (let at = 1; at < set.length; at += WAY) {
      if (set[at + KEY_HI] >= 0) continue;
      if (!doomed(set[at], set[at + KEY_HI], set[at + DATA_LO], set[at + DATA_HI])) continue;
      this.own(index).fill(0, at, at + WAY);
      this.live--;
      if (this.sets[index] !== set) return this.sweep(index, doomed);
    }
  }

  private own(index: number): Int32Array {
    const set = this.sets[index];
    if (set[0] === this.epoch) return set;
    this.saved = undefined;
    if (!this.ownsList) {
      this.sets = this.sets.slice();
      this.ownsList = true;
    }
    const copy = set.slice();
    copy[0] = this.epoch;
    this.sets[index] = copy;
    return copy;
  }
}

/** An empty way, or the least recently used one. */
function victim(set: Int32Array): number {
  let oldest = 1;
  for (let at = 1; at < set.length; at += WAY) {
    if (set[at + KEY_HI] >= 0) return at;
    if (set[at + USED] < set[oldest + USED]) oldest = at;
  }
  return oldest;
}
