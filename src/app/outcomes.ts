import type { Outcome, Picture } from '../engine/picture';
import type { Op } from '../machine/op';
import type { Scenario } from '../scenario';

export const CALLS: readonly Op['op'][] = ['map', 'unmap', 'change'];
export const ACCESSES: readonly Op['op'][] = ['access'];

/** The outcome of the last operation of these kinds that has ended. */
export function lastOutcome(
  { ops }: Scenario,
  picture: Picture | undefined,
  kinds: readonly Op['op'][],
): Outcome | undefined {
  return picture?.outcomes.findLast(
    ({ state, index }) => (state === 'done' || state === 'skipped') && kinds.includes(ops[index]?.op ?? 'sync'),
  );
}
