import { vaOfVpn } from '../machine/address';
import { totalCycles } from '../machine/cycles';
import type { Hazard } from '../machine/hazards';
import { HAZARD_RULES } from '../machine/hazards';
import type { Machine } from '../machine/machine';
import type { Mapping } from '../machine/mapping';
import type { Micro } from '../machine/micro';
import { CALLS } from './labels';
import type { HazardPicture, MappingPicture, ModulePicture, Outcome } from './picture';

/** How an operation stands at the present step. */
export function outcomePicture(m: Machine, index: number): Outcome {
  const label = CALLS[m.ops[index].op];
  const record = m.state.records.get(index);
  if (record) {
    const { status, vpn, says, field, skipped, cycles, access, fault, raised, value } = record;
    const state = skipped ? 'skipped' : 'done';
    return {
      index,
      label,
      state,
      status,
      va: vpn === undefined ? undefined : vaOfVpn(vpn),
      says,
      field,
      cycles,
      total: totalCycles(cycles),
      access,
      fault,
      value,
      faulted: fault !== undefined || raised !== undefined || (access?.faults ?? 0) > 0,
    };
  }
  const call = m.state.pcpus.find((pcpu) => pcpu.call?.op === index)?.call;
  const cycles = call?.cycles ?? {};
  return { index, label, state: call ? 'running' : 'waiting', says: '', cycles, total: totalCycles(cycles) };
}

export function hazardPicture({ rule, says, op, step, times, pcpu, vpn, mpn }: Hazard): HazardPicture {
  const { severity, tag, title, source } = HAZARD_RULES[rule];
  return {
    rule,
    severity,
    tag: `${tag} ${source}`,
    title,
    says,
    times,
    op,
    step,
    va: vpn === undefined ? undefined : vaOfVpn(vpn),
    mpn,
    pcpu,
  };
}

const LISTED = 200;

/** Every module with its live mappings and the pages accounted to it. */
export function modulePictures(m: Machine): ModulePicture[] {
  const changes = new Map(m.state.pcpus.flatMap(({ stack }) => stack.flatMap(changeOf)));
  const live = [...m.state.mappings.values(), ...m.state.aliases.values()].toSorted((a, b) => a.id - b.id);
  return m.state.modules.map(({ id, name, loaded }) => {
    const own = live.filter(({ module }) => module === id);
    return {
      id,
      name,
      loaded,
      pages: own.reduce((sum, { pages }) => sum + pages, 0),
      mappings: own.slice(0, LISTED).map((mapping) => mappingPicture(mapping, changes.get(mapping.id))),
      more: Math.max(0, own.length - LISTED),
    };
  });
}

/** A change that has passed its checks and not ended: the mapping, and the attributes that it is to have. */
const changeOf = (micro: Micro): readonly (readonly [id: number, attrs: bigint])[] =>
  micro.do === 'changeDone' ? [[micro.mapping.id, micro.attrs]] : [];

const mappingPicture = (
  { id, name, vpn, pages, attrs, kind, mightChange, ranges, op }: Mapping,
  becoming: bigint | undefined,
): MappingPicture => ({
  id,
  name,
  va: vaOfVpn(vpn),
  pages,
  attrs,
  ...(becoming !== undefined && { becoming }),
  kind,
  mightChange,
  ranges: ranges.starts.length,
  firstMPN: ranges.starts[0],
  op,
});
