import { expect, test } from 'vitest';
import { access, at, map, range, record, run, statuses, unmap } from '../machine.fixture';
import type { Op } from '../op';
import { READWRITE, UNCACHED } from '../vmkapi';

const register = (resource: string, start: bigint, length: bigint): Op => ({
  op: 'register',
  pcpu: 0,
  resource,
  start,
  length,
  attrs: [],
});
const reserve = (as: string, resource: string, module = 'net'): Op => ({
  op: 'reserve',
  pcpu: 0,
  as,
  module,
  resource,
});
const release = (reservation: string): Op => ({ op: 'release', pcpu: 0, reservation });

test('a resource is registered where no other one is', () => {
  const m = run([
    register('x', 0xd000_0000n, 4096n),
    register('y', 0xd000_0fffn, 1n),
    register('z', 0xd000_1000n, 1n),
    register('w', 0xd000_2000n, 0n),
    register('v', (1n << 46n) - 1n, 2n),
  ]);
  expect(statuses(m)).toEqual(['VMK_OK', 'VMK_FAILURE', 'VMK_OK', 'VMK_BAD_PARAM', 'VMK_BAD_PARAM']);
});

test('only what is SHAREABLE is reserved twice, and a name is given once', () => {
  const m = run([
    reserve('a', 'nvme'),
    reserve('b', 'nvme'),
    reserve('c', 'nic'),
    reserve('d', 'nic', 'storage'),
    reserve('c', 'nic'),
    reserve('e', 'none'),
    reserve('f', 'nic', 'gone'),
  ]);
  expect(statuses(m)).toEqual([
    'VMK_OK',
    'VMK_NOT_SHARED',
    'VMK_OK',
    'VMK_OK',
    'VMK_EXISTS',
    'VMK_BAD_ADDR_RANGE',
    'VMK_INVALID_MODULE',
  ]);
});

test('a reservation under a live mapping is kept, and released after it', () => {
  const bar = map('a', UNCACHED, [range(0xfea00, 4)], { mapType: 2, reservation: 'bar' });
  const m = run([reserve('bar', 'nvme'), bar, release('bar'), unmap('a'), release('bar'), release('bar')]);
  expect(statuses(m)).toEqual(['VMK_OK', 'VMK_OK', 'VMK_BUSY', undefined, 'VMK_OK', 'VMK_INVALID_HANDLE']);
});

const query = (va: Parameters<typeof at>[0] | bigint, offset: bigint, length: bigint): Op => ({
  op: 'va2ma',
  pcpu: 0,
  at: typeof va === 'bigint' ? { va } : at(va, offset),
  length,
});

test('vmk_VA2MA answers for what is contiguous in machine memory, and says where it is not', () => {
  const a = map('a', READWRITE, [range(100, 2), range(102, 1), range(50, 1)]);
  const m = run([
    a,
    query('a', 8n, 3n * 4096n - 8n),
    query('a', 8n, 3n * 4096n - 7n),
    query('a', 3n * 4096n, 4096n),
    query('a', 3n * 4096n, 4097n),
    query('a', 0n, 0n),
    query(0n, 0n, 8n),
    query(1n << 47n, 0n, 8n),
  ]);
  expect(statuses(m)).toEqual([
    'VMK_OK',
    'VMK_OK',
    'VMK_INVALID_ADDRESS',
    'VMK_OK',
    'VMK_INVALID_ADDRESS',
    'VMK_BAD_PARAM',
    'VMK_NOT_MAPPED',
    'VMK_INVALID_ADDRESS',
  ]);
  expect(record(m, 1)!.ma).toBe(100 * 4096 + 8);
  expect(record(m, 3)!.ma).toBe(50 * 4096);
});

test('vmk_VA2MA looks and does not touch: A stays clear and nothing is cached', () => {
  const ops = [map('a', READWRITE, [range(100, 1)])];
  const m = run([...ops, query('a', 0n, 8n)]);
  const plain = run(ops);
  const mpn = m.state.directory.tables[1].at(0x4400_0000_0000 / 4096 / 512)!;
  expect(m.memory.load(mpn * 4096)).toBe(plain.memory.load(mpn * 4096));
  expect(m.tlbs[0].l2.live).toBe(0);
  expect(run([...ops, access('a')]).tlbs[0].l2.live).toBe(1);
});
