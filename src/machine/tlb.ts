import type { PageLevel } from './address';
import { BORN, DATA_HI, DATA_LO, GLOBAL, KEY_HI, PCID_BITS, PCID_SHIFT, SetCache, USED, VALID } from './set-cache';
import type { Doomed, Geometry, SetCacheSnapshot } from './set-cache';

/**
 * The translation caches of one PCPU (SDM vol. 3A, 4.10 "Caching Translation Information"): TLBs, which hold finished
 * translations, and paging-structure caches, which hold entries that point to tables. Nothing here looks at the tables:
 * that is why an entry can be stale.
 */
export interface TlbGeometry {
  readonly l1d4k: Geometry;
  readonly l1d2m: Geometry;
  readonly l1d1g: Geometry;
  readonly l1i: Geometry;
  readonly l2: Geometry;
}

/** The levels of entries that a paging-structure cache holds: PML4E, PDPTE, PDE. */
export type StructureLevel = 2 | 3 | 4;
export const STRUCTURE_GEOMETRY: Readonly<Record<StructureLevel, Geometry>> = {
  4: { entries: 4, ways: 4 },
  3: { entries: 4, ways: 4 },
  2: { entries: 32, ways: 4 },
};

/** Data high, below the frame's upper bits: rights in 3:1, D, memory type in 7:5, GLOBAL in 8. */
export const DIRTY = 1 << 4;
const RIGHTS_MASK = 0b1110;
const TYPE_SHIFT = 5;
const FRAME_SHIFT = 16;
const TWO_32 = 0x1_0000_0000;

export const dataHigh = (mpn: number, rights: number, type: number, flags: number): number =>
  (mpn < TWO_32 ? 0 : Math.floor(mpn / TWO_32) << FRAME_SHIFT) | rights | (type << TYPE_SHIFT) | flags;

export const frameOf = (dataLo: number, dataHi: number): number => (dataHi >>> FRAME_SHIFT) * TWO_32 + (dataLo >>> 0);
export const rightsOf = (dataHi: number): number => dataHi & RIGHTS_MASK;
export const memoryTypeOf = (dataHi: number): number => (dataHi >> TYPE_SHIFT) & 7;

/** Low key word: the page number, in pages of the size, without its upper bits. */
export function keyLow(level: number, vaHi: number, vaLo: number): number {
  if (level === 1) return (vaLo >>> 12) | (vaHi << 20);
  if (level === 2) return (vaLo >>> 21) | (vaHi << 11);
  if (level === 3) return (vaLo >>> 30) | (vaHi << 2);
  return vaHi >>> 7;
}

export const keyHigh = (level: number, vaHi: number, pcid: number): number =>
  VALID | (pcid << PCID_SHIFT) | (level << 4) | (level === 1 ? vaHi >>> 12 : 0);

const levelOf = (keyHi: number): PageLevel => ((keyHi >> 4) & 7) as PageLevel;
export const pcidOf = (keyHi: number): number => (keyHi & PCID_BITS) >>> PCID_SHIFT;

/** The first VPN of what a key names. */
export function vpnOfKey(keyLo: number, keyHi: number): number {
  const level = levelOf(keyHi);
  return ((keyHi & 0xf) * TWO_32 + (keyLo >>> 0)) * 512 ** (level - 1);
}

/** One TLB entry, decoded for a reader. */
export interface TlbEntry {
  readonly vpn: number;
  readonly level: PageLevel;
  readonly mpn: number;
  readonly rights: number;
  readonly dirty: boolean;
  readonly global: boolean;
  /** Encoding of the memory type. */
  readonly type: number;
  readonly pcid: number;
  /** The step that filled it and the PCPU's count of look-ups at its last use. */
  readonly born: number;
  readonly used: number;
}

function decodeEntry(set: Int32Array, at: number, ways: number): TlbEntry {
  const keyHi = set[at + KEY_HI * ways];
  const hi = set[at + DATA_HI * ways];
  return {
    vpn: vpnOfKey(set[at], keyHi),
    level: levelOf(keyHi),
    mpn: frameOf(set[at + DATA_LO * ways], hi),
    rights: rightsOf(hi),
    dirty: (hi & DIRTY) !== 0,
    global: (hi & GLOBAL) !== 0,
    type: memoryTypeOf(hi),
    pcid: pcidOf(keyHi),
    born: set[at + BORN * ways],
    used: set[at + USED * ways],
  };
}

export const TLB_NAMES = ['l1d4k', 'l1d2m', 'l1d1g', 'l1i', 'l2'] as const;
export type TlbName = (typeof TLB_NAMES)[number];

export interface TlbSnapshot {
  readonly caches: readonly SetCacheSnapshot[];
  readonly now: number;
  readonly counters: Counters;
}

/** How look-ups ended, since the machine started. */
export interface Counters {
  readonly hits1: number;
  readonly hits2: number;
  readonly walks: number;
  readonly faults: number;
}
export const NO_COUNTS: Counters = { hits1: 0, hits2: 0, walks: 0, faults: 0 };

const INSTRUCTION_LEVELS: readonly PageLevel[] = [1, 2, 3];

/** How far a flush reaches: one PCID or all, and whether global entries go too. */
export interface FlushScope {
  readonly pcid?: number;
  readonly global: boolean;
}

export class Tlb {
  readonly l1d4k: SetCache;
  readonly l1d2m: SetCache;
  readonly l1d1g: SetCache;
  readonly l1i: SetCache;
  readonly l2: SetCache;
  readonly structures: Readonly<Record<StructureLevel, SetCache>>;
  /** Look-ups so far; orders uses. */
  now = 0;
  counters: Counters = NO_COUNTS;

  // What the last `lookup` found.
  hitLevel: PageLevel = 1;
  hitLo = 0;
  hitHi = 0;

  private readonly caches: readonly SetCache[];

  constructor(geometry: TlbGeometry) {
    this.l1d4k = new SetCache(geometry.l1d4k);
    this.l1d2m = new SetCache(geometry.l1d2m);
    this.l1d1g = new SetCache(geometry.l1d1g);
    this.l1i = new SetCache(geometry.l1i);
    this.l2 = new SetCache(geometry.l2);
    this.structures = {
      2: new SetCache(STRUCTURE_GEOMETRY[2]),
      3: new SetCache(STRUCTURE_GEOMETRY[3]),
      4: new SetCache(STRUCTURE_GEOMETRY[4]),
    };
    this.caches = [...TLB_NAMES.map((name) => this[name]), ...Object.values(this.structures)];
  }

  private saved: TlbSnapshot | undefined;

  /** The same object as before when nothing was looked up or changed since. */
  snapshot(): TlbSnapshot {
    const { saved } = this;
    const same =
      saved?.now === this.now &&
      saved.counters === this.counters &&
      this.caches.every((cache, i) => cache.snapshot() === saved.caches[i]);
    if (saved && same) return saved;
    this.saved = { caches: this.caches.map((cache) => cache.snapshot()), now: this.now, counters: this.counters };
    return this.saved;
  }

  restore({ caches, now, counters }: TlbSnapshot): void {
    this.caches.forEach((cache, i) => cache.restore(caches[i]));
    // What a restored L2 holds is not known.
    this.largeInL2 = true;
    this.now = now;
    this.counters = counters;
  }

  /** Looks a translation up: 1 found in the L1, 2 in the L2 (and copied to the L1), 0 not found. */
  lookup(vaHi: number, vaLo: number, execute: boolean, pcid: number): 0 | 1 | 2 {
    const now = ++this.now;
    if (execute) {
      for (const level of INSTRUCTION_LEVELS) if (this.probe(this.l1i, level, vaHi, vaLo, pcid, now)) return 1;
    } else {
      if (this.probe(this.l1d4k, 1, vaHi, vaLo, pcid, now)) return 1;
      if (this.l1d2m.live > 0 && this.probe(this.l1d2m, 2, vaHi, vaLo, pcid, now)) return 1;
      if (this.l1d1g.live > 0 && this.probe(this.l1d1g, 3, vaHi, vaLo, pcid, now)) return 1;
    }
    if (
      this.probe(this.l2, 1, vaHi, vaLo, pcid, now) ||
      (this.largeInL2 && this.probe(this.l2, 2, vaHi, vaLo, pcid, now))
    ) {
      this.promote(vaHi, vaLo, execute, pcid, now);
      return 2;
    }
    return 0;
  }

  /** Whether a 2 MiB page was ever filled; until then the L2 need not be searched for one. */
  private largeInL2 = false;

  private probe(cache: SetCache, level: PageLevel, vaHi: number, vaLo: number, pcid: number, now: number): boolean {
    const keyLo = keyLow(level, vaHi, vaLo);
    const set = cache.peek(keyLo);
    const at = cache.find(set, keyLo, keyHigh(level, vaHi, pcid));
    if (at === 0) return false;
    this.hitLevel = level;
    const { ways } = cache;
    this.hitLo = set[at + DATA_LO * ways];
    this.hitHi = set[at + DATA_HI * ways];
    cache.use(set, keyLo, at, now);
    return true;
  }

  /** Copies what the L2 just answered to the L1, with the key and the birth it has there: a global entry keeps its own PCID. */
  private promote(vaHi: number, vaLo: number, execute: boolean, pcid: number, now: number): void {
    const level = this.hitLevel;
    const keyLo = keyLow(level, vaHi, vaLo);
    const set = this.l2.peek(keyLo);
    const at = this.l2.find(set, keyLo, keyHigh(level, vaHi, pcid));
    const { ways } = this.l2;
    this.firstLevel(level, execute).insert(
      keyLo,
      set[at + KEY_HI * ways],
      this.hitLo,
      this.hitHi,
      now,
      set[at + BORN * ways],
    );
  }

  private firstLevel(level: PageLevel, execute: boolean): SetCache {
    if (execute) return this.l1i;
    return level === 1 ? this.l1d4k : level === 2 ? this.l1d2m : this.l1d1g;
  }

  /**
   * Stores a finished translation in the L1 for its kind and, for 4 KiB and 2 MiB pages, in the L2. `missed`: a look-up just found
   * nothing for it, so that there is nothing to replace.
   */
  fill(
    level: PageLevel,
    vaHi: number,
    vaLo: number,
    execute: boolean,
    pcid: number,
    lo: number,
    hi: number,
    step: number,
    missed = false,
  ): void {
    const keyLo = keyLow(level, vaHi, vaLo);
    const keyHi = keyHigh(level, vaHi, pcid);
    const first = this.firstLevel(level, execute);
    if (level === 2) this.largeInL2 = true;
    if (missed) {
      first.insertNew(keyLo, keyHi, lo, hi, this.now, step);
      if (level !== 3) this.l2.insertNew(keyLo, keyHi, lo, hi, this.now, step);
    } else {
      first.insert(keyLo, keyHi, lo, hi, this.now, step);
      if (level !== 3) this.l2.insert(keyLo, keyHi, lo, hi, this.now, step);
    }
  }

  /** Stores an entry that points to a table. */
  fillStructure(
    level: StructureLevel,
    vaHi: number,
    vaLo: number,
    pcid: number,
    table: number,
    rights: number,
    step: number,
  ): void {
    this.structures[level].insert(
      keyLow(level, vaHi, vaLo),
      keyHigh(level, vaHi, pcid),
      table | 0,
      dataHigh(table, rights, 0, 0),
      this.now,
      step,
    );
  }

  /** Drops what the TLBs hold for the page of an address, of any size: in one PCID and, if `global`, in every global entry. */
  invalidatePage(vaHi: number, vaLo: number, pcid: number, global: boolean): void {
    for (const level of INSTRUCTION_LEVELS) {
      const keyLo = keyLow(level, vaHi, vaLo);
      const key = keyHigh(level, vaHi, 0);
      const doomed: Doomed = (lo, hi, _, data) =>
        lo === keyLo && (hi & ~PCID_BITS) === key && ((data & GLOBAL) !== 0 ? global : pcidOf(hi) === pcid);
      for (const cache of [this.firstLevel(level, false), this.l1i, this.l2]) cache.dropIn(keyLo, doomed);
    }
  }

  /** Drops TLB entries by scope. Paging-structure caches have their own flush. */
  flush({ pcid, global }: FlushScope): void {
    const caches = TLB_NAMES.map((name) => this[name]);
    if (pcid === undefined && global) caches.forEach((cache) => cache.clear());
    else {
      const doomed: Doomed = (_, keyHi, __, data) =>
        (data & GLOBAL) !== 0 ? global : pcid === undefined || pcidOf(keyHi) === pcid;
      caches.forEach((cache) => cache.drop(doomed));
    }
  }

  /** Drops paging-structure caches, of one PCID or of all. They are not affected by G. */
  flushStructures(pcid?: number): void {
    for (const cache of Object.values(this.structures)) {
      if (pcid === undefined) cache.clear();
      else cache.drop((_, keyHi) => pcidOf(keyHi) === pcid);
    }
  }

  /** Every TLB entry with where it stands. */
  forEach(
    visit: (entry: TlbEntry, place: { readonly tlb: TlbName; readonly set: number; readonly way: number }) => void,
  ): void {
    for (const tlb of TLB_NAMES) {
      const { ways } = this[tlb];
      this[tlb].forEach((block, at, set, way) => visit(decodeEntry(block, at, ways), { tlb, set, way }));
    }
  }

  /** Every entry of one of its caches. */
  forEachIn(cache: SetCache, visit: (entry: TlbEntry) => void): void {
    cache.forEach((block, at) => visit(decodeEntry(block, at, cache.ways)));
  }

  /** Every entry of the paging-structure caches: the table it names and the span of VPNs it serves. */
  forEachStructure(visit: (entry: TlbEntry, level: StructureLevel) => void): void {
    for (const level of [4, 3, 2] as const) {
      const { ways } = this.structures[level];
      this.structures[level].forEach((block, at) => visit(decodeEntry(block, at, ways), level));
    }
  }
}
