import { AC, WRITE } from '../access';
import type { Site } from '../act';
import { PAGE_SIZE, SPAN } from '../address';
import type { Machine } from '../machine';
import { lastWalk, peek, staleness, type PagingUnit, type Staleness } from '../mmu';
import { partsWithin } from '../ranges';
import { frameOf, memoryTypeOf, rightsOf, type StructureLevel, type TlbEntry } from '../tlb';

/**
 * Finding stale use. Staleness is never stored: it is the difference between a cached translation and a walk of the tables now.
 * A whole TLB is compared once after each change of the tables; while nothing in it is stale, accesses need no further check.
 */
export function knownClean(m: Machine, pcpu: number): boolean {
  if (m.isClean(pcpu)) return true;
  const unit = m.paging;
  let clean = true;
  m.tlbs[pcpu].forEach((entry) => {
    if (clean && staleness(unit, entry)) clean = false;
  });
  m.tlbs[pcpu].forEachStructure((entry, level) => {
    if (clean && structureStale(unit, entry, level)) clean = false;
  });
  if (clean) m.markClean(pcpu);
  return clean;
}

/** Whether a walk now would reach another table at this place, or with fewer rights. */
export function structureStale(unit: PagingUnit, entry: TlbEntry, level: StructureLevel): boolean {
  const now = peek(unit, Math.floor(entry.vpn / 2 ** 20), (entry.vpn * PAGE_SIZE) | 0, AC);
  if (now.level >= level) return true;
  return now.table(level - 1) !== entry.mpn || (entry.rights & ~now.rights(level) & 6) !== 0;
}

/** After a TLB hit: raises what is wrong if the entry is stale. */
export function checkHit(m: Machine, va: number, access: number, site: Site): void {
  const tlb = m.tlbs[site.pcpu];
  const span = SPAN[tlb.hitLevel];
  const vpn = Math.floor(va / PAGE_SIZE);
  const entry: TlbEntry = {
    vpn: vpn - (vpn % span),
    level: tlb.hitLevel,
    mpn: frameOf(tlb.hitLo, tlb.hitHi),
    rights: rightsOf(tlb.hitHi),
    type: memoryTypeOf(tlb.hitHi),
    dirty: false,
    global: false,
    pcid: 0,
    born: 0,
    used: 0,
  };
  const stale = staleness(m.paging, entry);
  if (!stale) return;
  const mpn = entry.mpn + (vpn % span);
  raiseStale(m, vpn, mpn, stale, site);
  if ((access & WRITE) !== 0 && (stale === 'not-present' || stale === 'frame')) raiseForeign(m, vpn, mpn, site);
}

const STALE_TEXT: Readonly<Record<Staleness, string>> = {
  'not-present': 'the tables no longer map it',
  frame: 'the tables now map another frame',
  size: 'the tables now map smaller pages',
  rights: 'the tables now allow less',
  type: 'the tables now give another memory type',
};

function raiseStale(m: Machine, vpn: number, mpn: number, stale: Staleness, { op, pcpu }: Site): void {
  const unmapped = stale === 'not-present' && !m.mappingAt(vpn);
  m.raise({
    rule: unmapped ? 'use-after-unmap' : 'stale-hit',
    op,
    pcpu,
    vpn,
    mpn,
    says: `PCPU ${pcpu} used its TLB entry for page 0x${vpn.toString(16)} (MPN 0x${mpn.toString(16)}), but ${STALE_TEXT[stale]}.`,
  });
}

function raiseForeign(m: Machine, vpn: number, mpn: number, { op, pcpu }: Site): void {
  m.raise({
    rule: 'foreign-write',
    op,
    pcpu,
    vpn,
    mpn,
    says: `PCPU ${pcpu} wrote through a stale entry into MPN 0x${mpn.toString(16)}, which ${ownerText(m, mpn)}.`,
  });
}

/** Who a frame belongs to now, for a sentence: "is free", "belongs to storage", "is a page table of vmkernel". */
export function ownerText(m: Machine, mpn: number): string {
  if (m.state.pool.has(mpn)) return m.state.pool.isFree(mpn) ? 'is free' : 'is a page table of vmkernel';
  for (const mapping of m.state.mappings.values()) {
    for (const _ of partsWithin(mapping.ranges, mpn, mpn + 1)) {
      return `belongs to ${m.state.modules[mapping.module]?.name ?? 'an unloaded module'}`;
    }
  }
  return 'is free';
}

/** After a walk that began in a paging-structure cache: raises it when the cached table is not the one the tables name. */
export function checkWalk(m: Machine, va: number, { op, pcpu }: Site): void {
  const { startLevel, startTable } = lastWalk;
  if (startLevel === 4) return;
  const now = peek(m.paging, Math.floor(va / 2 ** 32), va | 0, AC);
  if (now.level <= startLevel && now.table(startLevel) === startTable) return;
  const mpn = startTable;
  m.raise({
    rule: 'stale-structure',
    op,
    pcpu,
    vpn: Math.floor(va / PAGE_SIZE),
    mpn,
    says: `PCPU ${pcpu} walked through MPN 0x${mpn.toString(16)} from a paging-structure cache; the tables no longer use it there.`,
  });
}
