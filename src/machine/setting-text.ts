import type { LimitName, PolicyName } from './config';
import type { ControlName } from './control-bits';

/** What a setting changes for a reader, in full, and where that comes from. Apart, because no picture needs it. */
export interface SettingText {
  readonly says: string;
  /** H the header, A the architecture, E public evidence, M our model. */
  readonly tag: 'H' | 'A' | 'E' | 'M';
  readonly source: string;
}

const text = (tag: SettingText['tag'], source: string, says: string): SettingText => ({ says, tag, source });

export const CONTROL_SETTING: Readonly<Record<ControlName, SettingText>> = {
  'CR0.WP': text(
    'A',
    'SDM 4.6.1',
    'Write protect. 1: the kernel, too, faults when it writes where RW = 0 on the way. 0: only user writes obey RW.',
  ),
  'EFER.NXE': text(
    'A',
    'SDM 4.6.1, 4.7',
    'No-execute enable. 1: bit 63 of an entry is XD and forbids fetches. 0: bit 63 is reserved, and an entry with it set faults with RSVD.',
  ),
  'CR4.PGE': text(
    'A',
    'SDM 4.10.2.4',
    'Page global enable. 1: entries with G = 1 are kept by MOV CR3 and by all but the widest INVPCID, and new mappings get G. Each change drops everything.',
  ),
  'CR4.PCIDE': text(
    'A',
    'SDM 4.10.1',
    'Process-context identifiers. 1: each TLB entry carries the PCID of CR3[11:0] and serves only that one. 1 → 0 drops everything.',
  ),
  'CR4.SMEP': text(
    'A',
    'SDM 4.6.1',
    'Supervisor-mode execution prevention. 1: the kernel faults when it fetches from a page that users may reach (US = 1 all the way).',
  ),
  'CR4.SMAP': text(
    'A',
    'SDM 4.6.1',
    'Supervisor-mode access prevention. 1: the kernel faults when it reads or writes a user page, unless EFLAGS.AC = 1.',
  ),
};

export const POLICY_SETTING: Readonly<Record<PolicyName | LimitName, SettingText>> = {
  shootdown: text(
    'E',
    'SDM 4.10.5; ESX 3.5 crash screens',
    'classic: an unmap, or a change that takes rights, interrupts every other PCPU and waits for all acknowledgements. lazy: unmaps are held back and one full flush serves many.',
  ),
  fastPath: text(
    'M',
    'the header only says that it is faster',
    'on: a read-only request for one range of RAM is answered from the linear alias: no entry, no table, no flush. off: it is mapped like any other.',
  ),
  pageSizes: text(
    'M',
    'docs/model.md, attributes to bits',
    'The largest page that a part of a request may use where both VA and MPN are aligned. Larger pages mean fewer entries, tables and TLB misses.',
  ),
  emptyTables: text(
    'M',
    'SDM 4.10.4.4 allows both',
    'free: a table whose last mapping goes is unlinked and given back. keep: it stays linked, so the next mapping there needs no table.',
  ),
  moduleUnload: text(
    'E',
    'status codes of later releases',
    'refuse: a module with live mappings stays, and the call lists them. leak: it goes, and its mappings stay behind with no owner.',
  ),
  uncached: text(
    'M',
    'drivers ask with PCD alone',
    'The memory type that UNCACHED asks the PAT for. UC- gives way to a WC MTRR; UC does not.',
  ),
  selfSnoop: text(
    'A',
    'CPUID.1:EDX.SS; SDM 12.12.4',
    'on: caches notice accesses of another memory type, so no cache flush is needed when WB is given up. off: lines are flushed one by one.',
  ),
  granularity: text(
    'M',
    'how the picture is cut into steps',
    'bulk: entries of one kind are one step, whatever their number. fine: one table a step, and one access a step.',
  ),
  flushCeiling: text(
    'M',
    '33 as in Linux',
    'Leaf entries up to which a shootdown uses INVLPG for each. Above, everything is flushed: dear for the entries lost, cheap for the flush.',
  ),
  lazyPages: text(
    'M',
    'our choice',
    'Pages that the lazy policy holds back before it flushes. More of them: fewer flushes, and more VA and tables tied up.',
  ),
  ackTimeout: text(
    'E',
    'ESX reports a PCPU that failed to acknowledge',
    'Cycles that an initiator waits for acknowledgements. After it the call returns, a hazard is reported, and VA and tables stay held back.',
  ),
};

/** Parts of the machine's shape. */
export const SHAPE_SETTING = {
  pcpus: text('M', '1 to 256', 'Processors, each with its own TLBs. A shootdown sends one IPI to each of the others.'),
  maxPhyAddr: text(
    'A',
    'SDM 4.1.4, CPUID.80000008H',
    'Bits of a machine address: 36 to 52. Entry bits from here up to 51 are reserved: one that is set faults with RSVD.',
  ),
  structureCaches: text(
    'A',
    'SDM 4.10.3',
    'Paging-structure caches keep PML4Es, PDPTEs and PDEs, so that a walk need not begin at the root. They can be stale, too.',
  ),
  tlb: text(
    'M',
    'Full: sizes like those of Skylake, our choice',
    'Sets are entries divided by ways and must be a power of two. An entry can stand only in the set that its page number names.',
  ),
  regions: text(
    'M',
    'the default has 1 GiB of RAM',
    'What answers at machine addresses. Between regions nothing does.',
  ),
  tablePool: text(
    'M',
    'by default 1/64 of all RAM',
    'The RAM that vmkernel keeps for page tables. Left empty, it lies in the largest RAM region.',
  ),
  window: text(
    'E',
    'lower half, as in crash screens',
    'Where vmk_Map finds virtual addresses. Without pages: as many as fit.',
  ),
  alias: text(
    'M',
    'explains the header’s fast path',
    'A read-only map of all RAM, there from the start, that answers read-only requests for one range.',
  ),
  modules: text(
    'H',
    'mappings belong to the caller’s module',
    'Loaded from the start; ids count from 1. vmkernel is always module 0.',
  ),
  resources: text('E', 'vmkapi 2.0', 'Byte ranges of devices. VMK_MAPTYPE_DEVICE needs a reservation of one.'),
  reservations: text(
    'E',
    'vmkapi 2.0',
    'Held by a module from the start. Only a SHAREABLE resource can be reserved twice.',
  ),
  pat: text(
    'A',
    'SDM 12.12',
    'A leaf entry picks a slot by its bits PAT, PCD, PWT (4 · PAT + 2 · PCD + PWT); the slot’s type then meets that of the MTRRs.',
  ),
  mtrrs: text(
    'A',
    'SDM 12.11',
    'Memory type by machine address: fixed entries below 1 MiB, variable ranges elsewhere, the default type where none matches. Off: everything is UC.',
  ),
  costs: text(
    'M',
    'docs/model.md, costs',
    'Cycles at 2.3 GHz. Figures of our own keep time moving; nothing is concluded from them.',
  ),
} as const satisfies Record<string, SettingText>;
export type ShapeName = keyof typeof SHAPE_SETTING;
