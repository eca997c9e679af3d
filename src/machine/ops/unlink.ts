import { SPAN, type Level } from '../address';
import type { Machine } from '../machine';
import type { Mapping } from '../mapping';
import { leafSegments } from '../segments';
import { clearEntries, removeTables, TABLE_LEVELS, type TableLevel, type TableRun } from '../tables';

/** Takes tables under [vpn, vpn + pages) that serve no other live mapping out of the tree, from the top down, and out of vmkernel's list. */
export function unlinkEmpty(m: Machine, vpn: number, pages: number): readonly TableRun[] {
  if (m.state.policies.emptyTables === 'keep') return [];
  let from = vpn;
  let to = vpn + pages;
  return TABLE_LEVELS.flatMap((level) => {
    const span = SPAN[(level + 1) as Level];
    let first = Math.floor(from / span);
    let end = Math.floor((to - 1) / span) + 1;
    if (neededBefore(m, first * span, from)) first++;
    if (neededAfter(m, to, end * span)) end--;
    if (first >= end) return [];
    // With a table go all below it: earlier mappings may have left empty ones there.
    from = Math.min(from, first * span);
    to = Math.max(to, end * span);
    return takeOut(m, level, first, end);
  });
}

/** Takes kept tables, empty as they are, out of the way of a mapping's large pages. */
export function unlinkBelow(m: Machine, mapping: Mapping): readonly TableRun[] {
  const { vpn, pages, largest } = mapping;
  const inside = TABLE_LEVELS.filter((level) => level < largest && hasTables(m, level, vpn, pages));
  if (inside.length === 0) return [];
  const runs: TableRun[] = [];
  for (const { level: leaf, vpn: start, pages: count } of leafSegments(mapping)) {
    for (const level of inside) {
      const span = SPAN[(level + 1) as Level];
      if (level < leaf && hasTables(m, level, start, count)) {
        runs.push(...takeOut(m, level, start / span, (start + count) / span));
      }
    }
  }
  return runs;
}

/** Whether a table of the level stands for any prefix in [vpn, vpn + pages). */
function hasTables(m: Machine, level: TableLevel, vpn: number, pages: number): boolean {
  const span = SPAN[(level + 1) as Level];
  for (const _ of m.state.directory.tables[level].within(Math.floor(vpn / span), Math.ceil((vpn + pages) / span)))
    return true;
  return false;
}

/** Clears the links to the tables of some prefixes and the tables themselves; imported ones stay. */
const takeOut = (m: Machine, level: TableLevel, first: number, end: number): readonly TableRun[] =>
  Array.from(m.image.tables[level].gaps(first, end)).flatMap((gap) => takeAll(m, level, gap.start, gap.end));

function takeAll(m: Machine, level: TableLevel, first: number, end: number): readonly TableRun[] {
  const { directory, runs } = removeTables(m.state.directory, level, first, end);
  for (const { prefix, count, mpn } of runs) {
    clearEntries(m.memory, m.state.directory, (level + 1) as Level, prefix, count);
    m.memory.clear(mpn, mpn + count);
  }
  m.update({ directory });
  return runs;
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
