import type { CostName, CostProfileName } from './cost';
import type { CostKind } from './cycles';

/** What a figure means, and its source. "our choice": none was found; such figures keep time moving and nothing is concluded from them. */
export interface CostText {
  readonly says: string;
  /** E public evidence, M our model. */
  readonly tag: 'E' | 'M';
  readonly source: string;
}

const FIT =
  'Amit, RFC "x86: concurrent TLB flushes", 2019: 775 ns for the first remote PCPU and 68 ns for each further one (our fit), ' +
  'taken as 1783 and 156 cycles at 2.3 GHz; how the 1783 divide is our choice';

const choice = (says: string): CostText => ({ says, tag: 'M', source: 'our choice' });
/** Of the order that sources give; which figure stands for it is ours. */
const figure = (says: string, source: string): CostText => ({ says, tag: 'M', source });
const found = (says: string, source: string): CostText => ({ says, tag: 'E', source });

const HASWELL: Readonly<Record<CostName, CostText>> = {
  call: choice('Entering and leaving a call'),
  check: choice('Checking a request'),
  vaSearch: choice('Finding or giving back address space'),
  takeTable: choice('Taking and clearing one table frame'),
  writeEntry: choice('Writing one entry'),
  hitL1: choice('A look-up that the L1 TLB answers'),
  hitL2: choice('A look-up that the L2 TLB answers'),
  readTable: figure(
    'Reading an entry that was used before (L2 cache)',
    'docs/model.md, walk costs: 14 cycles for an L2 hit',
  ),
  readTableFirst: figure('Reading an entry never used before (DRAM)', 'docs/model.md, walk costs: 200 cycles for DRAM'),
  fault: choice('Taking a page fault'),
  invlpg: found('One INVLPG', 'Molnár, linux-mm, June 2015'),
  flush: found('A full flush by MOV CR3', 'Molnár, linux-mm, June 2015'),
  ipiSend: found('Sending one IPI', FIT),
  ipiFlight: found('An IPI on its way', FIT),
  interrupt: found('Entering the interrupt handler', FIT),
  ack: found('Writing the acknowledgement', FIT),
  ackFlight: found('An acknowledgement on its way', FIT),
  flushLine: choice('CLFLUSH of one 64-byte line'),
  setRegister: choice('Writing a control register or MSR'),
  poke: choice('Writing a word'),
};

export const COST_TEXT: Readonly<Record<CostProfileName, Readonly<Record<CostName, CostText>>>> = { haswell: HASWELL };

/** What the cycles of an operation are added up by, in words. */
export const COST_KIND_TEXT: Readonly<Record<CostKind, string>> = {
  check: 'calls and checks',
  tables: 'address space and tables',
  entries: 'writing entries',
  translate: 'look-ups, walks, faults',
  invalidate: 'invalidating its own TLB',
  ipi: 'sending IPIs',
  wait: 'waiting',
  cache: 'flushing cache lines',
  remote: 'on other PCPUs meanwhile',
};
