import { unreachable } from '../base/assert';
import { vaOfVpn } from '../machine/address';
import type { Machine } from '../machine/machine';
import type { Micro } from '../machine/micro';
import { staleness, typeName } from '../machine/mmu';
import { structureStale } from '../machine/ops/stale';
import type { Pcpu } from '../machine/state';
import { TLB_NAMES, type TlbName } from '../machine/tlb';
import { opLabel } from './labels';
import type { PcpuPicture, StructurePicture, TlbEntryPicture } from './picture';
import { plural } from './text';

const MAX_ENTRIES = 256;

/** A PCPU with its caches, each entry compared with what a walk would give now. */
export function pcpuPicture(m: Machine, id: number): PcpuPicture {
  const pcpu = m.state.pcpus[id];
  const tlb = m.tlbs[id];
  const unit = m.paging;
  const entries: Record<TlbName, TlbEntryPicture[]> = { l1d4k: [], l1d2m: [], l1d1g: [], l1i: [], l2: [] };
  const used = new Map<TlbEntryPicture, number>();
  let stale = 0;
  tlb.forEach((entry, { tlb: name, set, way }) => {
    const picture: TlbEntryPicture = {
      va: vaOfVpn(entry.vpn),
      level: entry.level,
      mpn: entry.mpn,
      rights: entry.rights,
      dirty: entry.dirty,
      global: entry.global,
      type: typeName(entry.type),
      pcid: entry.pcid,
      set,
      way,
      born: entry.born,
      stale: staleness(unit, entry),
      mapping: m.mappingAt(entry.vpn)?.id,
    };
    if (picture.stale) stale++;
    used.set(picture, entry.used);
    entries[name].push(picture);
  });
  const structures: StructurePicture[] = [];
  tlb.forEachStructure((entry, level) => {
    structures.push({ level, va: vaOfVpn(entry.vpn), tableMPN: entry.mpn, stale: structureStale(unit, entry, level) });
  });
  return {
    id,
    masked: pcpu.masked,
    doing: doing(m, pcpu),
    counters: tlb.counters,
    tlbs: TLB_NAMES.map((name) => ({
      name,
      sets: tlb[name].setCount,
      ways: tlb[name].geometry.ways,
      live: tlb[name].live,
      entries: entries[name].toSorted((a, b) => (used.get(b) ?? 0) - (used.get(a) ?? 0)).slice(0, MAX_ENTRIES),
    })),
    structures,
    stale,
    owes: m.state.shootdowns.filter(({ owes }) => owes.includes(id)).length + (m.state.deferred.length > 0 ? 1 : 0),
  };
}

function doing(m: Machine, { stack, call, held }: Pcpu): string {
  const waiting = held.length > 0 ? `; ${plural(held.length, 'IPI')} held back` : '';
  const micro = stack.at(-1);
  if (!micro) return `idle${waiting}`;
  const own = call?.op === micro.op ? `${opLabel(m.ops[micro.op])}: ` : '';
  return `${own}${next(m, micro)}${waiting}`;
}

/** What a micro-op is about, while the PCPU has it before it. */
function next(m: Machine, micro: Micro): string {
  switch (micro.do) {
    case 'lock':
      return m.state.lock === undefined ? 'enters' : `waits for PCPU ${m.state.lock} to leave its mapping call`;
    case 'begin':
      return 'checks';
    case 'takeVa':
      return 'finds address space';
    case 'takeTables':
      return 'takes tables';
    case 'writeLeaves':
      return `writes ${plural(micro.work.leaves, 'entry', 'entries')}`;
    case 'linkTables':
      return 'links tables';
    case 'clearEntries':
      return 'clears entries';
    case 'rewriteEntries':
      return 'rewrites entries';
    case 'flushCaches':
      return 'flushes caches';
    case 'unlinkHeld':
      return 'unlinks empty tables';
    case 'flushLocal':
      return 'flushes its TLB';
    case 'sendIpis':
      return 'sends IPIs';
    case 'awaitAcks': {
      const left = m.state.shootdowns.find(({ id }) => id === micro.shootdown)?.unacked.length ?? 0;
      return `waits for ${plural(left, 'acknowledgement')}`;
    }
    case 'release':
      return 'gives frames back';
    case 'interrupt':
      return 'is interrupted';
    case 'flushRemote':
      return 'flushes for another PCPU';
    case 'sendAck':
      return 'acknowledges';
    case 'walk':
      return 'walks';
    case 'fault':
      return 'faults';
    case 'burst':
      return `${micro.done} done`;
    case 'mapDone':
    case 'unmapDone':
    case 'changeDone':
    case 'flushDone':
      return 'returns';
    default:
      return unreachable(micro);
  }
}
