import { expect, test } from 'vitest';
import { access, change, map, range, record, rules, run, statuses, sync, unmap } from './machine.fixture';
import { peek } from './mmu';
import { lowVa } from './address';
import { AC } from './access';
import { EXECUTABLE, MIGHTCHANGE, READONLY, READWRITE } from './vmkapi';
import type { Machine } from './machine';

const walkOf = (m: Machine, va: number) => peek(m.paging, Math.floor(va / 2 ** 32), va | 0, AC);

test('Example 1: MPN 12-13 read-only, from the linear alias and with entries', () => {
  const ops = [map('va', READONLY, [range(12, 2)])];
  const fast = run(ops);
  expect(record(fast, 0)).toMatchObject({ status: 'VMK_OK', vpn: 0x6400_0000_0000 / 4096 + 12 });
  const slow = run(ops, { policies: { ...fast.config.policies, fastPath: 'off' } });
  const { vpn } = record(slow, 0)!;
  expect(vpn).toBe(0x4400_0000_0000 / 4096);
  for (const m of [fast, slow]) {
    for (let i = 0; i < 2; i++) {
      const walk = walkOf(m, (record(m, 0)!.vpn! + i) * 4096);
      expect(walk.reason).toBe(0);
      expect(walk.mpn + (walk.level === 2 ? 0 : 0)).toBeGreaterThanOrEqual(0);
      expect(walk.rights(walk.level) & 2).toBe(0);
      expect(walk.rights(walk.level) & 8).toBe(8);
    }
  }
  const gone = run([...ops, unmap('va')], { policies: slow.config.policies });
  expect(walkOf(gone, vpn! * 4096).reason).not.toBe(0);
  expect(gone.state.pool.used).toBe(run([]).state.pool.used);
});

test('Example 2: after the change the mapping is read-only and executable', () => {
  const ops = [map('va', READWRITE | MIGHTCHANGE, [range(6, 15), range(42, 9)]), change('va', EXECUTABLE)];
  const m = run(ops);
  expect(statuses(m)).toEqual(['VMK_OK', 'VMK_OK']);
  const start = record(m, 0)!.vpn! * 4096;
  for (let i = 0; i < 24; i++) {
    const walk = walkOf(m, start + i * 4096);
    expect(walk.mpn).toBe(i < 15 ? 6 + i : 42 + i - 15);
    expect(walk.rights(1)).toBe(0);
    expect(walk.lo[1] & 0xfff).toBe(1);
  }
  const all = run([...ops, unmap('va')]);
  expect(all.state.mappings.size).toBe(0);
  expect(all.state.hazards).toEqual([]);
  expect(all.state.pool.used).toBe(run([]).state.pool.used);
});

test('a dropped IPI lets a PCPU use the page after unmap; a correct shootdown does not', () => {
  const ops = (faults: boolean) => [
    map('a', READWRITE, [range(100, 1)]),
    access('a', 'write', { pcpu: 1 }),
    sync,
    ...(faults ? [{ op: 'fault', what: 'dropIpi', pcpu: 1, times: 1, cycles: 0 } as const] : []),
    unmap('a'),
    sync,
    access('a', 'write', { pcpu: 1 }),
  ];
  expect(rules(run(ops(true)))).toEqual(['missing-ack', 'use-after-unmap', 'foreign-write']);
  const good = run(ops(false));
  expect(rules(good)).toEqual([]);
  expect(record(good, 5)?.fault?.errorCode).toBe(2);
  expect(lowVa(record(good, 5)!.fault!.cr2)).toBe(record(good, 0)!.vpn! * 4096);
});

test('2^32 - 1 pages in one call', () => {
  const pages = 2 ** 32 - 1;
  const m = run(
    [
      map('big', READWRITE, [range(0x4000000, pages)]),
      access('big', 'write'),
      access('big', 'read', { at: { mapping: 'big', offset: BigInt(pages - 1) * 4096n } }),
      unmap('big'),
    ],
    {
      regions: [{ kind: 'ram', name: 'memory', startMPN: 0, pages: 2 ** 34 }],
      tablePool: { startMPN: 4096, pages: 2 ** 25 },
    },
  );
  expect(statuses(m)).toEqual(['VMK_OK', undefined, undefined, undefined]);
  expect(record(m, 2)?.ma).toBe((0x4000000 + pages - 1) * 4096);
  expect(rules(m)).toEqual([]);
});
