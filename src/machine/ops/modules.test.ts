import { expect, test } from 'vitest';
import { DEFAULT_POLICIES } from '../config';
import { map, range, record, rules, run, statuses, unmap } from '../machine.fixture';
import type { Op } from '../op';
import { READONLY, READWRITE } from '../vmkapi';

const unload = (module: string | number): Op => ({ op: 'unload', pcpu: 0, module });
const load = (module: string): Op => ({ op: 'load', pcpu: 0, module });
const a = map('a', READWRITE, [range(100, 3)]);
const leak = { policies: { ...DEFAULT_POLICIES, moduleUnload: 'leak' as const } };

test('a module with live mappings is not unloaded, and the refusal lists them', () => {
  const m = run([a, map('b', READONLY, [range(7, 1)]), unload('net')]);
  expect(record(m, 2)).toMatchObject({ status: 'VMK_MODULE_CONSUMED_RESOURCE_COUNT_NOT_ZERO', field: 'module' });
  expect(record(m, 2)!.says).toMatch(/2 live mappings: 0x440000000000 \(3\), 0x640000007000 \(1\)/);
  expect(m.state.modules[1].loaded).toBe(true);
});

test('a module without live mappings is unloaded, and then it cannot map', () => {
  const m = run([
    a,
    unmap('a'),
    unload('net'),
    map('b', READWRITE, [range(100, 1)]),
    map('c', READWRITE, [range(100, 1)], { module: 1 }),
  ]);
  expect(statuses(m)).toEqual(['VMK_OK', undefined, 'VMK_OK', 'VMK_INVALID_MODULE', 'VMK_INVALID_MODULE']);
});

test('where leaks are let go the mappings stay, accounted to nobody who is loaded', () => {
  const m = run([a, unload('net'), unmap('a')], leak);
  expect(rules(run([a, unload('net')], leak))).toEqual(['unload-leak']);
  expect(run([a, unload('net')], leak).state.mappings.size).toBe(1);
  expect(m.state.mappings.size).toBe(0);
});

test('unloading frees the reservations of a module', () => {
  const reserve: Op = { op: 'reserve', pcpu: 0, as: 'bar', module: 'net', resource: 'nvme' };
  const taken: Op = { op: 'reserve', pcpu: 0, as: 'other', module: 'storage', resource: 'nvme' };
  expect(statuses(run([reserve, taken]))).toEqual(['VMK_OK', 'VMK_NOT_SHARED']);
  expect(statuses(run([reserve, unload('net'), taken]))).toEqual(['VMK_OK', 'VMK_OK', 'VMK_OK']);
});

test('vmkernel stays, names are loaded once, and a name loaded again has a new number', () => {
  const m = run([unload('vmkernel'), unload('gone'), load('net'), unload('net'), load('net'), load('third')]);
  expect(statuses(m)).toEqual(['VMK_BAD_PARAM', 'VMK_NOT_FOUND', 'VMK_EXISTS', 'VMK_OK', 'VMK_OK', 'VMK_OK']);
  expect(m.state.modules.map(({ name, loaded }) => [name, loaded])).toEqual([
    ['vmkernel', true],
    ['net', false],
    ['storage', true],
    ['net', true],
    ['third', true],
  ]);
});
