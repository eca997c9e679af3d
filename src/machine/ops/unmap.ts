import { done, type Act, type Site } from '../act';
import { fullVa, isCanonical, lowVa, PAGE_SIZE, SPAN } from '../address';
import type { Machine } from '../machine';
import type { Mapping } from '../mapping';
import type { Micro } from '../micro';
import type { AddressRef, UnmapOp } from '../op';
import { leafSegments } from '../segments';
import type { Release } from '../shootdown';
import { clearEntries } from '../tables';
import { contextName } from './check-map';
import { flushDeferred, giveBackNow, startShootdown } from './flushing';
import { leafPages, pagesText } from './map';
import { unlinkEmpty } from './unlink';

/** vmk_Unmap: clear the entries, free empty tables, invalidate everywhere, and only then give VA and frames back. */
export function beginUnmap(m: Machine, op: UnmapOp, site: Site): Act {
  const { check } = m.costs;
  const va = m.resolve(op.at) ?? 0n;
  if (op.context !== 'world') {
    const says = `vmk_Unmap may only be called from a world, not from ${contextName(op.context)}. Nothing was unmapped.`;
    m.raise({ rule: 'wrong-context', op: site.op, pcpu: site.pcpu, says });
    return done({ says, field: 'context' }, check);
  }
  const alias = aliasAt(m, va, op.at);
  if (alias) {
    m.update({ aliases: m.state.aliases.delete(alias.id) });
    return done({ says: `One reference to the linear alias was given back: no entry cleared, no shootdown.` }, check);
  }
  const mapping = mappingStart(m, va);
  if (!mapping) {
    const says = whyBad(m, va);
    m.raise({ rule: 'bad-unmap', op: site.op, pcpu: site.pcpu, vpn: Math.floor(lowVa(va) / PAGE_SIZE), says });
    return done({ says, field: 'va' }, check);
  }
  const early = m.injected('flushFirst', site.pcpu) !== undefined;
  const flush = early ? startShootdown(m, site, [...firstPages(m, mapping)], []) : [];
  return {
    kind: 'check',
    cycles: check,
    next: [...flush, { do: 'clearEntries', op: site.op, mapping, flushed: early }],
  };
}

/** The mapping that starts at a VA. */
export function mappingStart(m: Machine, va: bigint): Mapping | undefined {
  const low = lowVa(va);
  return isCanonical(va) && low % PAGE_SIZE === 0 ? m.state.mappings.get(low / PAGE_SIZE) : undefined;
}

/**
 * The alias reference that a VA means: equal requests get the same VA, and references are counted. The one that the scenario names
 * goes first, so that modules give back their own; otherwise the newest.
 */
export function aliasAt(m: Machine, va: bigint, at: AddressRef): Mapping | undefined {
  if (!isCanonical(va)) return undefined;
  const low = lowVa(va);
  const here = [...m.state.aliases.values()].filter(({ vpn }) => vpn * PAGE_SIZE === low);
  return here.find(({ name }) => 'mapping' in at && name === at.mapping) ?? here.at(-1);
}

function whyBad(m: Machine, va: bigint): string {
  const text = `0x${va.toString(16)}`;
  if (va === 0n) return 'vmk_Unmap(0): no mapping is ever at 0. Nothing was unmapped.';
  if (!isCanonical(va)) return `${text} is not canonical. Nothing was unmapped.`;
  const vpn = Math.floor(lowVa(va) / PAGE_SIZE);
  const inside =
    m.mappingAt(vpn) ??
    [...m.state.aliases.values()].find((alias) => vpn >= alias.vpn && vpn < alias.vpn + alias.pages);
  if (inside) {
    const start = `0x${fullVa(inside.vpn * PAGE_SIZE).toString(16)}`;
    const how = lowVa(va) % PAGE_SIZE === 0 ? 'inside' : 'not page-aligned, inside';
    return `${text} is ${how} the mapping that starts at ${start}; vmk_Unmap needs the start. Nothing was unmapped.`;
  }
  if (lowVa(va) % PAGE_SIZE !== 0) return `${text} is not page-aligned, and no mapping is there. Nothing was unmapped.`;
  const earlier = [...m.state.records.values()].some(
    (record) => record.status === 'VMK_OK' && record.vpn !== undefined && record.vpn * PAGE_SIZE === lowVa(va),
  );
  return earlier
    ? `${text} was unmapped before. Nothing was unmapped.`
    : `${text} was never returned by vmk_Map. Nothing was unmapped.`;
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
  for (const segment of leafSegments(mapping)) {
    const span = SPAN[segment.level];
    entries += segment.pages / span;
    clearEntries(m.memory, m.state.directory, segment.level, segment.vpn / span, segment.pages / span);
  }
  m.touchTables();
  const cycles = entries * m.costs.writeEntry;
  if (holdsBack(m, mapping))
    return {
      kind: 'entries',
      cycles,
      next: [...holdBack(m, mapping, site), { do: 'unmapDone', op, mapping, deferred: true }],
    };
  const tables = unlinkEmpty(m, mapping.vpn, mapping.pages);
  const release: Release = { vpn: mapping.vpn, pages: mapping.pages, tables };
  const links = tables.reduce((sum, { count }) => sum + count, 0) * m.costs.writeEntry;
  // An injected fault flushed before the entries were cleared: nobody will flush for this release.
  if (flushed) giveBackNow(m, release, op);
  const flush = flushed ? [] : startShootdown(m, site, pagesToInvalidate(m, mapping), [release]);
  return {
    kind: 'entries',
    cycles: cycles + links,
    next: [...flush, { do: 'unmapDone', op, mapping, deferred: false }],
  };
}

/** Lazy unmaps are held back, but never those of a device: reading it can have side effects (SDM 4.10.4.4). */
const holdsBack = (m: Machine, { device }: Mapping): boolean => m.state.policies.shootdown === 'lazy' && !device;

/**
 * Keeps VA and tables back until enough has come together. The tables stay linked: a new mapping beside the old one then uses the
 * same table as everyone's paging-structure caches.
 */
function holdBack(m: Machine, { vpn, pages }: Mapping, site: Site): readonly Micro[] {
  const deferred = [...m.state.deferred, { vpn, pages, tables: [] }];
  m.update({ deferred });
  return deferred.reduce((sum, release) => sum + release.pages, 0) > m.state.policies.lazyPages
    ? flushDeferred(site)
    : [];
}

export function finishUnmap(m: Machine, { pages }: Mapping, deferred: boolean, { op }: Site): Act {
  const open = m.state.shootdowns.find((shootdown) => shootdown.op === op && shootdown.timedOut);
  const missing =
    open && `but PCPU ${open.unacked.join(', ')} did not acknowledge: the VA and the tables stay held back`;
  const rest = deferred ? 'the flush is held back, and so are the VA and the tables' : missing;
  const says = rest
    ? `${pagesText(pages)} unmapped; ${rest}.`
    : `${pagesText(pages)} unmapped and invalidated on every PCPU.`;
  return done({ says }, m.costs.call);
}
