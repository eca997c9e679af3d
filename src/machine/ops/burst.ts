import { decimalGroups } from '../../base/number';
import { WRITE } from '../access';
import { done, type Act, type Site } from '../act';
import { isCanonical, PAGE_SIZE, SPAN } from '../address';
import { nextTimeBeside } from '../events';
import type { Machine } from '../machine';
import type { AccessTally, Touch } from '../micro';
import { FAULTED, HIT_L1, HIT_L2, lastWalk, translate, WALKED } from '../mmu';
import type { AccessOp } from '../op';
import { count, defaultWord, hitAddress, storeWord } from './access';
import { checkHit, checkWalk, knownClean } from './stale';

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

/** `24 accesses: 20 L1 hits, 4 walks.`: each access is counted once, by how it ended; what did not happen is left out. */
function burstText(count: number, { hits1, hits2, faults, spurious }: AccessTally): string {
  const parts = [
    [faults, 'fault'],
    [spurious, 'spurious fault'],
    [hits1, 'L1 hit'],
    [hits2, 'L2 hit'],
    [count - faults - spurious - hits1 - hits2, 'walk'],
  ] as const;
  const list = parts.flatMap(([n, what]) => (n > 0 ? [`${decimalGroups(n)} ${what}${n === 1 ? '' : 's'}`] : []));
  return `${decimalGroups(count)} accesses: ${list.join(', ')}.`;
}

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
