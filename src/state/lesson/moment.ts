import type { TimelinePicture } from '../../engine/picture';
import { vaOfVpn } from '../../machine/address';
import type { AddressRef } from '../../machine/op';
import type { Scenario } from '../../scenario';
import { opOf, type Ask, type At, type OpRef } from '../../scenario/lesson/lesson';
import { lastStep } from '../playback';

/** A scenario that was played. */
export interface Played {
  readonly scenario: Scenario;
  readonly timeline: TimelinePicture;
}

/** The step of a moment. Undefined: an operation that it names was never carried out. */
export function stepOf(at: At, { scenario, timeline }: Played): number | undefined {
  if (at === 'start') return 0;
  if (at === 'end') return lastStep(timeline);
  if (!('op' in at)) return Math.min(at.step, lastStep(timeline));
  const index = opOf(at.op, scenario) ?? -1;
  const span = timeline.ops[index];
  if (!span || span.first === 0) return undefined;
  if (at.step !== undefined) return stepWithin(index, at.step, timeline) ?? span.last;
  return at.when === 'start' ? span.first - 1 : span.last;
}

/** The nth step of an operation; those of others may lie between. */
function stepWithin(index: number, nth: number, { acts, ops }: TimelinePicture): number | undefined {
  let left = nth;
  for (let step = ops[index].first; step <= ops[index].last; step++) {
    if (acts.ops[step] === index && --left === 0) return step;
  }
  return undefined;
}

/** When the machine has answered a question of a move. */
export function revealStep({ reveal, of }: Ask, move: At, played: Played): number | undefined {
  if (reveal !== undefined) return stepOf(reveal, played);
  const asked = Object.values(of as Record<string, unknown>).length > 0 && 'op' in of;
  if (!asked) return stepOf(move, played);
  const ends = opsAsked(of).map((op) => stepOf({ op, when: 'end' }, played));
  return ends.includes(undefined) ? undefined : Math.max(...(ends as number[]));
}

const opsAsked = (of: { readonly op: OpRef; readonly than?: OpRef }): readonly OpRef[] =>
  of.than === undefined ? [of.op] : [of.op, of.than];

/** The address that a reference means; also while its mapping is gone or still to come. */
export function vaOf(at: AddressRef, { scenario, timeline }: Played): bigint | undefined {
  if ('va' in at) return at.va;
  const map = opOf(at.mapping, scenario);
  const start = map === undefined ? undefined : timeline.places[map]?.pages[0]?.start;
  return start === undefined ? undefined : BigInt.asUintN(64, vaOfVpn(start) + at.offset);
}
