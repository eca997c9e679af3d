import { done, type Act, type Site } from '../act';
import { accessCode, EXECUTE, kindOf, WRITE } from '../access';
import { fullVa, isCanonical, lowVa, PAGE_SIZE, SPAN } from '../address';
import type { Machine } from '../machine';
import { NO_ACCESSES, type AccessTally, type Touch } from '../micro';
import { DIRTY, frameOf, rightsOf, type Counters, type Tlb } from '../tlb';
import { dropForFault, lastWalk, walkAndFill } from '../mmu';
import type { AccessOp } from '../op';
import type { Outcome } from '../outcome';
import { REASON_TEXT } from '../rights';
import { faultOf, nonCanonicalFault, type Fault, type Walk } from '../walk';
import { checkHit, checkWalk, knownClean } from './stale';

/** One access, or a burst of them, through the TLBs of a PCPU. */
export function beginAccess(m: Machine, op: AccessOp, site: Site): Act {
  const va = m.resolve(op.at) ?? 0n;
  const access = accessCode(op.kind, op.privilege, op.ac);
  const touch: Touch = { va: lowVa(va), access, tally: NO_ACCESSES, retry: false };
  if (op.count > 1) return { kind: 'translate', cycles: 0, next: [{ do: 'burst', op: site.op, done: 0, touch }] };
  if (isCanonical(va)) return lookUp(m, op, touch, site);
  const says = `#GP(0): 0x${va.toString(16)} is not canonical; no table is read.`;
  const tally = { ...NO_ACCESSES, faults: 1 };
  return done({ says, access: tally, fault: nonCanonicalFault(va) }, m.costs.fault, 'translate');
}

/** A single access asks its TLB first. */
function lookUp(m: Machine, op: AccessOp, touch: Touch, site: Site): Act {
  const { va, access } = touch;
  const { control, pcpus } = m.state;
  const tlb = m.tlbs[site.pcpu];
  const clean = knownClean(m, site.pcpu);
  const found = tlb.lookup(Math.floor(va / 2 ** 32), va | 0, (access & EXECUTE) !== 0, pcpus[site.pcpu].pcid);
  const cycles = found === 2 ? m.costs.hitL2 : m.costs.hitL1;
  const next = (what: 'walk' | 'fault', says: string): Act => ({
    kind: 'translate',
    cycles,
    next: [{ do: what, op: site.op, touch }],
    says,
  });
  if (found === 0) return next('walk', 'its TLB has no entry for the page.');
  if (control.refusal[(access << 4) | rightsOf(tlb.hitHi)] !== 0) {
    return next('fault', `its TLB has an entry for the page, which does not allow this ${FETCH[op.kind]}.`);
  }
  if ((access & WRITE) !== 0 && (tlb.hitHi & DIRTY) === 0) {
    return next('walk', 'its TLB has an entry for the page with D = 0, so a walk must set D.');
  }
  if (!clean) checkHit(m, va, access, site);
  const tally = { ...touch.tally, hits1: found === 1 ? 1 : 0, hits2: found === 2 ? 1 : 0 };
  const ma = hitAddress(tlb, va);
  count(tlb, { hits1: tally.hits1, hits2: tally.hits2 });
  return done(
    reach(m, op, { ...touch, tally }, ma, `the L${found} TLB of PCPU ${site.pcpu} answered`, site),
    cycles,
    'translate',
  );
}

const FETCH = { read: 'read', write: 'write', execute: 'fetch' } as const;

export function hitAddress(tlb: Machine['tlbs'][number], va: number): number {
  return frameOf(tlb.hitLo, tlb.hitHi) * PAGE_SIZE + (va % (SPAN[tlb.hitLevel] * PAGE_SIZE));
}

/** The walk of a single access: sets A and D, fills the TLB, or ends in a fault. */
export function walkAccess(m: Machine, op: AccessOp, touch: Touch, site: Site): Act {
  const { va, access, retry } = touch;
  const tlb = m.tlbs[site.pcpu];
  const { pcid } = m.state.pcpus[site.pcpu];
  const clean = knownClean(m, site.pcpu);
  const ok = walkAndFill(m.paging, tlb, pcid, Math.floor(va / 2 ** 32), va | 0, access);
  const cycles = walkCycles(m, lastWalk);
  const tally: AccessTally = { ...touch.tally, walks: 1 };
  if (!clean) checkWalk(m, va, site);
  count(tlb, { walks: 1 });
  if (!ok) {
    const fault = faultOf(lastWalk, fullVa(va), access, m.state.control);
    const failed = { ...touch, tally, fault };
    if (!retry) return { kind: 'translate', cycles, next: [{ do: 'fault', op: site.op, touch: failed }] };
    dropForFault(m.paging, tlb, pcid, Math.floor(va / 2 ** 32), va | 0);
    return done(faultOutcome(op, failed, fault), cycles, 'translate');
  }
  const ma = lastWalk.mpn * PAGE_SIZE + (va % (SPAN[lastWalk.level as 1 | 2 | 3] * PAGE_SIZE));
  const how = retry ? 'the TLB refused with old rights, one spurious fault, then a walk' : walkText(lastWalk);
  return done(
    reach(m, op, { ...touch, tally: { ...tally, spurious: retry ? 1 : 0 } }, ma, how, site),
    cycles,
    'translate',
  );
}

const walkText = ({ startLevel, level }: Walk): string => {
  const read = startLevel - level + 1;
  return `a walk of ${read} ${read === 1 ? 'entry' : 'entries'}${startLevel < 4 ? ' behind a paging-structure cache' : ''}`;
};

/**
 * A page fault drops what the caches hold for the address, so the retry must walk (SDM 4.10.4.1). A fault that the TLB alone raised
 * is spurious: the retry succeeds. One that a walk raised is final.
 */
export function faultAccess(m: Machine, op: AccessOp, touch: Touch, site: Site): Act {
  const { va } = touch;
  const { pcid } = m.state.pcpus[site.pcpu];
  const tlb = m.tlbs[site.pcpu];
  dropForFault(m.paging, tlb, pcid, Math.floor(va / 2 ** 32), va | 0);
  count(tlb, { faults: 1 });
  const cycles = m.costs.fault;
  if (touch.fault) return done(faultOutcome(op, touch, touch.fault), cycles, 'translate');
  return { kind: 'translate', cycles, next: [{ do: 'walk', op: site.op, touch: { ...touch, retry: true } }] };
}

const faultOutcome = (op: AccessOp, touch: Touch, fault: Fault): Outcome => ({
  says: `#PF(0x${fault.errorCode.toString(16)}) on ${op.kind} of 0x${fault.cr2.toString(16)}: ${REASON_TEXT[fault.reason]}.`,
  access: { ...touch.tally, faults: 1 },
  fault,
});

export function count(tlb: Tlb, more: Partial<Counters>): void {
  const counters: Record<keyof Counters, number> = { ...tlb.counters };
  for (const name of Object.keys(more) as (keyof Counters)[]) counters[name] += more[name] ?? 0;
  tlb.counters = counters;
}

/** The access reaches its byte: reads or writes the word there. */
function reach(m: Machine, op: AccessOp, touch: Touch, ma: number, how: string, site: Site): Outcome {
  const word = ma - (ma % 8);
  let value = m.memory.load(word);
  if ((touch.access & WRITE) !== 0) {
    value = op.value ?? defaultWord(site);
    storeWord(m, word, value, site);
  }
  const verb = { read: 'Read', write: 'Wrote', execute: 'Fetched' }[kindOf(touch.access)];
  return { says: `${verb} MA 0x${ma.toString(16)}: ${how}.`, access: touch.tally, ma, value };
}

/** What a write stores when the scenario does not say: the number of the operation, so that it can be traced. */
export const defaultWord = ({ op }: Site): bigint => 0xa11c_0000_0000_0000n | BigInt(op);

/** Stores a word; one that falls into a table is a change of the tables like any other. */
export function storeWord(m: Machine, ma: number, value: bigint, { op, pcpu }: Site): void {
  const mpn = Math.floor(ma / PAGE_SIZE);
  if (m.state.pool.has(mpn) && !m.state.pool.isFree(mpn)) {
    m.raise({
      rule: 'foreign-write',
      op,
      pcpu,
      mpn,
      says: `PCPU ${pcpu} wrote into MPN 0x${mpn.toString(16)}, a page table of vmkernel.`,
    });
  }
  // What holds nothing yet maps nothing: only a word in a frame that may be a table can make something stale.
  if (m.memory.holds(mpn)) m.touchTables();
  m.memory.store(ma, value);
}

export const walkCycles = (m: Machine, { startLevel, level, firstUses }: Walk): number => {
  const reads = startLevel - level + 1;
  return (reads - firstUses) * m.costs.readTable + firstUses * m.costs.readTableFirst;
};
