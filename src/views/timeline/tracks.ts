import { intervalsOf, type Intervals } from '../../draw/intervals';
import type { TimelinePicture } from '../../engine/picture';
import type { Axis } from './axis';

/** Intervals, and what each of them is by its index in the picture. */
export interface Indexed {
  readonly intervals: Intervals;
  readonly order: Int32Array;
}

/** What one PCPU does. */
export interface Track {
  /** By step. Micro-operations of a PCPU never overlap. */
  readonly acts: Indexed;
  /** Steps at which a message arrives. */
  readonly arrivals: Indexed;
  /** By index in `waits` and `owed` of the time line. */
  readonly waits: Indexed;
  readonly owed: Indexed;
}

/** All that is drawn along an axis, ready to be found by place. Made once for a run and an axis. */
export interface Tracks {
  readonly axis: Axis;
  readonly list: readonly Track[];
  readonly messages: Indexed;
  readonly ops: Indexed;
  /** Where hazards were raised, and in which steps. */
  readonly hazards: Float64Array;
  /** For each wait for acknowledgements: how many. */
  readonly awaited: readonly number[];
}

export function tracksOf(timeline: TimelinePicture, axis: Axis): Tracks {
  const { acts, messages, waits, owed, ops, hazardSteps, pcpus } = timeline;
  const { starts, ends, ofTime } = axis;
  const startOf = (step: number): number => starts[step] ?? 0;
  const steps = groups(pcpus, timeline.steps + 1, (step) => (step === 0 ? -1 : (acts.pcpus[step] ?? 0)));
  const isArrival = acts.names.map((name) => name === 'ipi' || name === 'ack');
  const arrives = (step: number): boolean => isArrival[acts.acts[step] ?? 0] ?? false;
  const waitsOf = groups(pcpus, waits.length, (i) => waits[i]?.pcpu ?? -1);
  const owedOf = groups(pcpus, owed.length, (i) => owed[i]?.pcpu ?? -1);
  const spans = (list: readonly { readonly from: number; readonly to: number }[], mine: readonly number[]): Indexed =>
    among(
      mine,
      (i) => ofTime(list[i]?.from ?? 0),
      (i) => ofTime(list[i]?.to ?? 0),
    );
  return {
    axis,
    list: steps.map((mine, pcpu) => ({
      acts: among(
        mine.filter((step) => !arrives(step)),
        startOf,
        (step) => ends[step] ?? 0,
      ),
      arrivals: among(mine.filter(arrives), startOf, startOf),
      waits: spans(waits, waitsOf[pcpu] ?? []),
      owed: spans(owed, owedOf[pcpu] ?? []),
    })),
    messages: intervalsOf(
      messages.kinds.length,
      (i) => ofTime(messages.sent[i] ?? 0),
      (i) => arrivalOf(timeline, axis, i),
    ),
    ops: intervalsOf(
      ops.length,
      (i) => startOf(ops[i]?.first ?? 0),
      (i) => Math.max(ofTime(ops[i]?.ended ?? 0), startOf(ops[i]?.last ?? 0)),
    ),
    hazards: Float64Array.from(hazardSteps, startOf),
    awaited: awaitedBy(timeline),
  };
}

/** Where a message arrives, or would have. */
export function arrivalOf({ messages }: TimelinePicture, { starts, ofTime }: Axis, i: number): number {
  const step = messages.arrivedAt[i] ?? 0;
  return step > 0 ? (starts[step] ?? 0) : ofTime(messages.arrives[i] ?? 0);
}

/** Indices 0 to count by group. */
function groups(number: number, count: number, groupOf: (i: number) => number): readonly (readonly number[])[] {
  const lists = Array.from({ length: number }, (): number[] => []);
  for (let i = 0; i < count; i++) lists[groupOf(i)]?.push(i);
  return lists;
}

/** Intervals of some of the things, which each interval then names. */
function among(mine: readonly number[], start: (i: number) => number, end: (i: number) => number): Indexed {
  const { intervals, order } = intervalsOf(
    mine.length,
    (k) => start(mine[k] ?? 0),
    (k) => end(mine[k] ?? 0),
  );
  return { intervals, order: order.map((k) => mine[k] ?? 0) };
}

/** A wait begins where the last IPI of a round has gone out: that round's targets are waited for. */
function awaitedBy({ waits, messages }: TimelinePicture): readonly number[] {
  const rounds = new Map<string, { readonly step: number; readonly targets: Set<number> }>();
  let next = 0;
  return waits.map(({ pcpu, what, from }) => {
    if (what === 'lock') return 0;
    for (; next < messages.kinds.length && (messages.sent[next] ?? 0) <= from; next++) {
      if (messages.kinds[next] !== 'ipi') continue;
      const sender = String(messages.from[next]);
      const step = messages.sentBy[next] ?? 0;
      const round = rounds.get(sender);
      if (round?.step === step) round.targets.add(messages.to[next] ?? 0);
      else rounds.set(sender, { step, targets: new Set([messages.to[next] ?? 0]) });
    }
    return rounds.get(String(pcpu))?.targets.size ?? 0;
  });
}
