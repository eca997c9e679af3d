import type { Op } from '../machine/op';
import { shared } from './sharing';

const same = (a: Op, b: Op): boolean => shared(a, b) === a;

/** Where an operation of one list is in another that differs from it in one place: the same one, or the nearest of those that took its place. */
export function opAcross(before: readonly Op[], now: readonly Op[]): (op: number) => number {
  const most = Math.min(before.length, now.length);
  let above = 0;
  while (above < most && same(before[above], now[above])) above++;
  let below = 0;
  while (below < most - above && same(before[before.length - 1 - below], now[now.length - 1 - below])) below++;
  return (op) => {
    if (op < above) return op;
    if (op >= before.length - below) return op + now.length - before.length;
    return Math.min(op, now.length - below - 1);
  };
}
