import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, DEFAULT_POLICIES, type MachineConfig } from '../config';
import { unfinished, violations } from '../invariants';
import { Machine } from '../machine';
import { access, change, map, range, record, rules, sync, unmap } from '../machine.fixture';
import type { Injection, Op } from '../op';
import { step } from '../step';
import { READONLY, READWRITE, MIGHTCHANGE } from '../vmkapi';

const made = map('a', READWRITE | MIGHTCHANGE, [range(100, 2)]);
const used = [0, 1, 2].map((pcpu) => access('a', 'write', { pcpu }));
const fault = (what: Injection, pcpu: number, cycles = 0): Op => ({ op: 'fault', what, pcpu, times: 1, cycles });
const mask = (pcpu: number, masked: boolean): Op => ({ op: 'mask', pcpu, masked });
const TIMEOUT = 20_000;

function play(
  ops: readonly Op[],
  more: Partial<MachineConfig> = {},
): { readonly m: Machine; readonly log: readonly string[] } {
  const m = new Machine(
    { ...DEFAULT_CONFIG, pcpus: 3, policies: { ...DEFAULT_POLICIES, ackTimeout: TIMEOUT }, ...more },
    ops,
  );
  const log: string[] = [];
  for (let made = step(m); made; made = step(m)) {
    expect(violations(m)).toEqual([]);
    const { act } = made;
    log.push(
      act.kind === 'micro'
        ? `${made.pcpu} ${act.micro.do}`
        : `${made.pcpu} ${act.message.kind} from ${act.message.from}`,
    );
  }
  return { m, log };
}
const count = (log: readonly string[], text: string): number => log.filter((line) => line.includes(text)).length;
const isClean = (m: Machine): boolean => m.tlbs.every((tlb) => tlb.l1d4k.live + tlb.l2.live === 0);

test('an unmap flushes at home, interrupts every other PCPU, waits for all of them, and only then gives back', () => {
  const { m, log } = play([made, ...used, sync, unmap('a')]);
  expect(count(log, 'ipi from 0')).toBe(2);
  expect(count(log, 'ack from')).toBe(2);
  expect(count(log, 'flushRemote')).toBe(2);
  const order = [
    '0 clearEntries',
    '0 flushLocal',
    '0 sendIpis',
    '1 flushRemote',
    '2 flushRemote',
    '0 release',
    '0 unmapDone',
  ].map((line) => log.lastIndexOf(line));
  expect(order.every((at) => at >= 0)).toBe(true);
  expect(order.toSorted((a, b) => a - b)[5]).toBe(order[5]);
  expect(log.lastIndexOf('0 release')).toBeGreaterThan(log.findLastIndex((line) => line.includes('ack from')));
  expect(isClean(m)).toBe(true);
});

test('a machine of one PCPU sends nothing', () => {
  const { log } = play([made, access('a'), unmap('a')], { pcpus: 1 });
  expect(count(log, 'sendIpis')).toBe(0);
  expect(count(log, 'flushLocal')).toBe(1);
});

test('a PCPU with interrupts off acknowledges when they are on again', () => {
  const busy = access('other', 'read', { pcpu: 1, count: 3000, stride: 0n });
  const ops = [
    map('other', READWRITE, [range(50, 1)]),
    made,
    ...used,
    sync,
    mask(1, true),
    sync,
    unmap('a'),
    busy,
    mask(1, false),
  ];
  const { m, log } = play(ops);
  expect(rules(m)).toEqual([]);
  expect(log.indexOf('1 flushRemote')).toBeGreaterThan(log.lastIndexOf('1 burst'));
  expect(log.lastIndexOf('1 burst')).toBeGreaterThan(log.indexOf('1 ipi from 0'));
  expect(record(m, ops.length - 1)!.says).toMatch(/Interrupts are on.*1 held-back IPI is taken now/);
  expect(m.state.va.count).toBe(1);
});

test('past the time-out the initiator goes on and says who is missing; what that one may use stays held back until it answers', () => {
  const late = [made, ...used, sync, mask(1, true), sync, unmap('a'), sync];
  const { m } = play(late);
  expect(rules(m)).toEqual(['missing-ack']);
  expect(m.state.hazards[0]).toMatchObject({ pcpu: 1, op: 7 });
  expect(m.state.shootdowns).toMatchObject([{ timedOut: true, owes: [1], unacked: [1] }]);
  expect(m.state.va.count).toBe(1);
  const used4 = m.state.pool.used;
  const { m: other } = play([...late, map('b', READWRITE, [range(200, 2)])]);
  expect(record(other, 9)!.vpn).toBe(record(other, 0)!.vpn! + 2);
  const { m: after } = play([...late, mask(1, false), sync]);
  expect(after.state.shootdowns).toEqual([]);
  expect(after.state.va.count).toBe(0);
  expect(after.state.pool.used).toBeLessThan(used4);
  expect(isClean(after)).toBe(true);
});

test('a lost acknowledgement is reported although the PCPU has flushed, and holds back for good', () => {
  const { m } = play([made, ...used, sync, fault('dropAck', 1), unmap('a'), sync, access('a', 'write', { pcpu: 1 })]);
  expect(rules(m)).toEqual(['missing-ack']);
  expect(m.state.shootdowns).toMatchObject([{ owes: [], unacked: [1] }]);
  expect(record(m, 8)!.fault).toBeDefined();
});

test('late messages within the time-out only cost time', () => {
  const plain = play([made, ...used, sync, unmap('a')]).m;
  for (const what of ['delayIpi', 'delayAck'] as const) {
    const { m } = play([made, ...used, sync, fault(what, 1, 5000), unmap('a')]);
    expect(rules(m)).toEqual([]);
    const waited = (each: Machine, op: number): number => record(each, op)!.ended - record(each, op)!.started;
    expect(waited(m, 6) - waited(plain, 5)).toBeGreaterThan(4000);
    expect(m.state.va.count).toBe(0);
  }
});

test('an IPI that comes after the time-out is answered, and its answer gives back', () => {
  const { m } = play([made, ...used, sync, fault('delayIpi', 2, 3 * TIMEOUT), unmap('a'), sync]);
  expect(rules(m)).toEqual(['missing-ack']);
  expect(m.state.shootdowns).toEqual([]);
  expect(m.state.va.count).toBe(0);
});

test('messages that arrive twice are answered twice and change nothing', () => {
  const plain = play([made, ...used, sync, unmap('a'), sync]).m;
  for (const what of ['duplicateIpi', 'duplicateAck'] as const) {
    const { m, log } = play([made, ...used, sync, fault(what, 1), unmap('a'), sync]);
    expect(rules(m)).toEqual([]);
    expect(count(log, '0 ack from 1')).toBe(2);
    expect(m.state.pool.used).toBe(plain.state.pool.used);
    expect(m.state.va.count).toBe(0);
    expect(m.state.shootdowns).toEqual([]);
  }
});

test('pages up to the ceiling are dropped one by one, more by a flush of everything', () => {
  const kept = (pages: number, flushCeiling: number): boolean => {
    const ops = [
      map('other', READWRITE, [range(50, 1)]),
      access('other', 'read', { pcpu: 1 }),
      sync,
      map('a', READWRITE, [range(100, pages)]),
      sync,
      unmap('a'),
      sync,
    ];
    const { m } = play(ops, { policies: { ...DEFAULT_POLICIES, flushCeiling } });
    return m.tlbs[1].l1d4k.live > 0;
  };
  expect([kept(33, 33), kept(34, 33), kept(1, 0), kept(4, 4), kept(5, 4)]).toEqual([true, false, false, true, false]);
});

test('lazy unmaps interrupt nobody until as many pages are held back as the limit says', () => {
  const policies = { ...DEFAULT_POLICIES, shootdown: 'lazy' as const, lazyPages: 4 };
  const maps = ['a', 'b', 'c'].map((name, i) => map(name, READWRITE, [range(100 + 10 * i, 2)]));
  const two = play([...maps, sync, unmap('a'), unmap('b')], { policies });
  expect(count(two.log, 'ipi from')).toBe(0);
  expect(two.m.state.deferred).toHaveLength(2);
  expect(two.m.state.va.count).toBe(1);
  const three = play([...maps, sync, unmap('a'), unmap('b'), unmap('c')], { policies });
  expect(count(three.log, 'ipi from')).toBe(2);
  expect(three.m.state.deferred).toEqual([]);
  expect(three.m.state.va.count).toBe(0);
});

test('what is held back is flushed when address space or frames run out, before the call fails', () => {
  const lazy = { ...DEFAULT_POLICIES, shootdown: 'lazy' as const };
  const window = { vpn: DEFAULT_CONFIG.window.vpn, pages: 2 };
  const { m } = play(
    [made, unmap('a'), map('b', READWRITE, [range(200, 2)]), sync, unmap('b'), map('c', READWRITE, [range(200, 2)])],
    { policies: lazy, window },
  );
  expect([2, 5].map((op) => record(m, op)!.status)).toEqual(['VMK_OK', 'VMK_OK']);
  const frames = play([map('a', READWRITE, [range(512, 512)]), unmap('a'), map('b', READWRITE, [range(512, 512)])], {
    policies: lazy,
    alias: undefined,
    tablePool: { startMPN: 4096, pages: 4 },
  });
  expect(record(frames.m, 2)!.status).toBe('VMK_OK');
});

test('device pages are never held back: reading them can have side effects', () => {
  const policies = { ...DEFAULT_POLICIES, shootdown: 'lazy' as const };
  const reservations = [{ name: 'bar', module: 'net', resource: 'nic' }];
  const { m, log } = play([map('a', 8n, [range(0xfeb00, 1)], { mapType: 2, reservation: 'bar' }), sync, unmap('a')], {
    policies,
    reservations,
  });
  expect(count(log, 'ipi from')).toBe(2);
  expect(m.state.deferred).toEqual([]);
});

test('one mapping call runs at a time; the others wait, and their wait is counted', () => {
  const { m, log } = play([
    map('a', READWRITE, [range(100, 1)]),
    map('b', READWRITE, [range(200, 1)], { pcpu: 1 }),
    map('c', READWRITE, [range(300, 1)], { pcpu: 2 }),
  ]);
  const calls = log.filter((line) => line.endsWith('lock') || line.endsWith('mapDone')).map((line) => line.slice(2));
  expect(calls).toEqual(['lock', 'mapDone', 'lock', 'mapDone', 'lock', 'mapDone']);
  expect(record(m, 0)!.cycles.wait ?? 0).toBe(0);
  expect(record(m, 1)!.cycles.wait).toBeGreaterThan(0);
  expect(record(m, 2)!.cycles.wait).toBeGreaterThan(record(m, 1)!.cycles.wait!);
  expect(record(m, 1)!.started).toBe(0);
});

test('two PCPUs that unmap the same mapping at once: one does, the other is told', () => {
  const { m } = play([made, sync, unmap('a', 0), unmap('a', 1), sync, change('a', READONLY)]);
  expect(rules(m)).toEqual(['bad-unmap']);
  expect(record(m, 5)!.status).toBe('VMK_NOT_FOUND');
  expect(unfinished(m)).toEqual([]);
});
