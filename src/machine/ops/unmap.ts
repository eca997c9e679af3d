import { done, type Act, type Site } from '../act';
import { fullVa, isCanonical, lowVa, PAGE_SIZE, SPAN, type Level } from '../address';
import type { Machine } from '../machine';
import type { Mapping } from '../mapping';
import type { UnmapOp } from '../op';
import { segmentsOf } from '../segments';
import type { Release } from '../shootdown';
import { clearEntries, removeTables, TABLE_LEVELS, type TableRun } from '../tables';
import { contextName } from './check-map';
import { flushDeferred, startShootdown } from './flushing';
import { leafPages, pagesText } from './map';

/** vmk_Unmap: clear the entries, free empty tables, invalidate everywhere, and only then give VA and frames back. */
export function beginUnmap(m: Machine, op: UnmapOp, site: Site): Act {
  const { check } = m.costs;
  const va = m.resolve(op.at) ?? 0n;
  if (op.context !== 'world') {
    const says = `vmk_Unmap may only be called from a world, not from ${contextName(op.context)}. Nothing was unmapped.`;
    m.raise({ rule: 'wrong-context', op: site.op, pcpu: site.pcpu, says });
    return done({ says, field: 'context' }, check.cycles);
  }
  const alias = aliasAt(m, va);
  if (alias) {
    m.update({ aliases: m.state.aliases.delete(alias.id) });
    return done({ says: `One reference to the linear alias was given back: no entry cleared, no shootdown.` }, check.cycles);
  }
  const mapping = mappingStart(m, va);
  if (!mapping) {
    const says = whyBad(m, va);
    m.raise({ rule: 'bad-unmap', op: site.op, pcpu: site.pcpu, vpn: Math.floor(lowVa(va) / PAGE_SIZE), says });
    return done({ says, field: 'va' }, check.cycles);
  }
  const early = m.injected('flushFirst', site.pcpu) !== undefined;
  const flush = early ? startShootdown(m, site, [...firstPages(m, mapping)], []) : [];
  return { kind: 'check', cycles: check.cycles, then: [...flush, { do: 'clearEntries', op: site.op, mapping, flushed: early }] };
}

/** The mapping that starts at a VA. */
export function mappingStart(m: Machine, va: bigint): Mapping | undefined {
  const low = lowVa(va);
  return isCanonical(va) && low % PAGE_SIZE === 0 ? m.state.mappings.get(low / PAGE_SIZE) : undefined;
}

/** The newest alias reference at a VA: equal requests get the same VA, and references are counted. */
export function aliasAt(m: Machine, va: bigint): Mapping | undefined {
  if (!isCanonical(va)) return undefined;
  const low = lowVa(va);
  return [...m.state.aliases.values()].findLast(({ vpn }) => vpn * PAGE_SIZE === low);
}

function whyBad(m: Machine, va: bigint): string {
  const text = `0x${va.toString(16)}`;
  if (va === 0n) return 'vmk_Unmap(0): no mapping is ever at 0. Nothing was unmapped.';
  if (!isCanonical(va)) return `${text} is not canonical. Nothing was unmapped.`;
  const inside = m.mappingAt(Math.floor(lowVa(va) / PAGE_SIZE));
  if (inside) {
    const start = `0x${fullVa(inside.vpn * PAGE_SIZE).toString(16)}`;
    const how = lowVa(va) % PAGE_SIZE === 0 ? 'inside' : 'not page-aligned, inside';
    return `${text} is ${how} the mapping that starts at ${start}; vmk_Unmap needs the start. Nothing was unmapped.`;
  }
  if (lowVa(va) % PAGE_SIZE !== 0) return `${text} is not page-aligned, and no mapping is there. Nothing was unmapped.`;
  const earlier = [...m.state.records.values()].some(({ vpn, status }) => status === 'VMK_OK' && vpn !== undefined && vpn * PAGE_SIZE === lowVa(va));
  return earlier ? `${text} was unmapped before. Nothing was unmapped.` : `${text} was never returned by vmk_Map. Nothing was unmapped.`;
}

/** The pages to invalidate one by one, or one too many to do so. */
function* firstPages(m: Machine, mapping: Mapping): Generator<number> {
  let left = m.state.policies.flushCeiling + 1;
  for (const vpn of leafPages(mapping)) {
    yield vpn;
    if (--left === 0) return;
  }
}

export const pagesToInvalidate = (m: Machine, mapping: Mapping): readonly number[] => [...firstPages(m, mapping)];

/** Clears the leaves and the links to tables that no other mapping needs, then starts the invalidation that the policy asks for. */
export function clearMapping(m: Machine, mapping: Mapping, flushed: boolean, site: Site): Act {
  const { op } = site;
  m.update({ mappings: m.state.mappings.delete(mapping.vpn) });
  let entries = 0;
  for (const segment of mapping.largest === 1 ? [{ ...mapping, level: 1 as const }] : segmentsOf(mapping.vpn, mapping.ranges, mapping.largest)) {
    const span = SPAN[segment.level];
    entries += segment.pages / span;
    clearEntries(m.memory, m.state.directory, segment.level, segment.vpn / span, segment.pages / span);
  }
  const tables = m.state.policies.emptyTables === 'free' ? unlinkEmpty(m, mapping) : [];
  m.touchTables();
  const release: Release = { vpn: mapping.vpn, pages: mapping.pages, tables };
  const cycles = (entries + tables.reduce((sum, { count }) => sum + count, 0)) * m.costs.writeEntry.cycles;
  const { then, deferred } = invalidation(m, mapping, release, flushed, site);
  return { kind: 'entries', cycles, then: [...then, { do: 'unmapDone', op, mapping, deferred }] };
}

function invalidation(m: Machine, mapping: Mapping, release: Release, flushed: boolean, site: Site): { then: NonNullable<Act['then']>; deferred: boolean } {
  if (flushed) {
    // The round came too early: nobody will flush for this release, which is what the injected fault is about.
    m.update({ va: m.state.va.cut(release.vpn, release.vpn + release.pages), pool: release.tables.reduce((pool, run) => pool.give(run), m.state.pool) });
    return { then: [], deferred: false };
  }
  // Reads of a device can have side effects, so its unmap is never delayed (SDM 4.10.4.4).
  if (m.state.policies.shootdown === 'lazy' && !mapping.device) {
    const held = m.state.deferred.reduce((sum, { pages }) => sum + pages, release.pages);
    if (held > m.state.policies.lazyPages) return { then: flushDeferred(m, site, [release]), deferred: false };
    m.update({ deferred: [...m.state.deferred, release] });
    return { then: [], deferred: true };
  }
  return { then: startShootdown(m, site, pagesToInvalidate(m, mapping), [release]), deferred: false };
}

/** Takes tables that serve no other live mapping out of the tree, from the top down, and out of vmkernel's list. */
function unlinkEmpty(m: Machine, { vpn, pages }: Mapping): readonly TableRun[] {
  return TABLE_LEVELS.flatMap((level) => {
    const span = SPAN[(level + 1) as Level];
    let first = Math.floor(vpn / span);
    let end = Math.floor((vpn + pages - 1) / span) + 1;
    if (neededBefore(m, first * span, vpn)) first++;
    if (neededAfter(m, vpn + pages, end * span)) end--;
    if (first >= end) return [];
    const { directory, runs } = removeTables(m.state.directory, level, first, end);
    for (const { prefix, count, mpn } of runs) {
      clearEntries(m.memory, m.state.directory, (level + 1) as Level, prefix, count);
      m.memory.clear(mpn, mpn + count);
    }
    m.update({ directory });
    return runs;
  });
}

/** Whether another mapping, or the linear alias, uses a part of [start, end), which the unmapped range borders on. */
function neededBefore(m: Machine, start: number, end: number): boolean {
  const before = m.state.mappings.floor(end - 1)?.[1];
  return (before !== undefined && before.vpn + before.pages > start) || aliasTouches(m, start, end);
}

function neededAfter(m: Machine, start: number, end: number): boolean {
  const after = m.state.mappings.ceiling(start);
  return (after !== undefined && after[0] < end) || aliasTouches(m, start, end);
}

function aliasTouches(m: Machine, start: number, end: number): boolean {
  const { alias } = m.config;
  return alias !== undefined && start < alias.vpn + alias.pages && end > alias.vpn;
}

export function finishUnmap(m: Machine, { pages }: Mapping, deferred: boolean): Act {
  const says = deferred
    ? `${pagesText(pages)} unmapped; the flush is held back, and so are the VA and the tables.`
    : `${pagesText(pages)} unmapped and invalidated on every PCPU.`;
  return done({ says }, m.costs.call.cycles);
}
