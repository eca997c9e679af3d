import { decimalGroups } from '../../base/number';
import { done, type Act, type Site } from '../act';
import { SIZE_NAMES, SPAN, TABLE_ENTRIES, vaOfVpn, type PageLevel } from '../address';
import { leafFlags } from '../attributes';
import type { Machine } from '../machine';
import type { Mapping } from '../mapping';
import type { MapWork, Micro } from '../micro';
import type { MapOp } from '../op';
import type { Outcome } from '../outcome';
import { alignmentOf, leafCount, leafSegments, type Segment } from '../segments';
import { endOfTables, NO_FLAGS, writeLeaves, writeSegments, type Flags } from '../tables';
import { EXECUTABLE, MIGHTCHANGE, READWRITE, UNCACHED, WRITECOMBINE } from '../vmkapi';
import { checkMap, isRefusal, type CheckedMap } from './check-map';
import { flushDeferred, startShootdown } from './flushing';
import { inspectRequest } from './inspect';
import { unlinkBelow } from './unlink';

/** vmk_Map: check, take address space and tables, write the leaves, then link the tables from the bottom up. */
export function beginMap(m: Machine, op: MapOp, site: Site): Act {
  const { check } = m.costs;
  const checked = checkMap(m, op);
  if (isRefusal(checked)) {
    if (op.context !== 'world') m.raise({ rule: 'wrong-context', op: site.op, pcpu: site.pcpu, says: checked.says });
    return done(checked, check);
  }
  const cycles = check * checked.ranges.starts.length;
  if (answersFromAlias(m, op, checked)) return done(mapAlias(m, op, checked, site), cycles);
  const mapping: Mapping = {
    id: m.newId(),
    name: op.as,
    op: site.op,
    module: checked.module.id,
    vpn: 0,
    pages: checked.ranges.total,
    attrs: op.attrs,
    mightChange: (op.attrs & MIGHTCHANGE) !== 0n,
    ranges: checked.ranges,
    largest: largestPage(m.state.policies.pageSizes),
    kind: 'entries',
    written: NO_FLAGS,
    device: checked.device,
    reservation: checked.device ? op.reservation : undefined,
  };
  const work: MapWork = { mapping, leaves: leafCount(0, mapping.ranges, 1), tables: [] };
  return { kind: 'check', cycles, next: [{ do: 'takeVa', op: site.op, work }] };
}

const largestPage = (size: string): PageLevel => (size === '1G' ? 3 : size === '2M' ? 2 : 1);

/**
 * The fast path: a read-only, not executable request for one range of RAM, with no memory type and no later change asked for,
 * is answered from the linear alias. No entry is written and no frame taken.
 */
function answersFromAlias(m: Machine, { attrs }: MapOp, { ranges, device }: CheckedMap): boolean {
  const { alias } = m.config;
  const special = READWRITE | EXECUTABLE | WRITECOMBINE | UNCACHED | MIGHTCHANGE;
  if (!alias || m.state.policies.fastPath === 'off' || device || attrs & special || ranges.starts.length !== 1)
    return false;
  const end = ranges.starts[0] + ranges.pages[0];
  return end <= alias.pages && m.regions.isRam(ranges.starts[0], end);
}

function mapAlias(m: Machine, op: MapOp, { module, ranges }: CheckedMap, site: Site): Outcome {
  const vpn = m.config.alias!.vpn + ranges.starts[0];
  const mapping: Mapping = {
    id: m.newId(),
    name: op.as,
    op: site.op,
    module: module.id,
    vpn,
    pages: ranges.total,
    attrs: op.attrs,
    mightChange: false,
    ranges,
    largest: 1,
    kind: 'alias',
    written: NO_FLAGS,
    device: false,
  };
  m.update({ aliases: m.state.aliases.set(mapping.id, mapping) });
  return {
    status: 'VMK_OK',
    vpn,
    mapping: mapping.id,
    says: `${pagesText(ranges.total)} of RAM answered from the read-only linear alias: no entry written, no table taken.`,
  };
}

export const pagesText = (pages: number): string => `${decimalGroups(pages)} ${pages === 1 ? 'page' : 'pages'}`;

/** Finds the lowest hole of the window that is large enough and suits the page size. */
export function takeVa(m: Machine, work: MapWork, site: Site): Act {
  const { mapping } = work;
  const { vaSearch } = m.costs;
  const vpn = findHole(m, mapping);
  if (vpn === undefined) {
    if (m.state.deferred.length > 0) {
      return { kind: 'tables', cycles: vaSearch, next: [...flushDeferred(site), { do: 'takeVa', op: site.op, work }] };
    }
    return done(
      {
        status: 'VMK_NO_ADDRESS_SPACE',
        field: 'mpnRanges',
        says: `The mapping window has no hole of ${pagesText(mapping.pages)}.`,
      },
      vaSearch,
      'tables',
    );
  }
  m.update({ va: m.state.va.join(vpn, vpn + mapping.pages, undefined) });
  const next = { ...work, mapping: { ...mapping, vpn }, leaves: leafCount(vpn, mapping.ranges, mapping.largest) };
  return { kind: 'tables', cycles: vaSearch, next: [{ do: 'takeTables', op: site.op, work: next }] };
}

function findHole(m: Machine, { pages, ranges, largest }: Mapping): number | undefined {
  const { vpn, pages: size } = m.config.window;
  const { align, offset } = alignmentOf(ranges, largest);
  const aligned = (start: number): number => start + ((((offset - start) % align) + align) % align);
  for (const { start, end } of m.state.va.gaps(vpn, vpn + size)) {
    let first = aligned(start);
    while (first + pages <= end) {
      // Imported tables are never taken out of the way of large pages.
      const past = endOfTables(m.image, first, pages, largest);
      if (past === undefined) return first;
      first = aligned(past);
    }
  }
  return undefined;
}

export function takeTables(m: Machine, work: MapWork, site: Site): Act {
  const { op, pcpu } = site;
  const { vpn, pages } = work.mapping;
  const inTheWay = unlinkBelow(m, work.mapping);
  if (inTheWay.length > 0) {
    // Paging-structure caches may hold them, and would hide the large page (SDM 4.10.4.2).
    m.touchTables();
    const flush = startShootdown(m, site, undefined, [{ vpn, pages: 0, tables: inTheWay }]);
    return {
      kind: 'tables',
      cycles: inTheWay.length * m.costs.writeEntry,
      next: [...flush, { do: 'takeTables', op, work }],
    };
  }
  const tables = m.injected('noFrame', pcpu) === undefined ? m.takeTables(leafSegments(work.mapping)) : undefined;
  if (!tables) {
    if (m.state.deferred.length > 0) {
      return { kind: 'tables', cycles: 0, next: [...flushDeferred(site), { do: 'takeTables', op, work }] };
    }
    m.update({ va: m.state.va.cut(vpn, vpn + pages) });
    return done(
      { status: 'VMK_NO_MEMORY', says: 'No frame is left for a page table; the address space was given back.' },
      0,
      'tables',
    );
  }
  const count = tables.reduce((sum, run) => sum + run.count, 0);
  return {
    kind: 'tables',
    cycles: count * m.costs.takeTable,
    next: [{ do: 'writeLeaves', op, work: { ...work, tables }, from: 0 }],
  };
}

/** Writes all leaves at once or, in fine grain, those of one table a step. */
export function writeLeafEntries(m: Machine, { mapping: planned, ...rest }: MapWork, from: number, { op }: Site): Act {
  const { memory } = m;
  const { directory, policies } = m.state;
  const mapping: Mapping = { ...planned, written: flagsFor(m, planned, 1) };
  const work: MapWork = { ...rest, mapping };
  const { vpn, pages, largest, written } = mapping;
  const link: Micro = work.tables.length > 0 ? { do: 'linkTables', op, work, from: 0 } : { do: 'mapDone', op, work };
  if (policies.granularity === 'bulk' || largest > 1 || pages > MAX_FINE) {
    if (largest === 1) writeLeaves(memory, directory, vpn, mapping.ranges, written);
    else writeSegments(memory, directory, leafSegments(mapping), (level) => flagsFor(m, mapping, level));
    return { kind: 'entries', cycles: work.leaves * m.costs.writeEntry, next: [link] };
  }
  const count = Math.min(TABLE_ENTRIES - ((vpn + from) % TABLE_ENTRIES), pages - from);
  writeSegments(memory, directory, slice(mapping, from, count), () => written);
  const more: Micro = { do: 'writeLeaves', op, work, from: from + count };
  return { kind: 'entries', cycles: count * m.costs.writeEntry, next: [from + count < pages ? more : link] };
}

/** Above this many pages fine grain writes at once all the same: a step a table would be too many steps. */
const MAX_FINE = 2 ** 18;

const flagsFor = (m: Machine, { attrs }: Mapping, level: PageLevel): Flags =>
  leafFlags(attrs, level, m.state.control, m.state.types.pat, m.state.policies);

/** The parts of a mapping's ranges within [from, from + count) of its pages. */
function slice({ vpn, ranges }: Mapping, from: number, count: number): Segment[] {
  const parts: Segment[] = [];
  let at = 0;
  for (let i = 0; i < ranges.starts.length && at < from + count; i++) {
    const start = Math.max(at, from);
    const end = Math.min(at + ranges.pages[i], from + count);
    if (start < end)
      parts.push({ level: 1, vpn: vpn + start, mpn: ranges.starts[i] + (start - at), pages: end - start });
    at += ranges.pages[i];
  }
  return parts;
}

/** New tables are linked from the bottom up, so that no walk ever meets a table that is not filled. */
export function linkTables(m: Machine, work: MapWork, from: number, { op }: Site): Act {
  const order = work.tables.toReversed();
  const now = m.state.policies.granularity === 'fine' ? order.slice(from, from + 1) : order.slice(from);
  for (const run of now) m.linkTables(run);
  const next = from + now.length;
  return {
    kind: 'entries',
    cycles: now.reduce((sum, run) => sum + run.count, 0) * m.costs.writeEntry,
    next: [next < order.length ? { do: 'linkTables', op, work, from: next } : { do: 'mapDone', op, work }],
  };
}

export function finishMap(m: Machine, { mapping, leaves, tables }: MapWork, { op }: Site): Act {
  m.update({ mappings: m.state.mappings.set(mapping.vpn, mapping) });
  inspectRequest(m, mapping, op);
  const taken = tables.reduce((sum, run) => sum + run.count, 0);
  const written = `${decimalGroups(leaves)} ${leaves === 1 ? 'entry' : 'entries'}`;
  const entries = leaves === mapping.pages ? written : `${written} of up to ${SIZE_NAMES[mapping.largest]}`;
  return done(
    {
      status: 'VMK_OK',
      vpn: mapping.vpn,
      mapping: mapping.id,
      says: `${pagesText(mapping.pages)} at 0x${vaOfVpn(mapping.vpn).toString(16)}: ${entries} written, ${decimalGroups(taken)} ${taken === 1 ? 'table' : 'tables'} taken.`,
    },
    m.costs.call,
  );
}

/** Where the leaf entries of a mapping start, for INVLPG: one VPN an entry. */
export function* leafPages(mapping: Mapping): Generator<number> {
  for (const { level, vpn, pages } of leafSegments(mapping)) {
    for (let i = 0; i < pages; i += SPAN[level]) yield vpn + i;
  }
}
