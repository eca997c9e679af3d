import { done, type Act, type Site } from '../act';
import { SPAN } from '../address';
import { ABSENT_MARK, attributeMask, changeNeeds, leafFlags } from '../attributes';
import { BIT } from '../entry-format';
import type { Machine } from '../machine';
import type { Mapping } from '../mapping';
import type { Micro } from '../micro';
import type { ChangeOp } from '../op';
import { leafSegments } from '../segments';
import { rewriteEntries, type Flags } from '../tables';
import { attrsText, MIGHTCHANGE } from '../vmkapi';
import { attrsOfResource, attrsProblem, contextName } from './check-map';
import { startShootdown } from './flushing';
import { inspectRequest } from './inspect';
import { pagesText } from './map';
import { aliasAt, mappingStart, pagesToInvalidate } from './unmap';

const LINES_A_PAGE = 64;

/**
 * vmk_MapChangeAttributes: the new attributes replace the old ones. Invalidates only where the architecture requires it, and takes
 * the safe order when the memory type leaves WB: not present, shootdown, new entries, cache flush (SDM 12.12.4).
 */
export function beginChange(m: Machine, op: ChangeOp, site: Site): Act {
  const { check } = m.costs;
  const va = m.resolve(op.at) ?? 0n;
  if (op.context !== 'world') {
    const says = `vmk_MapChangeAttributes may only be called from a world, not from ${contextName(op.context)}.`;
    m.raise({ rule: 'wrong-context', op: site.op, pcpu: site.pcpu, says });
    return done({ status: 'VMK_NOT_SUPPORTED', field: 'context', says }, check);
  }
  const mapping = mappingStart(m, va) ?? aliasAt(m, va, op.at);
  if (!mapping)
    return done({ status: 'VMK_NOT_FOUND', field: 'va', says: `No mapping starts at 0x${va.toString(16)}.` }, check);
  if (!mapping.mightChange) {
    return done(
      { status: 'VMK_NOT_SUPPORTED', field: 'va', says: 'The mapping was made without VMK_MAPATTRS_MIGHTCHANGE.' },
      check,
    );
  }
  const problem = attrsProblem(op.attrs);
  if (problem) return done({ status: 'VMK_BAD_PARAM', field: 'attrs', says: problem }, check);
  const refused = resourceProblem(m, mapping, op.attrs);
  if (refused) return done({ status: 'VMK_BAD_PARAM', field: 'attrs', says: refused }, check);
  return { kind: 'check', cycles: check, next: plan(m, mapping, op.attrs, site) };
}

/** Device memory must keep to what its IO resource allows, as when it was mapped. */
function resourceProblem(m: Machine, { reservation }: Mapping, attrs: bigint): string | undefined {
  const held = m.state.reservations.find(({ name }) => name === reservation);
  const resource = m.state.resources.find(({ name }) => name === held?.resource);
  return resource && attrsOfResource(resource, attrs);
}

function plan(m: Machine, mapping: Mapping, attrs: bigint, site: Site): readonly Micro[] {
  const { op, pcpu } = site;
  const { control, policies, types } = m.state;
  const written = leafFlags(attrs, 1, control, types.pat, policies);
  const needs = changeNeeds(mapping.written, written, types.pat);
  const flush = needs.shootdown ? startShootdown(m, site, pagesToInvalidate(m, mapping), []) : [];
  const rewrite = (phase: 'all' | 'notPresent' | 'present'): Micro => ({
    do: 'rewriteEntries',
    op,
    mapping,
    attrs,
    phase,
  });
  const end: Micro = { do: 'changeDone', op, mapping: { ...mapping, written }, attrs };
  if (needs.leavesWb) {
    const caches: Micro[] =
      policies.selfSnoop === 'on' ? [] : [{ do: 'flushCaches', op, mapping, lines: mapping.pages * LINES_A_PAGE }];
    return [rewrite('notPresent'), ...flush, rewrite('present'), ...caches, end];
  }
  if (flush.length > 0 && m.injected('flushFirst', pcpu) !== undefined) return [...flush, rewrite('all'), end];
  return [rewrite('all'), ...flush, end];
}

export function rewriteMapping(
  m: Machine,
  mapping: Mapping,
  attrs: bigint,
  phase: 'all' | 'notPresent' | 'present',
): Act {
  const { memory } = m;
  const { control, types, policies, directory } = m.state;
  let entries = 0;
  for (const { level, vpn, pages } of leafSegments(mapping)) {
    const span = SPAN[level];
    const edit = editOf(phase, attributeMask(level), leafFlags(attrs, level, control, types.pat, policies));
    rewriteEntries(memory, directory, level, vpn / span, pages / span, edit);
    entries += pages / span;
  }
  m.touchTables();
  return { kind: 'entries', cycles: entries * m.costs.writeEntry };
}

/** Which entries a phase takes and what becomes of them. What somebody else cleared stays cleared. */
function editOf(
  phase: 'all' | 'notPresent' | 'present',
  mask: Flags,
  flags: Flags,
): Parameters<typeof rewriteEntries>[5] {
  const present = (lo: number): boolean => (lo & BIT.P) !== 0;
  if (phase === 'notPresent') return { match: present, and: { lo: ~BIT.P, hi: -1 }, or: { lo: ABSENT_MARK, hi: 0 } };
  if (phase === 'all') return { match: present, and: { lo: ~mask.lo, hi: ~mask.hi }, or: flags };
  const marked = (lo: number): boolean => (lo & (BIT.P | ABSENT_MARK)) === ABSENT_MARK;
  return { match: marked, and: { lo: ~(mask.lo | ABSENT_MARK), hi: ~mask.hi }, or: flags };
}

/** CLFLUSH of every line, by its VA, after the new entries stand. */
export function flushCaches(m: Machine, mapping: Mapping, lines: number, { op, pcpu }: Site): Act {
  if (m.injected('skipCacheFlush', pcpu) === undefined) return { kind: 'cache', cycles: lines * m.costs.flushLine };
  m.raise({
    rule: 'cache-not-flushed',
    op,
    pcpu,
    vpn: mapping.vpn,
    says: 'The memory type left WB and the caches were not flushed: old dirty lines may be written back over new data.',
  });
  return { kind: 'cache', cycles: 0, says: 'leaves the cache flush out.' };
}

export function finishChange(m: Machine, mapping: Mapping, attrs: bigint, { op }: Site): Act {
  const changed: Mapping = { ...mapping, attrs: attrs & ~MIGHTCHANGE };
  m.update({ mappings: m.state.mappings.set(mapping.vpn, changed) });
  inspectRequest(m, changed, op);
  return done(
    {
      status: 'VMK_OK',
      says: `${pagesText(mapping.pages)} now ${attrsText(attrs)}; they were ${attrsText(mapping.attrs)}.`,
    },
    m.costs.call,
  );
}
