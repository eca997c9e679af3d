import type { CostName, CostProfileName } from './cost';

/** What a figure means, and its source. "our choice": none was found; such figures keep time moving and nothing is concluded from them. */
export interface CostText {
  readonly says: string;
  readonly source: string;
}

const CHOICE = 'our choice';
const FIT =
  'Amit, RFC "x86: concurrent TLB flushes", 2019: 775 ns for the first remote PCPU and 68 ns for each further one (our fit), ' +
  'taken as 1783 and 156 cycles at 2.3 GHz; how the 1783 divide is our choice';

const HASWELL: Readonly<Record<CostName, CostText>> = {
  call: { says: 'Entering and leaving a call', source: CHOICE },
  check: { says: 'Checking a request', source: CHOICE },
  vaSearch: { says: 'Finding or giving back address space', source: CHOICE },
  takeTable: { says: 'Taking and clearing one table frame', source: CHOICE },
  writeEntry: { says: 'Writing one entry', source: CHOICE },
  hitL1: { says: 'A look-up that the L1 TLB answers', source: CHOICE },
  hitL2: { says: 'A look-up that the L2 TLB answers', source: CHOICE },
  readTable: {
    says: 'Reading an entry that was used before (L2 cache)',
    source: 'docs/model.md, walk costs: 14 cycles for an L2 hit',
  },
  readTableFirst: {
    says: 'Reading an entry never used before (DRAM)',
    source: 'docs/model.md, walk costs: 200 cycles for DRAM',
  },
  fault: { says: 'Taking a page fault', source: CHOICE },
  invlpg: { says: 'One INVLPG', source: 'Molnár, linux-mm, June 2015' },
  flush: { says: 'A full flush by MOV CR3', source: 'Molnár, linux-mm, June 2015' },
  ipiSend: { says: 'Sending one IPI', source: FIT },
  ipiFlight: { says: 'An IPI on its way', source: FIT },
  interrupt: { says: 'Entering the interrupt handler', source: FIT },
  ack: { says: 'Writing the acknowledgement', source: FIT },
  ackFlight: { says: 'An acknowledgement on its way', source: FIT },
  flushLine: { says: 'CLFLUSH of one 64-byte line', source: CHOICE },
  setRegister: { says: 'Writing a control register or MSR', source: CHOICE },
  poke: { says: 'Writing a word', source: CHOICE },
};

export const COST_TEXT: Readonly<Record<CostProfileName, Readonly<Record<CostName, CostText>>>> = { haswell: HASWELL };
