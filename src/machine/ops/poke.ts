import { hexGroups } from '../../base/number';
import { done, type Act, type Site } from '../act';
import { PAGE_SIZE } from '../address';
import type { Machine } from '../machine';
import type { PokeOp } from '../op';

/** Writes a word at a machine address, past every translation: how a scenario sets or breaks an entry by hand. */
export function poke(m: Machine, op: PokeOp, { pcpu }: Site): Act {
  const ma = Number(op.ma);
  const before = m.memory.load(ma);
  m.memory.store(ma, op.value);
  m.touchTables();
  const frame = Math.floor(ma / PAGE_SIZE);
  const where = m.state.pool.has(frame) && !m.state.pool.isFree(frame) ? 'a page table' : 'memory';
  const says = `PCPU ${pcpu} writes ${hexGroups(op.value)} over ${hexGroups(before)} at MA ${hexGroups(ma)}, in ${where}.`;
  return done({ says, ma, value: op.value }, m.costs.poke, 'entries');
}
