/** The fields that an act asks for; the selected address is always at hand. */
export type ActField =
  'pcpu' | 'pcid' | 'keep' | 'module' | 'name' | 'resource' | 'reservation' | 'start' | 'length' | 'ioAttrs';

/** Something that a reader can have the machine do beside calls of vmk_Map's kind and accesses. */
export interface ActText {
  readonly label: string;
  readonly fields: readonly ActField[];
  /** Of an invalidation: what it drops and what it keeps. Of the others: what it does. */
  readonly says: string;
  /** H the header, A the architecture, E public evidence, M our model. */
  readonly tag: 'H' | 'A' | 'E' | 'M';
  readonly source: string;
}

const INVALIDATIONS = 'SDM 4.10.4.1';

/** What invalidates, and what holds invalidations back. */
export const INVALIDATE_ACTS = {
  invlpg: {
    label: 'INVLPG, the selected address',
    fields: ['pcpu'],
    says: 'Drops the page of any size in this PCID, global entries too, and every paging-structure cache of this PCID. Keeps all other pages.',
    tag: 'A',
    source: INVALIDATIONS,
  },
  invpcid0: {
    label: 'INVPCID 0, one address',
    fields: ['pcpu', 'pcid'],
    says: 'Drops the selected page and the paging-structure caches of the given PCID. Keeps global entries and other PCIDs. Without CR4.PCIDE the only PCID is 0; another raises #GP(0).',
    tag: 'A',
    source: INVALIDATIONS,
  },
  invpcid1: {
    label: 'INVPCID 1, one PCID',
    fields: ['pcpu', 'pcid'],
    says: 'Drops everything of the given PCID. Keeps global entries and other PCIDs. Without CR4.PCIDE the only PCID is 0; another raises #GP(0).',
    tag: 'A',
    source: INVALIDATIONS,
  },
  invpcid2: {
    label: 'INVPCID 2, everything',
    fields: ['pcpu'],
    says: 'Drops everything of every PCID, global entries too. Keeps nothing.',
    tag: 'A',
    source: INVALIDATIONS,
  },
  invpcid3: {
    label: 'INVPCID 3, all but global',
    fields: ['pcpu'],
    says: 'Drops everything of every PCID. Keeps global entries.',
    tag: 'A',
    source: INVALIDATIONS,
  },
  cr3: {
    label: 'MOV CR3',
    fields: ['pcpu', 'pcid', 'keep'],
    says: 'Without CR4.PCIDE drops all but global entries; bits 11:0 are no PCID, and bit 63 raises #GP(0). With it drops those of the new PCID; bit 63 of the source keeps them.',
    tag: 'A',
    source: INVALIDATIONS,
  },
  pge: {
    label: 'CR4.PGE, toggled twice',
    fields: ['pcpu'],
    says: 'Each change of PGE drops everything, global entries too. Keeps nothing; PGE is as it was afterwards.',
    tag: 'A',
    source: INVALIDATIONS,
  },
  mask: {
    label: 'Interrupts off',
    fields: ['pcpu'],
    says: 'Drops nothing. IPIs that arrive wait: a shootdown from elsewhere waits for this PCPU.',
    tag: 'A',
    source: 'SDM 6.8.1',
  },
  unmask: {
    label: 'Interrupts on',
    fields: ['pcpu'],
    says: 'Takes the IPIs that waited, and with them the invalidations that this PCPU owes.',
    tag: 'A',
    source: 'SDM 6.8.1',
  },
  flush: {
    label: 'Flush what is held back',
    fields: ['pcpu'],
    says: 'Under the lazy policy: flushes every PCPU for all unmaps that wait, then gives their VA and tables back.',
    tag: 'M',
    source: 'after XMapForceFlush in ESX 3.5 crash screens',
  },
  sync: {
    label: 'Wait until idle',
    fields: [],
    says: 'Drops nothing. Nothing else starts until every PCPU is idle and no message is on its way.',
    tag: 'M',
    source: 'the scenario’s own',
  },
} as const satisfies Record<string, ActText>;

/** Calls beside the three mapping calls. */
export const OTHER_ACTS = {
  va2ma: {
    label: 'vmk_VA2MA',
    fields: ['pcpu', 'length'],
    says: 'The machine address behind the selected one, if that many bytes lie together in machine memory.',
    tag: 'E',
    source: 'vmkapi 2.0',
  },
  load: {
    label: 'Load a module',
    fields: ['pcpu', 'name'],
    says: 'Gives a module the next vmk_ModuleID, so that it can make mappings.',
    tag: 'M',
    source: 'ids count from 1',
  },
  unload: {
    label: 'Unload a module',
    fields: ['pcpu', 'module'],
    says: 'A module must have released its mappings. With live ones it is refused, or they leak, by the policy moduleUnload.',
    tag: 'H',
    source: 'mappings must be released',
  },
  register: {
    label: 'vmk_IOResourceRegister',
    fields: ['pcpu', 'name', 'start', 'length', 'ioAttrs'],
    says: 'Makes a range of bytes known as an IO resource. It must overlap no other.',
    tag: 'E',
    source: 'vmkapi 2.0',
  },
  reserve: {
    label: 'vmk_IOResourceReserve',
    fields: ['pcpu', 'module', 'resource'],
    says: 'A reservation, as VMK_MAPTYPE_DEVICE needs it. Only a SHAREABLE resource can be reserved twice.',
    tag: 'E',
    source: 'vmkapi 2.0',
  },
  release: {
    label: 'vmk_IOResourceRelease',
    fields: ['pcpu', 'reservation'],
    says: 'Gives a reservation back. One that a live mapping stands on is refused.',
    tag: 'M',
    source: 'the header does not say',
  },
} as const satisfies Record<string, ActText>;

export type InvalidateAct = keyof typeof INVALIDATE_ACTS;
export type OtherAct = keyof typeof OTHER_ACTS;
