/**
 * Things that are legal or quiet on the machine and still wrong, or worth knowing. Each rule once, with its tag:
 * H the header promises otherwise, A the architecture, E public evidence, M our model.
 */
export const HAZARD_RULES = {
  'stale-hit': { severity: 'error', tag: 'A', title: 'A stale TLB entry was used', source: 'SDM 4.10.4.2' },
  'use-after-unmap': {
    severity: 'error',
    tag: 'A',
    title: 'An unmapped address was still reached',
    source: 'SDM 4.10.4.2',
  },
  'foreign-write': {
    severity: 'error',
    tag: 'A',
    title: 'A write landed in a frame that is free or belongs to another',
    source: 'SDM 4.10.4.4',
  },
  'type-alias': {
    severity: 'warning',
    tag: 'A',
    title: 'One frame is mapped with two memory types',
    source: 'SDM 12.12.4',
  },
  'no-wc-slot': { severity: 'warning', tag: 'A', title: 'IA32_PAT has no WC slot', source: 'SDM 12.12.4' },
  'no-uncached-slot': {
    severity: 'warning',
    tag: 'A',
    title: 'IA32_PAT has no slot for UNCACHED',
    source: 'SDM 12.12.4',
  },
  'uc-minus-overridden': {
    severity: 'warning',
    tag: 'A',
    title: 'An MTRR turns UC- into another type',
    source: 'SDM table 12-7',
  },
  'large-page-mtrr': {
    severity: 'warning',
    tag: 'A',
    title: 'A large page spans several MTRR types',
    source: 'SDM 12.11.9',
  },
  'write-execute': { severity: 'warning', tag: 'M', title: 'Writable and executable at once', source: 'our rule' },
  'no-xd': { severity: 'note', tag: 'A', title: 'NXE is off: every page can be executed', source: 'SDM 4.6.1' },
  'wrong-context': {
    severity: 'error',
    tag: 'H',
    title: 'Called outside a regular execution context',
    source: 'header, note on each function',
  },
  'bad-unmap': {
    severity: 'error',
    tag: 'H',
    title: 'vmk_Unmap of an address that vmk_Map did not return',
    source: 'header, \\param va',
  },
  'unload-leak': {
    severity: 'warning',
    tag: 'H',
    title: 'A module left with live mappings',
    source: 'header, note on module removal',
  },
  'missing-ack': {
    severity: 'error',
    tag: 'E',
    title: 'A PCPU failed to acknowledge an invalidation',
    source: 'VMware KB 2000091',
  },
  'freed-table-cached': {
    severity: 'error',
    tag: 'A',
    title: 'A freed table is still in a paging-structure cache',
    source: 'SDM 4.10.3',
  },
  'stale-structure': {
    severity: 'error',
    tag: 'A',
    title: 'A walk used a stale paging-structure cache',
    source: 'SDM 4.10.3',
  },
  'uncached-wording': {
    severity: 'note',
    tag: 'A',
    title: 'UNCACHED does not keep entries out of the TLB',
    source: 'SDM 4.9; header says otherwise',
  },
  'not-ram': {
    severity: 'note',
    tag: 'E',
    title: 'Mapped as DEFAULT, but not all of it is RAM',
    source: 'public drivers do this',
  },
  'mpn-zero': {
    severity: 'warning',
    tag: 'M',
    title: 'MPN 0 is mapped',
    source: 'VMware code treats MPN 0 as reserved',
  },
  'table-mapped': { severity: 'warning', tag: 'M', title: "A page of vmkernel's tables is mapped", source: 'our rule' },
  'cache-not-flushed': {
    severity: 'error',
    tag: 'A',
    title: 'A memory type left WB without a cache flush',
    source: 'SDM 12.12.4',
  },
} as const satisfies Record<
  string,
  { severity: 'error' | 'warning' | 'note'; tag: 'H' | 'A' | 'E' | 'M'; title: string; source: string }
>;
export type HazardRule = keyof typeof HAZARD_RULES;

export interface Hazard {
  readonly rule: HazardRule;
  readonly says: string;
  readonly op: number | undefined;
  /** The first step it was seen in, and how often since. */
  readonly step: number;
  readonly times: number;
  readonly pcpu?: number | undefined;
  /** First VPN and first frame concerned. */
  readonly vpn?: number | undefined;
  readonly mpn?: number | undefined;
}

/** More kinds of one hazard than this are counted but not listed. */
export const MAX_HAZARDS = 400;

/** Adds a hazard; the same rule at the same place in the same operation only counts up. */
export function addHazard(list: readonly Hazard[], hazard: Omit<Hazard, 'times'>): readonly Hazard[] {
  const at = list.findIndex(
    (old) =>
      old.rule === hazard.rule &&
      old.op === hazard.op &&
      old.pcpu === hazard.pcpu &&
      old.vpn === hazard.vpn &&
      old.mpn === hazard.mpn,
  );
  if (at >= 0) return list.map((old, i) => (i === at ? { ...old, times: old.times + 1 } : old));
  return list.length < MAX_HAZARDS ? [...list, { ...hazard, times: 1 }] : list;
}
