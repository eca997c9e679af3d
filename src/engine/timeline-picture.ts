import type { Timeline } from '../timeline/timeline';
import { opLabel } from './labels';
import { opPlaces } from './op-places';
import type { MessageSpans, TimelinePicture } from './picture-timeline';
import { pcpuOf } from '../machine/op';

/** All that happens, as far as the time line draws it. */
export function timelinePicture(timeline: Timeline): TimelinePicture {
  const { spans, times, scenario } = timeline;
  const endOf = (step: number): number => (times[step] ?? 0) + (spans.cycles[step] ?? 0);
  return {
    steps: timeline.length,
    pcpus: scenario.config.pcpus,
    times: Float64Array.from(times),
    ops: timeline.ops.map(({ first, last }, i) => ({
      label: opLabel(scenario.ops[i]),
      pcpu: pcpuOf(scenario.ops[i]),
      first,
      last,
      started: times[first],
      ended: endOf(last),
    })),
    places: opPlaces(timeline.machine),
    acts: {
      names: spans.names,
      pcpus: Uint16Array.from(spans.pcpus),
      ops: Int32Array.from(spans.ops),
      acts: Uint8Array.from(spans.acts),
      cycles: Float64Array.from(spans.cycles),
      done: Uint32Array.from(spans.done),
    },
    messages: messageSpans(spans.messages),
    waits: spans.waits,
    owed: spans.owed,
    hazardSteps: timeline.hazardSteps,
    stopped: timeline.stopped,
  };
}

function messageSpans(list: Timeline['spans']['messages']): MessageSpans {
  return {
    kinds: list.map(({ kind }) => kind),
    ops: Int32Array.from(list, ({ op }) => op),
    from: Uint16Array.from(list, ({ from }) => from),
    to: Uint16Array.from(list, ({ to }) => to),
    sentBy: Int32Array.from(list, ({ sentBy }) => sentBy),
    arrivedAt: Int32Array.from(list, ({ arrivedAt }) => arrivedAt),
    sent: Float64Array.from(list, ({ sent }) => sent),
    arrives: Float64Array.from(list, ({ arrives }) => arrives),
  };
}
