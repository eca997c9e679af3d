import { SPAN, type Level } from '../address';
import type { Machine } from '../machine';
import { clearEntries, removeTables, TABLE_LEVELS, type TableRun } from '../tables';

/** Takes tables under [vpn, vpn + pages) that serve no other live mapping out of the tree, from the top down, and out of vmkernel's list. */
export function unlinkEmpty(m: Machine, vpn: number, pages: number): readonly TableRun[] {
  if (m.state.policies.emptyTables === 'keep') return [];
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
