import { expect, test } from 'vitest';
import { access, at, map, range, record, rules, run, statuses, sync, unmap } from './machine.fixture';
import { Machine } from './machine';
import type { Op } from './op';
import { step } from './step';
import { DEFAULT_CONFIG } from './config';
import { MAP_TYPES, READWRITE, UNCACHED } from './vmkapi';

const fault = (what: 'dropIpi' | 'delayAck' | 'skipRemoteFlush', pcpu: number, cycles = 0): Op => ({
  op: 'fault',
  what,
  pcpu,
  times: 1,
  cycles,
});
const limit = (name: 'ackTimeout', value: number): Op => ({ op: 'set', pcpu: 0, what: 'limit', name, value });

function times(ops: readonly Op[]): number[] {
  const machine = new Machine(DEFAULT_CONFIG, ops);
  const list: number[] = [];
  for (let next = step(machine); next; next = step(machine)) list.push(next.time);
  return list;
}
const ascending = (list: readonly number[]): boolean => list.every((time, i) => i === 0 || time >= list[i - 1]);

test('time never runs back, after a call that was refused or an acknowledgement that came late', () => {
  const refused = times([
    map('gone', READWRITE, [range(0x4000, 1)], { module: 'nobody' }),
    access('gone'),
    map('b', READWRITE, [range(0x4000, 1)], { pcpu: 1 }),
    access('b', 'read', { pcpu: 1 }),
  ]);
  const late = times([
    limit('ackTimeout', 20_000),
    map('a', READWRITE, [range(0x4000, 1)]),
    fault('delayAck', 1, 500_000),
    unmap('a'),
    sync,
    access('a', 'read', { pcpu: 2 }),
  ]);
  expect(refused.length).toBeGreaterThan(5);
  expect(ascending(refused)).toBe(true);
  expect(late.at(-1)).toBeGreaterThan(500_000);
  expect(ascending(late)).toBe(true);
});

test('what a call spends while it waits for another one counts as waiting', () => {
  const m = run([
    map('a', READWRITE, [range(0x4000, 20)]),
    unmap('a'),
    map('b', READWRITE, [range(0x5000, 1)], { pcpu: 1 }),
  ]);
  const { started, ended, cycles } = record(m, 2)!;
  expect(cycles.wait).toBeGreaterThan(5000);
  expect(Math.abs(ended - started - Object.values(cycles).reduce((a, b) => a + b, 0))).toBeLessThan(6000);
});

test('a PCPU that turns to another PCID while an IPI is on its way still flushes everything', () => {
  const m = run([
    map('a', READWRITE, [range(0x4000, 1)]),
    access('a', 'write', { pcpu: 1 }),
    sync,
    unmap('a'),
    { op: 'set', pcpu: 1, what: 'control', name: 'CR4.PCIDE', value: true },
    { op: 'invalidate', pcpu: 1, how: 'cr3', pcid: 5, keep: true },
    sync,
    { op: 'invalidate', pcpu: 1, how: 'cr3', pcid: 0, keep: true },
    access('a', 'write', { pcpu: 1 }),
  ]);
  expect(rules(m)).toEqual([]);
  expect(record(m, 8)?.fault?.reason).toBe('not-present');
});

test('a reservation cannot be released under a mapping that is being made', () => {
  const m = run([
    { op: 'reserve', pcpu: 0, as: 'fb', module: 'net', resource: 'framebuffer' },
    map('a', READWRITE | UNCACHED, [range(0xe0000, 4096)], { mapType: MAP_TYPES.DEVICE, reservation: 'fb' }),
    { op: 'release', pcpu: 1, reservation: 'fb' },
  ]);
  expect(statuses(m)).toEqual(['VMK_OK', 'VMK_OK', 'VMK_BUSY']);
});

test('an access that its TLB entry refuses did not use it', () => {
  const m = run([
    map('a', READWRITE, [range(0x4000, 1)]),
    access('a', 'read', { pcpu: 1 }),
    sync,
    fault('skipRemoteFlush', 1),
    unmap('a'),
    sync,
    access('a', 'write', { pcpu: 1 }),
  ]);
  expect(record(m, 6)?.fault?.errorCode).toBe(2);
  expect(rules(m)).not.toContain('use-after-unmap');
  expect(rules(m)).not.toContain('foreign-write');
});

test('a burst that runs out of canonical addresses gets #GP for the rest', () => {
  const m = run([
    {
      op: 'access',
      pcpu: 0,
      at: { va: 0x7fff_ffff_f000n },
      kind: 'read',
      privilege: 'supervisor',
      ac: false,
      count: 3,
      stride: 4096n,
    },
    {
      op: 'access',
      pcpu: 0,
      at: { va: 0x8000_0000_0000n },
      kind: 'read',
      privilege: 'supervisor',
      ac: false,
      count: 2,
      stride: 8n,
    },
  ]);
  expect(record(m, 0)?.access).toMatchObject({ walks: 1, faults: 3 });
  expect(record(m, 1)?.access).toMatchObject({ walks: 0, faults: 2 });
  expect(m.tlbs[0].counters).toMatchObject({ walks: 1, faults: 5 });
});

test('references to the alias are given back by name', () => {
  const m = run([
    map('n', 0n, [range(12, 2)]),
    map('s', 0n, [range(12, 2)], { module: 'storage' }),
    { op: 'unmap', pcpu: 0, context: 'world', at: at('n') },
    { op: 'unload', pcpu: 0, module: 'net' },
    { op: 'unload', pcpu: 0, module: 'storage' },
  ]);
  expect(statuses(m).slice(3)).toEqual(['VMK_OK', 'VMK_MODULE_CONSUMED_RESOURCE_COUNT_NOT_ZERO']);
});
