import { err, ok, type Result } from '../base/result';
import { decimalGroups, hex, join64 } from '../base/number';
import { PAGE_SIZE, TABLE_ENTRIES } from '../machine/address';
import { BIT } from '../machine/entry-format';
import type { Machine } from '../machine/machine';
import { TABLE_LEVELS } from '../machine/tables';
import { targetOf } from '../machine/walk';

/** More entries than this are refused: the text would be larger than anything can read. */
export const MAX_EXPORTED = 4_000_000;

export interface ExportedTables {
  readonly cr3: string;
  /** Present entries, by machine address. */
  readonly entries: readonly { readonly pa: string; readonly value: string }[];
}

/** Every present entry that a walk from CR3 can reach, folded ones written out. */
export function exportTables(m: Machine): Result<ExportedTables> {
  const atLeast = countAtLeast(m);
  const tooMany = (count: number): Result<ExportedTables> =>
    err(
      `the tables hold ${decimalGroups(count)} entries or more; at most ${decimalGroups(MAX_EXPORTED)} can be written out`,
    );
  if (atLeast > MAX_EXPORTED) return tooMany(atLeast);
  const found = new Map<number, bigint>();
  const seen = new Set<string>();
  const visit = (table: number, level: number): void => {
    // A table can serve at several levels when entries point back; each level is read once.
    const key = `${level}:${table}`;
    if (seen.has(key) || found.size > MAX_EXPORTED) return;
    seen.add(key);
    const words = m.memory.read(table).slice();
    for (let i = 0; i < TABLE_ENTRIES; i++) {
      const lo = words[i * 2];
      if ((lo & BIT.P) === 0) continue;
      found.set(table * PAGE_SIZE + i * 8, join64(lo, words[i * 2 + 1]));
      if (level > 1 && !(level < 4 && (lo & BIT.PS) !== 0))
        visit(targetOf(lo, words[i * 2 + 1], m.state.control), level - 1);
    }
  };
  visit(m.state.directory.root, 4);
  if (found.size > MAX_EXPORTED) return tooMany(found.size);
  const entries = [...found].toSorted(([a], [b]) => a - b).map(([pa, value]) => ({ pa: hex(pa), value: hex(value) }));
  return ok({ cr3: hex(m.state.directory.root * PAGE_SIZE), entries });
}

/** A lower bound of the number of entries, without visiting them: the folded runs of vmkernel's own tables. */
function countAtLeast(m: Machine): number {
  let count = 0;
  for (const level of TABLE_LEVELS) {
    for (const { start, end, value } of m.state.directory.tables[level].all()) {
      for (const run of m.memory.runsWithin(value, value + end - start)) {
        count += Math.max(0, Math.min(run.value.count, (run.end - run.start) * TABLE_ENTRIES) - TABLE_ENTRIES);
      }
    }
  }
  return count;
}
