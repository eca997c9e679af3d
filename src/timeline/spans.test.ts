import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Machine } from '../machine/machine';
import { access, map, range, run, sync, unmap } from '../machine/machine.fixture';
import type { FaultOp, Injection, Op } from '../machine/op';
import type { Message } from '../machine/shootdown';
import type { MachineState, StepRecord } from '../machine/state';
import { step } from '../machine/step';
import { READWRITE } from '../machine/vmkapi';
import { ALL_KINDS, start, worlds, type World } from '../machine/world.fixture';
import { Spans } from './spans';

interface Moment {
  readonly before: MachineState;
  readonly after: MachineState;
  readonly record: StepRecord;
}

/** Plays a machine and keeps the state before and after every step. */
function played(machine: Machine): { readonly spans: Spans; readonly moments: readonly Moment[] } {
  const spans = new Spans();
  const moments: Moment[] = [];
  for (let before = machine.state; ; before = machine.state) {
    const record = step(machine);
    if (!record) return { spans, moments };
    spans.note(machine, record);
    moments.push({ before, after: machine.state, record });
  }
}

const everyWorld = (check: (world: World) => void): void =>
  fc.assert(fc.property(worlds(ALL_KINDS, 30), check), { seed: 43, numRuns: 60 });

/** Two PCPUs, an unmap that must reach the second, and something armed to go wrong at the one given. */
function withFault(what: Injection, pcpu: number, pcpus = 2): Spans {
  const fault: FaultOp = { op: 'fault', pcpu, what, times: 1, cycles: 5000 };
  const ops: Op[] = [
    map('a', READWRITE, [range(16, 1)]),
    access('a', 'write', { pcpu: 1 }),
    sync,
    fault,
    unmap('a'),
    sync,
  ];
  const { config } = run([], { pcpus });
  return played(new Machine(config, ops)).spans;
}

test('every message that was on its way is there once, from its sending to its arrival', () => {
  everyWorld((world) => {
    const { spans, moments } = played(start(world));
    const seen = new Map<number, { message: Message; sentBy: number; arrivedAt: number }>();
    moments.forEach(({ after, record: { act } }, i) => {
      for (const message of after.messages)
        if (!seen.has(message.id)) seen.set(message.id, { message, sentBy: i + 1, arrivedAt: 0 });
      if (act.kind === 'arrival') seen.get(act.message.id)!.arrivedAt = i + 1;
    });
    const expected = [...seen.values()].map(
      ({ message: { kind, op, from, to, sent, arrives }, sentBy, arrivedAt }) =>
        ({ kind, op, from, to, sent, arrives, sentBy, arrivedAt }) as const,
    );
    expect(spans.messages.filter(({ arrivedAt }) => arrivedAt > 0)).toEqual(expected);
  });
});

test('every IPI and acknowledgement that never went out is there as lost', () => {
  everyWorld((world) => {
    const { spans, moments } = played(start(world));
    const expected = moments.flatMap(({ before, after, record: { act, pcpu } }, i) => {
      if (act.kind !== 'micro') return [];
      const { micro } = act;
      const sent = after.messages.filter(({ id }) => id >= before.nextId);
      const targets =
        micro.do === 'sendIpis'
          ? (before.shootdowns.find(({ id }) => id === micro.shootdown)?.unacked ?? [])
          : micro.do === 'sendAck'
            ? [micro.to]
            : [];
      return targets.filter((to) => !sent.some((one) => one.to === to)).map((to) => `${i + 1}: ${pcpu} to ${to}`);
    });
    const lost = spans.messages.filter(({ arrivedAt }) => arrivedAt === 0);
    expect(lost.map(({ sentBy, from, to }) => `${sentBy}: ${from} to ${to}`)).toEqual(expected);
  });
});

test('what is owed lasts from the change of the entries to the end of the flush', () => {
  everyWorld((world) => {
    const { spans, moments } = played(start(world));
    const rounds = new Map<number, { op: number; pcpu: number; from: number; to: number }[]>();
    for (const { before, after, record } of moments) {
      const { act, time, cycles, op } = record;
      const changes =
        act.kind === 'micro' &&
        (act.micro.do === 'clearEntries' || (act.micro.do === 'rewriteEntries' && act.micro.phase !== 'present'));
      for (const { id, op: of, owes } of before.shootdowns) {
        const now = after.shootdowns.find((one) => one.id === id);
        for (const pcpu of owes) {
          const span = rounds.get(id)!.find((one) => one.pcpu === pcpu)!;
          if (changes && of === op) span.from = time;
          if (now && !now.owes.includes(pcpu)) span.to = time + cycles;
        }
      }
      for (const { id, op: of, owes } of after.shootdowns)
        if (!rounds.has(id))
          rounds.set(
            id,
            owes.map((pcpu) => ({ pcpu, op: of, from: time, to: Infinity })),
          );
    }
    expect(spans.owed).toEqual([...rounds.values()].flat());
  });
});

test('a PCPU waits for the lock from its call, and for acknowledgements from its last IPI', () => {
  everyWorld((world) => {
    const { spans, moments } = played(start(world));
    const expected = moments.flatMap(({ before, after, record: { act, pcpu, op, time } }) => {
      if (act.kind !== 'micro') return [];
      const { micro } = act;
      if (micro.do === 'awaitAcks') return [{ pcpu, op, what: 'acks', from: micro.since, to: time }];
      const started = before.pcpus[pcpu].call?.started ?? after.pcpus[pcpu].call?.started ?? time;
      return micro.do === 'lock' ? [{ pcpu, op, what: 'lock', from: started, to: time }] : [];
    });
    expect(spans.waits).toEqual(expected.filter(({ from, to }) => to > from));
  });
});

test('a step has its PCPU, its operation, its name and its cycles', () => {
  everyWorld((world) => {
    const { spans, moments } = played(start(world));
    moments.forEach(({ record: { act, pcpu, op, cycles } }, i) => {
      const name = act.kind === 'micro' ? act.micro.do : act.message.kind;
      expect([spans.pcpus[i + 1], spans.ops[i + 1], spans.names[spans.acts[i + 1]], spans.cycles[i + 1]]).toEqual([
        pcpu,
        op,
        name,
        cycles,
      ]);
    });
  });
});

test('a dropped IPI is lost, and its target owes for ever', () => {
  const { messages, owed } = withFault('dropIpi', 1);
  expect(messages.map(({ kind, to, arrivedAt }) => [kind, to, arrivedAt])).toEqual([['ipi', 1, 0]]);
  expect(owed.map(({ pcpu, to }) => [pcpu, to === Infinity])).toEqual([
    [0, false],
    [1, true],
  ]);
});

test('of three IPIs the dropped one keeps its place among them', () => {
  const { messages } = withFault('dropIpi', 1, 4);
  const ipis = messages.filter(({ kind }) => kind === 'ipi');
  expect(ipis.map(({ to, arrivedAt }) => [to, arrivedAt > 0])).toEqual([
    [1, false],
    [2, true],
    [3, true],
  ]);
  expect(ipis.map(({ sent }) => sent)).toEqual(ipis.map(({ sent }) => sent).toSorted((a, b) => a - b));
});

test('a dropped acknowledgement is lost, but what was owed is done', () => {
  const { messages, owed } = withFault('dropAck', 1);
  expect(messages.map(({ kind, arrivedAt }) => [kind, arrivedAt > 0])).toEqual([
    ['ipi', true],
    ['ack', false],
  ]);
  expect(owed.every(({ to }) => to < Infinity)).toBe(true);
});

test('an IPI that comes twice is two messages', () => {
  const { messages } = withFault('duplicateIpi', 1);
  expect(messages.filter(({ kind }) => kind === 'ipi').map(({ arrivedAt }) => arrivedAt > 0)).toEqual([true, true]);
  expect(messages.every(({ arrivedAt }) => arrivedAt > 0)).toBe(true);
});

test('a PCPU with interrupts off owes until it takes the IPI that waited', () => {
  const ops: Op[] = [
    map('a', READWRITE, [range(16, 1)]),
    access('a', 'write', { pcpu: 1 }),
    sync,
    { op: 'mask', pcpu: 1, masked: true },
    unmap('a'),
    sync,
    { op: 'mask', pcpu: 1, masked: false },
    sync,
  ];
  const { spans, moments } = played(new Machine(run([], { pcpus: 2 }).config, ops));
  const flush = moments.find(({ record: { act } }) => act.kind === 'micro' && act.micro.do === 'flushRemote');
  const owed = spans.owed.find(({ pcpu }) => pcpu === 1)!;
  expect(spans.messages[0].arrivedAt).toBeGreaterThan(0);
  expect(owed.to).toBe(flush!.record.time + flush!.record.cycles);
});
