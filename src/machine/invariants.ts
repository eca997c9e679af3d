import { SPAN } from './address';
import { nextEvent } from './events';
import { tableViolations, wordsPoked } from './invariant-tables';
import type { Machine } from './machine';
import type { MapWork } from './micro';
import { staleness } from './mmu';
import { LOCKED } from './op';
import { structureStale } from './ops/stale';
import type { Shootdown } from './shootdown';
import { TABLE_LEVELS } from './tables';
import type { TlbEntry } from './tlb';

/**
 * What holds of the machine after every step, whatever the scenario does, unless a fault is injected. Each violation is one
 * sentence. The cost is that of a small world: tables and entries are all looked at up to a few dozen, and sampled above.
 */
export function violations(m: Machine): string[] {
  return [
    ...frameViolations(m),
    ...vaViolations(m),
    ...mappingViolations(m),
    ...protocolViolations(m),
    ...tableViolations(m, mapsUnderWay(m)),
    ...cacheViolations(m),
  ];
}

/** What is left undone although nothing more can happen. Ask it after the last step. */
export function unfinished(m: Machine): string[] {
  if (nextEvent(m)) return ['the run has not ended'];
  const { records, lock, pcpus, messages } = m.state;
  return [
    ...m.ops.flatMap((op, i) => (records.has(i) ? [] : [`operation ${i} (${op.op}) never ended`])),
    ...(lock === undefined ? [] : [`PCPU ${lock} still holds the lock`]),
    ...pcpus.flatMap(({ id, stack, call }) => (stack.length > 0 || call ? [`PCPU ${id} is not idle`] : [])),
    ...(messages.length > 0 ? ['a message never arrived'] : []),
  ];
}

interface Span {
  readonly what: string;
  readonly start: number;
  readonly end: number;
}
const span = (what: string, start: number, length: number): Span => ({ what, start, end: start + length });
const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { start, end }) => sum + end - start, 0);

/** Pairs that overlap, as sentences. */
function overlaps(spans: readonly Span[]): string[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  return sorted.flatMap((next, i) => {
    const before = sorted[i - 1];
    return before && next.start < before.end ? [`${before.what} overlaps ${next.what} at ${next.start}`] : [];
  });
}

/** The vmk_Maps that have not returned yet, with what they took. */
function mapsUnderWay(m: Machine): MapWork[] {
  return m.state.pcpus.flatMap(({ stack }) => stack.flatMap((micro) => ('work' in micro ? [micro.work] : [])));
}

/** Frames of the pool that are looked at one by one. */
const MOST_FRAMES = 4096;

/** Every frame of the pool is free, or the PML4, or one table, or held back by one release; and nothing is both. */
function frameViolations({ state, config }: Machine): string[] {
  // Imported tables may stand anywhere.
  if (config.image) return [];
  const { pool, directory, shootdowns, deferred } = state;
  const owned = [span('the PML4', directory.root, 1)];
  for (const level of TABLE_LEVELS) {
    for (const { start, end, value } of directory.tables[level].all())
      owned.push(span(`table of level ${level}`, value, end - start));
  }
  for (const { tables } of [...deferred, ...shootdowns.flatMap(({ releases }) => releases)]) {
    for (const { level, mpn, count } of tables) owned.push(span(`held-back table of level ${level}`, mpn, count));
  }
  const size = pool.end - pool.start;
  const found = overlaps(owned);
  for (const { what, start, end } of owned) {
    if (!pool.has(start) || !pool.has(end - 1)) found.push(`${what} at MPN ${start} is not in the pool`);
    const step = Math.max(1, Math.floor((end - start) / 64));
    for (let mpn = start; mpn < end; mpn += step) if (pool.isFree(mpn)) found.push(`${what} at MPN ${mpn} is free`);
  }
  if (lengthOf(owned) + pool.freeCount !== size)
    found.push(`${lengthOf(owned)} frames are owned and ${pool.freeCount} free, of ${size}`);
  if (size <= MOST_FRAMES) {
    let free = 0;
    for (let mpn = pool.start; mpn < pool.end; mpn++) if (pool.isFree(mpn)) free++;
    if (free !== pool.freeCount) found.push(`the pool counts ${pool.freeCount} free frames and has ${free}`);
  }
  return found;
}

/** Every page of the window that is given out belongs to one mapping, or to one map under way, or is held back once. */
function vaViolations(m: Machine): string[] {
  const { va, mappings, deferred, shootdowns } = m.state;
  const { window, image } = m.config;
  const given = Array.from(mappings.values(), ({ name, vpn, pages }) => span(`mapping ${name}`, vpn, pages));
  for (const { mapping } of mapsUnderWay(m)) {
    if (mapping.vpn > 0 && !mappings.has(mapping.vpn))
      given.push(span(`map of ${mapping.name}`, mapping.vpn, mapping.pages));
  }
  for (const { vpn, pages } of [...deferred, ...shootdowns.flatMap(({ releases }) => releases)]) {
    if (pages > 0) given.push(span('held-back VA', vpn, pages));
  }
  const found = overlaps(given);
  for (const { what, start, end } of given) {
    if (start < window.vpn || end > window.vpn + window.pages) found.push(`${what} at VPN ${start} leaves the window`);
    for (const gap of va.gaps(start, end)) found.push(`${what} at VPN ${start} is free at ${gap.start}`);
  }
  const total = Array.from(va.all()).reduce((sum, { start, end }) => sum + end - start, 0);
  // What imported tables map has no owner.
  if (total !== lengthOf(given) && !image)
    found.push(`${total} VPNs are given out, but only ${lengthOf(given)} have an owner`);
  return found;
}

/** Ids are given once; a mapping belongs to a module; what it says of itself fits its place. */
function mappingViolations({ state, config }: Machine): string[] {
  const { mappings, aliases, modules, nextId } = state;
  const found: string[] = [];
  const ids = new Set<number>();
  for (const mapping of [...mappings.values(), ...aliases.values()]) {
    const { id, name, module, ranges, pages } = mapping;
    if (ids.has(id) || id >= nextId) found.push(`mapping ${name} has id ${id}, which is not its own`);
    ids.add(id);
    const owner = modules[module];
    if (!owner || (!owner.loaded && state.policies.moduleUnload === 'refuse'))
      found.push(`mapping ${name} has no loaded module`);
    if (ranges.pages.reduce((sum, count) => sum + count, 0) !== pages)
      found.push(`mapping ${name} has other pages than its ranges`);
  }
  for (const [vpn, mapping] of mappings.entries()) {
    if (mapping.vpn !== vpn || mapping.kind !== 'entries')
      found.push(`mapping ${mapping.name} is listed at VPN ${vpn}`);
  }
  for (const [id, mapping] of aliases.entries()) {
    const fits =
      mapping.id === id &&
      mapping.kind === 'alias' &&
      mapping.vpn === (config.alias?.vpn ?? NaN) + mapping.ranges.starts[0];
    if (!fits) found.push(`reference ${mapping.name} is not into the linear alias`);
  }
  return found;
}

/** Who acknowledged has flushed; who interrupts others has flushed before; the holder of the lock is in a mapping call. */
function protocolViolations(m: Machine): string[] {
  const { shootdowns, messages, lock, pcpus } = m.state;
  const found: string[] = [];
  for (const { id, initiator, owes, unacked } of shootdowns) {
    for (const pcpu of owes) {
      const acked =
        pcpu !== initiator &&
        (!unacked.includes(pcpu) ||
          messages.some((ack) => ack.kind === 'ack' && ack.shootdown === id && ack.from === pcpu));
      if (acked) found.push(`PCPU ${pcpu} acknowledged shootdown ${id} and has not flushed`);
    }
    if (owes.includes(initiator) && messages.some((message) => message.shootdown === id)) {
      found.push(`PCPU ${initiator} interrupts others for shootdown ${id} and has not flushed itself`);
    }
  }
  if (lock !== undefined) {
    const op = m.ops[pcpus[lock].call?.op ?? -1];
    if (!op || !LOCKED.has(op.op)) found.push(`PCPU ${lock} holds the lock outside a mapping call`);
  }
  return found;
}

/** Whether entries can be stale though nobody owes anything: written past vmkernel, or made under another NXE. */
function tampered(m: Machine): boolean {
  const nxe = m.ops
    .slice(0, m.state.nextOp)
    .some((op) => op.op === 'set' && op.what === 'control' && op.name === 'EFER.NXE');
  return nxe || wordsPoked(m);
}

/** A stale entry stands only where an invalidation is still owed, and nothing it names is used again meanwhile. */
function cacheViolations(m: Machine): string[] {
  if (tampered(m)) return [];
  const unit = m.paging;
  const found: string[] = [];
  m.tlbs.forEach((tlb, pcpu) => {
    const owed = m.state.shootdowns.filter(({ owes }) => owes.includes(pcpu));
    tlb.forEach((entry, { tlb: name }) => {
      const stale = staleness(unit, entry);
      const why = stale && whyNotAllowed(m, entry, owed);
      if (why) found.push(`${name} of PCPU ${pcpu} holds VPN ${entry.vpn}, which is stale (${stale}), and ${why}`);
    });
    tlb.forEachStructure((entry, level) => {
      if (!structureStale(unit, entry, level)) return;
      if (owed.length === 0)
        found.push(`PCPU ${pcpu} caches table ${entry.mpn} of level ${level - 1}, which is stale, and owes no flush`);
      if (m.state.pool.isFree(entry.mpn)) found.push(`PCPU ${pcpu} caches table ${entry.mpn}, which is free`);
    });
  });
  return found;
}

function whyNotAllowed(m: Machine, { vpn, level }: TlbEntry, owed: readonly Shootdown[]): string | undefined {
  const { deferred, va } = m.state;
  const { window } = m.config;
  const lazily = deferred.some((release) => vpn < release.vpn + release.pages && vpn + SPAN[level] > release.vpn);
  const rounds = owed.filter(({ pages }) => !pages || pages.includes(vpn));
  if (!lazily && rounds.length === 0) return 'nobody owes a flush for it';
  if (vpn >= window.vpn && vpn < window.vpn + window.pages && !va.find(vpn)) return 'its VA is free';
  const live = m.mappingAt(vpn);
  const changing = rounds.some(({ op }) => m.ops[op].op === 'change');
  return live && !changing ? `its VA was given to ${live.name}` : undefined;
}
