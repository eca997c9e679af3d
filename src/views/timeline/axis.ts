import { firstPositionAt, positionAt, timeAt } from '../../draw/time';
import type { TimelinePicture } from '../../engine/picture';

/** Cycles are true to scale; steps give each step the same room, for runs in which one act outlasts all others. */
export type AxisKind = 'cycles' | 'steps';

/** The horizontal line that everything is drawn along. */
export interface Axis {
  readonly kind: AxisKind;
  readonly whole: { readonly from: number; readonly to: number };
  /** The narrowest window. */
  readonly least: number;
  /** Where each step starts and ends. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** Where a time in cycles stands; Infinity is the end. */
  readonly ofTime: (time: number) => number;
  /** Where the playhead stands, and the playhead that stands at a place. */
  readonly ofAt: (at: number) => number;
  readonly atOf: (x: number) => number;
}

/** A step that takes more than this share of a run leaves the others no room in cycles. */
const OUTLASTS = 0.6;

/** The axis that shows most of a run: steps where one of them outlasts all others together. */
export function usualAxis({ times, steps }: TimelinePicture): AxisKind {
  let longest = 0;
  for (let i = 1; i <= steps; i++) longest = Math.max(longest, (times[i] ?? 0) - (times[i - 1] ?? 0));
  return longest > OUTLASTS * (times[steps] ?? 0) && steps > 8 ? 'steps' : 'cycles';
}

/** Makes an axis for all of a run. */
export function axisOf({ times, acts, steps }: TimelinePicture, kind: AxisKind): Axis {
  const count = steps + 1;
  if (kind === 'cycles') {
    const ends = Float64Array.from({ length: count }, (_, i) => (times[i] ?? 0) + (acts.cycles[i] ?? 0));
    const end = Math.max(
      1,
      ends.reduce((most, one) => Math.max(most, one), 0),
    );
    return {
      kind,
      whole: { from: 0, to: end },
      least: Math.min(end, 20),
      starts: times,
      ends,
      ofTime: (time) => Math.min(time, end),
      ofAt: (at) => timeAt(times, at),
      atOf: (x) => positionAt(times, x),
    };
  }
  const tail = acts.cycles[steps] ?? 1;
  const ofTime = (time: number): number => Math.min(count, firstPositionAt(times, time, tail));
  return {
    kind,
    whole: { from: 0, to: count },
    least: Math.min(count, 4),
    starts: Float64Array.from({ length: count }, (_, i) => i),
    // As far as it lasts, but never narrower than a step.
    ends: Float64Array.from({ length: count }, (_, i) =>
      Math.max(i + 1, ofTime((times[i] ?? 0) + (acts.cycles[i] ?? 0))),
    ),
    ofTime,
    ofAt: (at) => at,
    atOf: (x) => Math.max(0, Math.min(steps, x)),
  };
}
