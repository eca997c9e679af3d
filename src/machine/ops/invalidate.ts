import { unreachable } from '../../base/assert';
import { done, type Act, type Site } from '../act';
import { isCanonical, lowVa, PAGE_SIZE } from '../address';
import type { Machine } from '../machine';
import type { AddressRef, InvalidateOp } from '../op';
import { flushAll, invalidatePage } from './flushing';

/** The instructions that invalidate, on one PCPU alone (SDM 4.10.4.1 "Operations that Invalidate TLBs and Paging-Structure Caches"). */
export function invalidate(m: Machine, op: InvalidateOp, { pcpu }: Site): Act {
  const tlb = m.tlbs[pcpu];
  const { pcid } = m.state.pcpus[pcpu];
  const { invlpg, flush } = m.costs;
  const end = (says: string, cycles: number): Act => done({ says: `PCPU ${pcpu}: ${says}.` }, cycles, 'invalidate');
  switch (op.how) {
    case 'invlpg': {
      const vpn = pageOf(m, op.at);
      // A non-canonical address makes INVLPG a no-operation.
      if (vpn === undefined) return end('INVLPG of a non-canonical address does nothing', invlpg);
      invalidatePage(tlb, vpn, pcid);
      return end(`INVLPG of page 0x${vpn.toString(16)} and all paging-structure caches of PCID ${pcid}`, invlpg);
    }
    case 'invpcid':
      return invpcid(m, op, pcpu, end);
    case 'cr3':
      return movCr3(m, op, pcpu, end);
    case 'pge':
      // Writing CR4.PGE and writing it back: each change drops everything (SDM 4.10.4.1).
      flushAll(tlb);
      return end('CR4.PGE toggled, everything dropped, global entries too', 2 * flush);
    default:
      return unreachable(op);
  }
}

function pageOf(m: Machine, at: AddressRef | undefined): number | undefined {
  const va = at && m.resolve(at);
  return va !== undefined && isCanonical(va) ? Math.floor(lowVa(va) / PAGE_SIZE) : undefined;
}

type End = (says: string, cycles: number) => Act;

/** Type 0 one address of a PCID, 1 one PCID, 2 everything, 3 everything but global entries. */
function invpcid(m: Machine, op: Extract<InvalidateOp, { how: 'invpcid' }>, pcpu: number, end: End): Act {
  const tlb = m.tlbs[pcpu];
  const { invlpg, flush } = m.costs;
  if (op.type === 0) {
    const vpn = pageOf(m, op.at);
    if (vpn === undefined) return end('INVPCID type 0 needs a canonical address: #GP(0)', m.costs.fault);
    tlb.invalidatePage(Math.floor(vpn / 2 ** 20), (vpn * PAGE_SIZE) | 0, op.pcid, false);
    tlb.flushStructures(op.pcid);
    return end(`INVPCID of page 0x${vpn.toString(16)} in PCID ${op.pcid}, global entries kept`, invlpg);
  }
  tlb.flush(op.type === 1 ? { pcid: op.pcid, global: false } : { global: op.type === 2 });
  tlb.flushStructures(op.type === 1 ? op.pcid : undefined);
  const what =
    op.type === 1
      ? `of PCID ${op.pcid}, global entries kept`
      : op.type === 2
        ? 'of everything'
        : 'of everything but global entries';
  return end(`INVPCID ${what}`, flush);
}

/** MOV CR3: without PCIDE all but global entries; with it those of the new PCID, or none when bit 63 of the source is 1. */
function movCr3(m: Machine, op: Extract<InvalidateOp, { how: 'cr3' }>, pcpu: number, end: End): Act {
  const tlb = m.tlbs[pcpu];
  const { pcide } = m.state.control;
  const pcid = pcide ? op.pcid : 0;
  if (pcide) m.updatePcpu(pcpu, { pcid });
  if (pcide && op.keep) return end(`MOV CR3 to PCID ${pcid} with bit 63 set: nothing dropped`, m.costs.setRegister);
  tlb.flush({ ...(pcide ? { pcid } : {}), global: false });
  tlb.flushStructures(pcide ? pcid : undefined);
  return end(`MOV CR3${pcide ? ` to PCID ${pcid}` : ''}: everything but global entries dropped`, m.costs.flush);
}
