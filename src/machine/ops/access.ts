import { done, type Act, type Site } from '../act';
import { accessCode, EXECUTE, kindOf, WRITE } from '../access';
import { fullVa, isCanonical, lowVa, PAGE_SIZE, SPAN } from '../address';
import type { Machine } from '../machine';
import { NO_ACCESSES, type AccessTally, type Touch } from '../micro';
import { DIRTY, frameOf, rightsOf, type Counters, type Tlb } from '../tlb';
import { dropForFault, FAULTED, HIT_L1, HIT_L2, lastWalk, translate, WALKED, walkAndFill } from '../mmu';
import type { AccessOp } from '../op';
import type { Outcome } from '../outcome';
import { nextTimeBeside } from '../events';
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
  const next = (what: 'walk' | 'fault'): Act => ({
    kind: 'translate',
    cycles,
    next: [{ do: what, op: site.op, touch }],
  });
  if (found === 0) return next('walk');
  if (control.refusal[(access << 4) | rightsOf(tlb.hitHi)] !== 0) return next('fault');
  if ((access & WRITE) !== 0 && (tlb.hitHi & DIRTY) === 0) return next('walk');
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

function hitAddress(tlb: Machine['tlbs'][number], va: number): number {
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

function count(tlb: Tlb, more: Partial<Counters>): void {
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
const defaultWord = ({ op }: Site): bigint => 0xa11c_0000_0000_0000n | BigInt(op);

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

/** A burst is cut where another PCPU or a message has something to do, but not into pieces smaller or larger than these. */
const MIN_CHUNK = 64;
const MAX_CHUNK = 65_536;

/**
 * A part of a burst: as many accesses as fit before the next event elsewhere. Results are summed up. The words that a burst
 * writes are kept only in frames that hold something already, tables among them; see docs/model.md.
 */
export function runBurst(m: Machine, op: AccessOp, from: number, touch: Touch, site: Site): Act {
  const { pcpu, now } = site;
  const fine = m.state.policies.granularity === 'fine';
  const most = Math.min(op.count - from, fine ? 1 : MAX_CHUNK);
  const budget = nextTimeBeside(m, pcpu) - now;
  const chunk = new Chunk(m, site, op, touch, from);
  let n = 0;
  while (n < most && (n < MIN_CHUNK || chunk.cycles < budget)) {
    const left = Math.min(most - n, budget === Infinity ? most : MIN_CHUNK);
    chunk.run(left);
    n += left;
  }
  const tally = chunk.finish();
  const next = { ...touch, va: chunk.va, tally };
  const cycles = Math.max(1, Math.round(chunk.cycles));
  if (from + n < op.count)
    return { kind: 'translate', cycles, next: [{ do: 'burst', op: site.op, done: from + n, touch: next }] };
  return done({ says: burstText(op.count, tally), access: tally }, cycles, 'translate');
}

const burstText = (count: number, { hits1, hits2, walks, faults, spurious }: AccessTally): string =>
  `${count} accesses: ${hits1} L1 hits, ${hits2} L2 hits, ${walks} walks, ${faults} faults${spurious > 0 ? ` (${spurious} more were spurious)` : ''}.`;

/**
 * How many of the accesses that follow one at `va` are sure to hit the entry that it left in the L1, but for the last on the page, which
 * is looked up to mark the entry as used. Nothing else runs in between, so they need no look-up of their own.
 */
function sameHits(va: number, step: number, left: number): number {
  if (step >= PAGE_SIZE) return 0;
  const onPage = step === 0 ? left : Math.ceil((PAGE_SIZE - (va & OFFSET_BITS)) / step);
  return Math.max(0, Math.min(onPage, left) - 2);
}

const OFFSET_BITS = PAGE_SIZE - 1;

/** Where the lower half of canonical addresses ends. */
const HALF = 1n << 47n;
/** Beside the codes of `translate`: #GP, before any cache is asked. */
const REFUSED = 6;

/** The running sums of one part of a burst, kept out of the immutable state while it runs. */
class Chunk {
  va: number;
  cycles = 0;
  private readonly counts = new Float64Array(7);
  private clean: boolean;
  private writtenPage = -1;
  private readonly step: number;
  private readonly pcid: number;
  /** The addresses in full, needed only when some of them are not canonical. */
  private readonly start: bigint;
  private readonly stride: bigint;
  private readonly leaves: boolean;

  constructor(
    private readonly m: Machine,
    private readonly site: Site,
    op: AccessOp,
    private readonly touch: Touch,
    private index: number,
  ) {
    this.start = m.resolve(op.at) ?? 0n;
    this.stride = BigInt.asIntN(64, op.stride);
    const last = BigInt.asIntN(64, this.start) + this.stride * BigInt(op.count - 1);
    this.leaves =
      !isCanonical(this.start) || last < -HALF || last >= HALF || last < 0n !== BigInt.asIntN(64, this.start) < 0n;
    this.va = touch.va;
    this.step = Number(BigInt.asUintN(48, op.stride));
    this.pcid = m.state.pcpus[site.pcpu].pcid;
    this.clean = knownClean(m, site.pcpu);
  }

  run(count: number): void {
    const { m, site, counts, step, pcid } = this;
    const { access } = this.touch;
    const unit = m.paging;
    const tlb = m.tlbs[site.pcpu];
    const hitL1 = m.costs.hitL1;
    const hitL2 = m.costs.hitL2;
    const fault = m.costs.fault;
    const read = m.costs.readTable;
    const first = m.costs.readTableFirst - read;
    const writes = (access & WRITE) !== 0;
    let { va } = this;
    let cycles = 0;
    for (let n = 0; n < count; n++) {
      if (this.leaves && !this.canonicalAt(n)) {
        counts[REFUSED]++;
        cycles += fault;
        va = (va + step) % 0x1_0000_0000_0000;
        continue;
      }
      const code = translate(unit, tlb, pcid, Math.floor(va / 0x1_0000_0000), va | 0, access);
      counts[code]++;
      if (code === HIT_L1) cycles += hitL1;
      else if (code === HIT_L2) cycles += hitL2;
      else {
        cycles += hitL1 + (lastWalk.startLevel - lastWalk.level + 1) * read + lastWalk.firstUses * first;
        if (code !== WALKED) cycles += fault;
      }
      if (writes || !this.clean) this.besides(va, code);
      const same = code === FAULTED || !this.clean || this.leaves ? 0 : sameHits(va, step, count - n);
      if (same > 0) {
        counts[HIT_L1] += same;
        cycles += same * hitL1;
        tlb.now += same;
        n += same;
        va += same * step;
      }
      va += step;
      if (va >= 0x1_0000_0000_0000) va -= 0x1_0000_0000_0000;
    }
    this.va = va;
    this.index += count;
    this.cycles += cycles;
  }

  private canonicalAt(n: number): boolean {
    return isCanonical(BigInt.asUintN(64, this.start + this.stride * BigInt(this.index + n)));
  }

  /** What most accesses do not need: looking for staleness, and storing words where words are kept. */
  private besides(va: number, code: number): void {
    const { m, site } = this;
    const { access } = this.touch;
    if (!this.clean) {
      if (code === HIT_L1 || code === HIT_L2) checkHit(m, va, access, site);
      else checkWalk(m, va, site);
    }
    const page = Math.floor(va / PAGE_SIZE);
    if ((access & WRITE) === 0 || code === FAULTED || page === this.writtenPage) return;
    this.writtenPage = page;
    const ma =
      code === HIT_L1 || code === HIT_L2
        ? hitAddress(m.tlbs[site.pcpu], va)
        : lastWalk.mpn * PAGE_SIZE + (va % (SPAN[lastWalk.level as 1 | 2 | 3] * PAGE_SIZE));
    if (!m.memory.holds(Math.floor(ma / PAGE_SIZE))) return;
    storeWord(m, ma - (ma % 8), defaultWord(site), site);
    this.clean = false;
  }

  finish(): AccessTally {
    const { counts, touch, m, site } = this;
    const [, hits1, hits2, walked, faults, spurious, refused] = counts;
    const tlb = m.tlbs[site.pcpu];
    count(tlb, { hits1, hits2, walks: walked + spurious + faults, faults: faults + spurious + refused });
    const { tally } = touch;
    return {
      hits1: tally.hits1 + hits1,
      hits2: tally.hits2 + hits2,
      walks: tally.walks + walked + spurious + faults,
      faults: tally.faults + faults + refused,
      spurious: tally.spurious + spurious,
    };
  }
}
