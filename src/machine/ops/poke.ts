import { done, type Act, type Site } from '../act';
import { PAGE_SIZE } from '../address';
import type { Machine } from '../machine';
import type { PokeOp } from '../op';

/** Writes a word at a machine address, past every translation: how a scenario sets or breaks an entry by hand. */
export function poke(m: Machine, op: PokeOp, _site: Site): Act {
  const ma = Number(op.ma);
  const before = m.memory.load(ma);
  m.memory.store(ma, op.value);
  m.touchTables();
  const frame = Math.floor(ma / PAGE_SIZE);
  const where = m.state.pool.has(frame) && !m.state.pool.isFree(frame) ? 'a page table' : 'memory';
  const says = `MA 0x${ma.toString(16)} in ${where}: 0x${before.toString(16)} became 0x${op.value.toString(16)}.`;
  return done({ says, ma, value: op.value }, m.costs.poke, 'entries');
}
