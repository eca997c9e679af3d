import { expect, test } from 'vitest';
import { DEFAULT_POLICIES, type MachineConfig } from '../config';
import { substance } from '../digest.fixture';
import { at, map, range, record, rules, run, unmap } from '../machine.fixture';
import type { AddressRef, Op } from '../op';
import type { Context } from '../vmkapi';
import { READONLY, READWRITE } from '../vmkapi';

const config: Partial<MachineConfig> = { policies: { ...DEFAULT_POLICIES, fastPath: 'off' } };
const made = map('a', READWRITE, [range(100, 4)]);
const call = (to: AddressRef, context: Context = 'world'): Op => ({ op: 'unmap', pcpu: 0, context, at: to });

const REFUSED: readonly (readonly [what: string, op: Op, rule: string, says: RegExp])[] = [
  ['zero', call({ va: 0n }), 'bad-unmap', /vmk_Unmap\(0\)/],
  ['an address never returned', call({ va: 0x4500_0000_0000n }), 'bad-unmap', /never returned/],
  [
    'an address inside a mapping',
    call(at('a', 4096n)),
    'bad-unmap',
    /inside the mapping that starts at 0x440000000000/,
  ],
  ['an unaligned address in a mapping', call(at('a', 8n)), 'bad-unmap', /not page-aligned, inside/],
  ['an unaligned address elsewhere', call({ va: 0x1001n }), 'bad-unmap', /not page-aligned, and no mapping is there/],
  ['an address that is not canonical', call({ va: 0x8000_0000_0000n }), 'bad-unmap', /not canonical/],
  ['the start with wrong upper bits', call({ va: 0x1_4400_0000_0000n }), 'bad-unmap', /not canonical/],
  ['a bottom half', call(at('a'), 'bottomHalf'), 'wrong-context', /bottom half/],
  ['an interrupt', call(at('a'), 'interrupt'), 'wrong-context', /interrupt/],
  ['an NMI', call(at('a'), 'nmi'), 'wrong-context', /NMI/],
];

test.each(REFUSED)(
  'vmk_Unmap of %s unmaps nothing, has no status, and a hazard says which it was',
  (_, op, rule, says) => {
    const m = run([made, op], config);
    expect(record(m, 1)!.status).toBeUndefined();
    expect(m.state.hazards).toMatchObject([{ rule, says: expect.stringMatching(says) as string, op: 1 }]);
    expect(substance(m)).toBe(substance(run([made], config)));
  },
);

test('a second vmk_Unmap says that the first one was enough', () => {
  const m = run([made, unmap('a'), unmap('a')], config);
  expect(m.state.hazards).toMatchObject([
    { rule: 'bad-unmap', says: expect.stringMatching(/unmapped before/) as string, op: 2 },
  ]);
  expect(substance(m)).toBe(substance(run([made, unmap('a')], config)));
});

test('a mapping unmapped leaves nothing behind: tables, frames and VA are those of the start', () => {
  for (const ranges of [[range(100, 1)], [range(100, 700), range(9, 3)], [range(512, 1024)]]) {
    for (const pageSizes of ['4K', '2M', '1G'] as const) {
      const rules4 = { policies: { ...DEFAULT_POLICIES, pageSizes } };
      const m = run([map('a', READWRITE, ranges), unmap('a')], rules4);
      const empty = run([], rules4);
      expect(substance(m)).toBe(substance(empty));
    }
  }
});

test('tables that are kept stay linked and empty, and the next mapping uses them', () => {
  const keep = { policies: { ...DEFAULT_POLICIES, emptyTables: 'keep' as const } };
  const m = run([made, unmap('a'), map('b', READWRITE, [range(50, 2)])], keep);
  expect(m.state.pool.used).toBe(run([made], keep).state.pool.used);
  expect(record(m, 2)!.says).toMatch(/0 tables taken/);
});

test('references to the linear alias are counted by vmk_Map and vmk_Unmap', () => {
  const ops = [
    map('a', READONLY, [range(100, 1)]),
    map('b', READONLY, [range(100, 1)]),
    unmap('a'),
    unmap('b'),
    unmap('b'),
  ];
  const sizes = [1, 2, 3, 4].map((count) => run(ops.slice(0, count)).state.aliases.size);
  expect(sizes).toEqual([1, 2, 1, 0]);
  expect(rules(run(ops))).toEqual(['bad-unmap']);
});
