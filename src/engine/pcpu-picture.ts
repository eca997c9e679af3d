import { vaOfVpn } from '../machine/address';
import type { Machine } from '../machine/machine';
import type { Micro, MicroName } from '../machine/micro';
import { staleness, typeName } from '../machine/mmu';
import { structureStale } from '../machine/ops/stale';
import type { Pcpu } from '../machine/state';
import { TLB_NAMES, type TlbName } from '../machine/tlb';
import { opLabel } from './labels';
import { summaryOf, tablesVersion } from './tlb-summary';
import type { PcpuCaches, PcpuPicture, StructurePicture, TlbEntryPicture } from './picture-pcpu';
import { plural } from './text';

const MAX_ENTRIES = 256;

/** All PCPUs, `lanes` those that are open. */
export function pcpuPictures(m: Machine, va: bigint, lanes: readonly number[]): readonly PcpuPicture[] {
  const version = tablesVersion(m);
  return m.state.pcpus.map(({ id }) => pcpuPicture(m, id, va, lanes.includes(id), version));
}

/** A PCPU; if it is open with its caches, each entry compared with what a walk would give now. */
function pcpuPicture(m: Machine, id: number, va: bigint, open: boolean, version: string): PcpuPicture {
  const pcpu = m.state.pcpus[id];
  const tlb = m.tlbs[id];
  const caches = open ? cachesPicture(m, id) : undefined;
  return {
    id,
    masked: pcpu.masked,
    doing: doing(m, pcpu),
    state: stateOf(m, pcpu),
    counters: tlb.counters,
    ...summaryOf(m, id, va, version),
    owes: m.state.shootdowns.filter(({ owes }) => owes.includes(id)).length + (m.state.deferred.length > 0 ? 1 : 0),
    held: pcpu.held.length,
    ...(caches && { caches }),
  };
}

function cachesPicture(m: Machine, id: number): PcpuCaches {
  const tlb = m.tlbs[id];
  const unit = m.paging;
  const entries: Record<TlbName, TlbEntryPicture[]> = { l1d4k: [], l1d2m: [], l1d1g: [], l1i: [], l2: [] };
  const used = new Map<TlbEntryPicture, number>();
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
    used.set(picture, entry.used);
    entries[name].push(picture);
  });
  const structures: StructurePicture[] = [];
  tlb.forEachStructure((entry, level) => {
    structures.push({ level, va: vaOfVpn(entry.vpn), tableMPN: entry.mpn, stale: structureStale(unit, entry, level) });
  });
  return {
    tlbs: TLB_NAMES.map((name) => ({
      name,
      sets: tlb[name].setCount,
      ways: tlb[name].geometry.ways,
      live: tlb[name].live,
      entries: entries[name].toSorted((a, b) => (used.get(b) ?? 0) - (used.get(a) ?? 0)).slice(0, MAX_ENTRIES),
    })),
    structures,
  };
}

function stateOf(m: Machine, { stack }: Pcpu): PcpuPicture['state'] {
  const micro = stack.at(-1);
  if (!micro) return 'idle';
  const waits = micro.do === 'awaitAcks' || (micro.do === 'lock' && m.state.lock !== undefined);
  return waits ? 'waits' : 'busy';
}

function doing(m: Machine, { stack, call, held }: Pcpu): string {
  const waiting = held.length > 0 ? `; ${plural(held.length, 'IPI')} held back` : '';
  const micro = stack.at(-1);
  if (!micro) return `idle${waiting}`;
  const own = call?.op === micro.op ? `${opLabel(m.ops[micro.op])}: ` : '';
  return `${own}${next(m, micro)}${waiting}`;
}

/** What a micro-op is about, while the PCPU has it before it. */
const DOING: Readonly<Record<MicroName, string>> = {
  lock: 'enters',
  begin: 'checks',
  takeVa: 'finds address space',
  takeTables: 'takes tables',
  writeLeaves: 'writes entries',
  linkTables: 'links tables',
  mapDone: 'returns',
  clearEntries: 'clears entries',
  unlinkHeld: 'unlinks empty tables',
  unmapDone: 'returns',
  rewriteEntries: 'rewrites entries',
  flushCaches: 'flushes caches',
  changeDone: 'returns',
  flushLocal: 'flushes its TLB',
  sendIpis: 'sends IPIs',
  awaitAcks: 'waits for acknowledgements',
  release: 'gives frames back',
  flushDone: 'returns',
  interrupt: 'is interrupted',
  flushRemote: 'flushes for another PCPU',
  sendAck: 'acknowledges',
  walk: 'walks',
  fault: 'faults',
  burst: 'goes on',
};

function next(m: Machine, micro: Micro): string {
  if (micro.do === 'lock' && m.state.lock !== undefined)
    return `waits for PCPU ${m.state.lock} to leave its mapping call`;
  if (micro.do === 'awaitAcks') {
    const left = m.state.shootdowns.find(({ id }) => id === micro.shootdown)?.unacked.length ?? 0;
    return `waits for ${plural(left, 'acknowledgement')}`;
  }
  return DOING[micro.do];
}
