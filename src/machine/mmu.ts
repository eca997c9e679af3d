import { AC, EXECUTE, WRITE } from './access';
import type { PageLevel } from './address';
import type { Control } from './control';
import { BIT } from './entry-format';
import type { Memory } from './memory';
import { effectiveType, patIndex, typeEncoding, MEMORY_TYPES, typeOf, type Pat } from './memory-type';
import { MtrrMap, type Mtrrs } from './mtrr';
import { DATA_HI, DATA_LO, GLOBAL } from './set-cache';
import {
  dataHigh,
  DIRTY,
  frameOf,
  keyHigh,
  keyLow,
  rightsOf,
  type StructureLevel,
  type Tlb,
  type TlbEntry,
} from './tlb';
import { targetOf, Walk, walk } from './walk';

/** How one access through the translation caches ended. */
export const HIT_L1 = 1;
export const HIT_L2 = 2;
export const WALKED = 3;
export const FAULTED = 4;
/** The TLB refused with old rights, its entry was dropped, and the walk then succeeded. */
export const SPURIOUS = 5;

/** Effective memory types by MTRR type and PAT slot, ready for a fill. */
export class TypeResolver {
  readonly mtrr: MtrrMap;
  private readonly cells = new Uint8Array(64);

  constructor(
    readonly pat: Pat,
    mtrrs: Mtrrs,
    maxPhyAddr: number,
  ) {
    this.mtrr = new MtrrMap(mtrrs, maxPhyAddr);
    for (const encoding of [0, 1, 4, 5, 6]) {
      pat.forEach((slot, i) => {
        this.cells[encoding * 8 + i] = typeEncoding(effectiveType(typeOf(encoding), slot).type);
      });
    }
  }

  /** The encoding of the effective type of a page by its leaf entry. A large page takes the type of its first byte. */
  effective(leafLo: number, level: PageLevel, mpn: number): number {
    return this.cells[this.mtrr.encodingAt(mpn * 4096) * 8 + patIndex(leafLo, level > 1)];
  }
}

export const typeName = (encoding: number): string => MEMORY_TYPES[encoding] ?? '?';

/** What every PCPU's translation shares. */
export interface PagingUnit {
  readonly memory: Memory;
  readonly control: Control;
  readonly types: TypeResolver;
  /** The frame of the PML4 in CR3. */
  readonly root: number;
  /** Where the present step stands; kept in filled entries. */
  readonly step: number;
  readonly structureCaches: boolean;
}

/** The scratch walk of the last access; read it before the next one. */
export const lastWalk = new Walk();
const peekWalk = new Walk();

/** Walks without side effects from CR3; the result stands in the returned Walk until the next peek. */
export function peek(unit: PagingUnit, vaHi: number, vaLo: number, access: number): Walk {
  walk(unit.memory, unit.control, peekWalk.from(unit.root), vaHi, vaLo, access, false);
  return peekWalk;
}

/**
 * One access through the TLBs of a PCPU: hit, or walk and fill, or fault. Returns one of the codes above; after a walk or a fault
 * `lastWalk` says what it read. A write that hits an entry with D = 0 walks again, to set D (SDM 4.8).
 */
export function translate(
  unit: PagingUnit,
  tlb: Tlb,
  pcid: number,
  vaHi: number,
  vaLo: number,
  access: number,
): number {
  const found = tlb.lookup(vaHi, vaLo, (access & EXECUTE) !== 0, pcid);
  let spurious = false;
  if (found !== 0) {
    const refused = unit.control.refusal[(access << 4) | rightsOf(tlb.hitHi)] !== 0;
    if (!refused && ((access & WRITE) === 0 || (tlb.hitHi & DIRTY) !== 0)) return found;
    if (refused) {
      dropForFault(unit, tlb, pcid, vaHi, vaLo);
      spurious = true;
    }
  }
  if (walkAndFill(unit, tlb, pcid, vaHi, vaLo, access, found === 0)) return spurious ? SPURIOUS : WALKED;
  dropForFault(unit, tlb, pcid, vaHi, vaLo);
  return FAULTED;
}

/** A page fault drops what the caches hold for its address (SDM 4.10.4.1). */
export function dropForFault(unit: PagingUnit, tlb: Tlb, pcid: number, vaHi: number, vaLo: number): void {
  tlb.invalidatePage(vaHi, vaLo, pcid, true);
  if (unit.structureCaches) {
    for (const level of [2, 3, 4] as const) {
      const key = keyLow(level, vaHi, vaLo);
      const keyHi = keyHigh(level, vaHi, pcid);
      tlb.structures[level].dropIn(key, (lo, hi) => lo === key && hi === keyHi);
    }
  }
}

/** Points `out` at the lowest table that the paging-structure caches know for an address, or at CR3. */
export function startFromStructures(
  unit: PagingUnit,
  tlb: Tlb,
  pcid: number,
  vaHi: number,
  vaLo: number,
  out: Walk,
): void {
  out.from(unit.root);
  if (!unit.structureCaches) return;
  for (let level = 2; level <= 4; level++) {
    const cache = tlb.structures[level as StructureLevel];
    if (cache.live === 0) continue;
    const key = keyLow(level, vaHi, vaLo);
    const set = cache.peek(key);
    const at = cache.find(set, key, keyHigh(level, vaHi, pcid));
    if (at === 0) continue;
    out.startLevel = (level - 1) as Walk['startLevel'];
    const { ways } = cache;
    out.startTable = frameOf(set[at + DATA_LO * ways], set[at + DATA_HI * ways]);
    out.startRights = rightsOf(set[at + DATA_HI * ways]);
    cache.use(set, key, at, tlb.now);
    return;
  }
}

/** Walks with A and D, then fills the TLBs and the paging-structure caches. False for a fault. `missed` as in `Tlb.fill`. */
export function walkAndFill(
  unit: PagingUnit,
  tlb: Tlb,
  pcid: number,
  vaHi: number,
  vaLo: number,
  access: number,
  missed = false,
): boolean {
  const out = lastWalk;
  startFromStructures(unit, tlb, pcid, vaHi, vaLo, out);
  const done = walk(unit.memory, unit.control, out, vaHi, vaLo, access, true);
  if (unit.structureCaches) {
    // Entries passed on the way may be cached even when the walk ends in a fault below them (SDM 4.10.3.2).
    for (let level = out.startLevel; level > out.level; level--) {
      const table = targetOf(out.lo[level], out.hi[level], unit.control);
      tlb.fillStructure(level as StructureLevel, vaHi, vaLo, pcid, table, out.rights(level), unit.step);
    }
  }
  if (!done) return false;
  const level = out.level as PageLevel;
  const lo = out.lo[level];
  const flags = ((lo & BIT.D) !== 0 ? DIRTY : 0) | (unit.control.pge && (lo & BIT.G) !== 0 ? GLOBAL : 0);
  const type = unit.types.effective(lo, level, out.mpn);
  const hi = dataHigh(out.mpn, out.rights(level), type, flags);
  tlb.fill(level, vaHi, vaLo, (access & EXECUTE) !== 0, pcid, out.mpn | 0, hi, unit.step, missed);
  return true;
}

/** Why a TLB entry no longer says what the tables say. */
export type Staleness = 'not-present' | 'frame' | 'size' | 'rights' | 'type';

/**
 * Whether a walk of the tables now would give something else: another frame, fewer rights, another memory type, or nothing.
 * More rights in the tables than in the entry is not stale: the architecture allows it one spurious fault.
 */
export function staleness(unit: PagingUnit, entry: TlbEntry): Staleness | undefined {
  const vaHi = Math.floor(entry.vpn / 2 ** 20);
  const vaLo = entry.vpn * 4096;
  // With AC a supervisor read is refused by nothing, so that the walk ends at the page or at a broken entry.
  const now = peek(unit, vaHi, vaLo | 0, AC);
  if (now.reason !== 0) return 'not-present';
  const frame = now.mpn + (entry.vpn % 512 ** (now.level - 1));
  if (frame !== entry.mpn) return 'frame';
  // Smaller pages by now: the rest of what the entry spans may be anything.
  if (now.level < entry.level) return 'size';
  const lost = entry.rights & ~now.rights(now.level) & 6;
  const gainedXd = now.rights(now.level) & ~entry.rights & 8;
  if (lost || (gainedXd && unit.control.nxe)) return 'rights';
  return unit.types.effective(now.lo[now.level], now.level as PageLevel, now.mpn) === entry.type ? undefined : 'type';
}
