import { unreachable } from '../../base/assert';
import { hexGroups } from '../../base/number';
import { done, type Act, type Site } from '../act';
import { isCanonical, lowVa, PAGE_SIZE, vaOfVpn } from '../address';
import type { Machine } from '../machine';
import type { AddressRef, InvalidateOp } from '../op';
import { flushAll, invalidatePage } from './flushing';

/** The instructions that invalidate, on one PCPU alone (SDM 4.10.4.1 "Operations that Invalidate TLBs and Paging-Structure Caches"). */
export function invalidate(m: Machine, op: InvalidateOp, { pcpu }: Site): Act {
  const tlb = m.tlbs[pcpu];
  const { pcid } = m.state.pcpus[pcpu];
  const { invlpg, flush } = m.costs;
  const end: End = (says, cycles) => done({ says: `PCPU ${pcpu} ${says}.` }, cycles, 'invalidate');
  switch (op.how) {
    case 'invlpg': {
      const vpn = pageOf(m, op.at);
      // A non-canonical address makes INVLPG a no-operation.
      if (vpn === undefined)
        return end('executes INVLPG of an address that is not canonical, which does nothing', invlpg);
      invalidatePage(tlb, vpn, pcid);
      return end(`drops page ${vaText(vpn)} by INVLPG, and all paging-structure caches of PCID ${pcid}`, invlpg);
    }
    case 'invpcid':
      return invpcid(m, op, pcpu, end);
    case 'cr3':
      return movCr3(m, op, pcpu, end);
    case 'pge':
      // Writing CR4.PGE and writing it back: each change drops everything (SDM 4.10.4.1).
      flushAll(tlb);
      return end('toggles CR4.PGE twice, which drops everything, global entries too', 2 * flush);
    default:
      return unreachable(op);
  }
}

const vaText = (vpn: number): string => hexGroups(vaOfVpn(vpn));

function pageOf(m: Machine, at: AddressRef | undefined): number | undefined {
  const va = at && m.resolve(at);
  return va !== undefined && isCanonical(va) ? Math.floor(lowVa(va) / PAGE_SIZE) : undefined;
}

type End = (says: string, cycles: number) => Act;

/** #GP(0): the instruction does nothing. */
const refused = (m: Machine, pcpu: number, what: string, why: string): Act =>
  done(
    { says: `PCPU ${pcpu} takes #GP(0) at ${what}: ${why}; nothing is dropped.`, raised: 'GP' },
    m.costs.fault,
    'invalidate',
  );

/** Type 0 one address of a PCID, 1 one PCID, 2 everything, 3 everything but global entries. */
function invpcid(m: Machine, op: Extract<InvalidateOp, { how: 'invpcid' }>, pcpu: number, end: End): Act {
  const tlb = m.tlbs[pcpu];
  const { invlpg, flush } = m.costs;
  const { type, pcid } = op;
  // SDM vol. 2, INVPCID: without PCIDE the only PCID is 0.
  if (type < 2 && pcid !== 0 && !m.state.control.pcide) {
    return refused(m, pcpu, `INVPCID type ${type} of PCID ${pcid}`, 'while CR4.PCIDE is 0 the only PCID is 0');
  }
  if (type === 0) {
    const vpn = pageOf(m, op.at);
    if (vpn === undefined) return refused(m, pcpu, 'INVPCID type 0', 'the address is not canonical');
    tlb.invalidatePage(Math.floor(vpn / 2 ** 20), (vpn * PAGE_SIZE) | 0, pcid, false);
    tlb.flushStructures(pcid);
    return end(`drops page ${vaText(vpn)} of PCID ${pcid} by INVPCID and keeps global entries`, invlpg);
  }
  tlb.flush(type === 1 ? { pcid, global: false } : { global: type === 2 });
  tlb.flushStructures(type === 1 ? pcid : undefined);
  const what =
    type === 1
      ? `everything of PCID ${pcid} but global entries`
      : type === 2
        ? 'everything, global entries too,'
        : 'everything but global entries';
  return end(`drops ${what} by INVPCID`, flush);
}

/** MOV CR3: without PCIDE all but global entries; with it those of the new PCID, or none when bit 63 of the source is 1. */
function movCr3(m: Machine, { pcid, keep }: Extract<InvalidateOp, { how: 'cr3' }>, pcpu: number, end: End): Act {
  const tlb = m.tlbs[pcpu];
  const { flush, setRegister } = m.costs;
  if (!m.state.control.pcide) {
    if (keep) return refused(m, pcpu, 'MOV CR3', 'while CR4.PCIDE is 0 bit 63 is reserved');
    tlb.flush({ global: false });
    tlb.flushStructures();
    const no = pcid === 0 ? '' : `; CR4.PCIDE is 0, so bits 11:0 are no PCID and the ${pcid} in them selects none`;
    return end(`drops everything but global entries by MOV CR3${no}`, flush);
  }
  m.updatePcpu(pcpu, { pcid });
  if (keep) return end(`moves to PCID ${pcid} by MOV CR3 with bit 63 set, which drops nothing`, setRegister);
  tlb.flush({ pcid, global: false });
  tlb.flushStructures(pcid);
  return end(`moves to PCID ${pcid} by MOV CR3, which drops all of that PCID but global entries`, flush);
}
