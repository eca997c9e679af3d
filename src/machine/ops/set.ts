import { unreachable } from '../../base/assert';
import { done, type Act, type Site } from '../act';
import { CONTROL_BITS, type ControlName } from '../control-bits';
import { makeControl } from '../control';
import type { Machine } from '../machine';
import { TypeResolver } from '../mmu';
import type { SetOp } from '../op';
import { flushAll } from './flushing';

/** Writes a control bit, a PAT slot, the MTRRs or a policy; registers alike on every PCPU, at once. */
export function set(m: Machine, op: SetOp, _site: Site): Act {
  const end = (says: string): Act => done({ says }, m.costs.setRegister);
  const { types, policies } = m.state;
  switch (op.what) {
    case 'control':
      return end(setControl(m, op.name, op.value));
    case 'pat':
      setTypes(m, new TypeResolver(types.pat.with(op.slot, op.type), types.mtrr.mtrrs, m.config.maxPhyAddr));
      return end(`IA32_PAT slot ${op.slot} is now ${op.type}; every PCPU flushed its TLB.`);
    case 'mtrrs':
      setTypes(m, new TypeResolver(types.pat, op.mtrrs, m.config.maxPhyAddr));
      return end('The MTRRs were written; every PCPU flushed its TLB.');
    case 'policy':
    case 'limit':
      m.update({ policies: { ...policies, [op.name]: op.value } });
      return end(`Policy ${op.name} is now ${op.value}.`);
    default:
      return unreachable(op);
  }
}

/** The procedure for PAT and MTRRs stops all processors and flushes their TLBs (SDM 12.11.8 "MTRR Considerations in MP Systems"). */
function setTypes(m: Machine, types: TypeResolver): void {
  m.update({ types });
  m.tlbs.forEach(flushAll);
  m.touchTables();
}

/** What a change of a control bit drops (SDM 4.10.4.1): PGE and PCIDE 1 → 0 everything, SMEP 0 → 1 everything of the current PCID. */
function setControl(m: Machine, name: ControlName, value: boolean): string {
  const field = CONTROL_BITS[name];
  const { control } = m.state;
  if (control[field] === value) return `${name} was ${value ? 1 : 0} already.`;
  const { maxPhyAddr } = m.config;
  m.update({ control: makeControl({ ...control, [field]: value }, maxPhyAddr) });
  m.touchTables();
  let dropped = '';
  if (field === 'pge' || (field === 'pcide' && !value)) {
    m.tlbs.forEach(flushAll);
    dropped = ' Every TLB was flushed.';
  }
  if (field === 'pcide' && !value) m.update({ pcpus: m.state.pcpus.map((pcpu) => ({ ...pcpu, pcid: 0 })) });
  if (field === 'smep' && value) {
    m.tlbs.forEach((tlb, i) => {
      const { pcid } = m.state.pcpus[i];
      tlb.flush({ pcid, global: true });
      tlb.flushStructures(pcid);
    });
    dropped = ' Every TLB dropped its current PCID.';
  }
  return `${name} is now ${value ? 1 : 0}.${dropped}`;
}
