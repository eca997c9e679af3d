import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timelinePicture } from '../engine/timeline-picture';
import type { TimelinePicture } from '../engine/picture';
import type { Op } from '../machine/op';
import { ALL_KINDS, HARDWARE, worlds, type World } from '../machine/world.fixture';
import { libraryScenario } from '../scenario/library-files';
import type { Scenario } from '../scenario';
import { Timeline } from '../timeline/timeline';
import { faultOf, messageChanged, messageRestored, type MessageChange, type MessageEdit } from './message-edit';

const DROP: MessageChange = { kind: 'drop' };
const DELAY: MessageChange = { kind: 'delay', cycles: 7000 };

function played(document: Scenario) {
  const timeline = new Timeline(document);
  timeline.play();
  return { timeline: timelinePicture(timeline), hazards: timeline.machine.state.hazards.map(({ rule }) => rule) };
}

const done = (edit: MessageEdit | string): MessageEdit => {
  if (typeof edit === 'string') throw new Error(edit);
  return edit;
};

/** A message with all that tells how it fared, in times of its own. */
const fate = ({ messages }: TimelinePicture, i: number) => ({
  kind: messages.kinds[i],
  from: messages.from[i],
  to: messages.to[i],
  lost: messages.arrivedAt[i] === 0,
  takes: (messages.arrives[i] ?? 0) - (messages.sent[i] ?? 0),
});

const find = ({ messages }: TimelinePicture, kind: string, about: number): number =>
  messages.kinds.findIndex((one, i) => one === kind && (kind === 'ipi' ? messages.to[i] : messages.from[i]) === about);

/** Example 2 with lines added in front. */
const scenario = (...ops: Op[]): Scenario => {
  const example = libraryScenario('example-2')!;
  return { ...example, ops: [...ops, ...example.ops] };
};
const example = scenario();
const change = example.ops.findIndex(({ op }) => op === 'change');

describe('a message of Example 2', () => {
  const { timeline } = played(example);
  const ipi = find(timeline, 'ipi', 2);
  const ack = find(timeline, 'ack', 2);

  test('is lost, and the operation complains', () => {
    const { document, opNow } = done(messageChanged(example, timeline, ipi, DROP));
    expect(document.ops[change]).toEqual({ op: 'fault', pcpu: 2, what: 'dropIpi', times: 1, cycles: 0 });
    expect(opNow(change)).toBe(change + 1);
    expect(opNow(change - 1)).toBe(change - 1);
    const { timeline: now, hazards } = played(document);
    expect(hazards).toContain('missing-ack');
    expect(fate(now, ipi)).toEqual({ ...fate(timeline, ipi), lost: true });
    for (let i = 0; i < ipi; i++) expect(fate(now, i)).toEqual(fate(timeline, i));
    // Where the machine is idle, a fault changes no time.
    expect(now.messages.sent[ipi]).toBe(timeline.messages.sent[ipi]);
  });

  test('takes longer', () => {
    for (const index of [ipi, ack]) {
      const { document } = done(messageChanged(example, timeline, index, DELAY));
      const { timeline: now, hazards } = played(document);
      expect(fate(now, index)).toEqual({ ...fate(timeline, index), takes: fate(timeline, index).takes + 7000 });
      expect(hazards).toEqual([]);
    }
  });

  test('is given back as it was', () => {
    for (const wish of [DROP, DELAY]) {
      const { document } = done(messageChanged(example, timeline, ack, wish));
      const { timeline: now } = played(document);
      expect(faultOf(document, now, ack)).toMatchObject({ kind: wish.kind, op: change });
      expect(messageChanged(document, now, ack, DROP)).toMatch(/take that back first/);
      const restored = done(messageRestored(document, now, ack));
      expect(restored.document).toEqual(example);
      expect(restored.opNow(change + 1)).toBe(change);
    }
    expect(messageRestored(example, timeline, ack)).toMatch(/No fault/);
  });
});

describe('faults that are there already', () => {
  test('a loss written by hand is found, and taken back', () => {
    const document = libraryScenario('missing-flush')!;
    const { timeline } = played(document);
    const lost = timeline.messages.arrivedAt.indexOf(0);
    expect(faultOf(document, timeline, lost)).toMatchObject({ kind: 'drop' });
    const restored = done(messageRestored(document, timeline, lost)).document;
    expect(restored.ops).toHaveLength(document.ops.length - 1);
    expect(played(restored).hazards).not.toContain('missing-ack');
  });

  test('one that comes later is not to blame', () => {
    const late: Op = { op: 'fault', pcpu: 2, what: 'dropIpi', times: 1, cycles: 0 };
    const document = { ...example, ops: example.ops.toSpliced(change + 2, 0, late) };
    const { timeline } = played(document);
    const first = find(timeline, 'ipi', 2);
    expect(faultOf(document, timeline, first)).toBeUndefined();
    expect(faultOf(document, timeline, timeline.messages.arrivedAt.indexOf(0))).toMatchObject({ op: change + 2 });
  });

  test('one line that hits several messages is left alone', () => {
    const document = scenario({ op: 'fault', pcpu: 1, what: 'delayIpi', times: 2, cycles: 50 });
    const { timeline } = played(document);
    const index = find(timeline, 'ipi', 1);
    expect(faultOf(document, timeline, index)).toMatchObject({ op: 0, cycles: 50 });
    expect(messageRestored(document, timeline, index)).toMatch(/to 2 messages/);
  });

  test('a second fault that would take its place is named', () => {
    const twice: Op = { op: 'fault', pcpu: 1, what: 'delayIpi', times: 1, cycles: 50 };
    const document = scenario(twice, twice);
    const { timeline } = played(document);
    expect(messageRestored(document, timeline, find(timeline, 'ipi', 1))).toMatch(/Another fault/);
  });
});

const scenarioOf = ({ hardware, policies, ops }: World): Scenario =>
  ({ title: '', config: { ...HARDWARE[hardware], policies }, ops }) as unknown as Scenario;

test('in any world exactly this message is hit, and none before it, or the reader is told why not', () => {
  let [hit, refused] = [0, 0];
  fc.assert(
    fc.property(worlds(ALL_KINDS, 24), fc.nat(), fc.boolean(), (world, pick, loses) => {
      const document = scenarioOf(world);
      const { timeline } = played(document);
      const count = timeline.messages.kinds.length;
      if (count === 0) return;
      const index = pick % count;
      const before = fate(timeline, index);
      if (before.lost) return;
      const edit = messageChanged(document, timeline, index, loses ? DROP : DELAY);
      if (typeof edit === 'string') {
        refused++;
        return;
      }
      const now = played(edit.document).timeline;
      const about = (one: typeof before): string => `${one.kind} ${one.kind === 'ipi' ? one.to : one.from}`;
      const ofThese = (picture: TimelinePicture, upTo: number) =>
        [...picture.messages.kinds.keys()]
          .slice(0, upTo)
          .map((i) => fate(picture, i))
          .filter((one) => about(one) === about(before));
      const earlier = ofThese(timeline, index);
      const after = ofThese(now, now.messages.kinds.length);
      expect(after.slice(0, earlier.length)).toEqual(earlier);
      expect(after[earlier.length]).toMatchObject(loses ? { lost: true } : { lost: false, takes: before.takes + 7000 });
      hit++;
    }),
    { seed: 11, numRuns: 400 },
  );
  expect(hit).toBeGreaterThan(60);
  expect(refused).toBeLessThan(hit);
});
