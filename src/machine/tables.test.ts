import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportTables } from '../engine/tables-export';
import { DEFAULT_CONFIG, TLB_PRESETS, type Policies } from './config';
import { memoryText } from './digest.fixture';
import { unfinished, violations } from './invariants';
import { Machine } from './machine';
import { access, at, change, map, range, unmap } from './machine.fixture';
import type { Op, RangeSpec } from './op';
import { step } from './step';
import { EXECUTABLE, MIGHTCHANGE, READWRITE, UNCACHED } from './vmkapi';

const machine = new Machine(
  {
    ...DEFAULT_CONFIG,
    pcpus: 1,
    tlb: TLB_PRESETS.teaching,
    alias: undefined,
    window: { vpn: 2 ** 34 - 600, pages: 2 ** 28 },
  },
  [],
);
const fresh = machine.snapshot();

/** The tables after some operations, as every present entry by its machine address. */
function tablesAfter(ops: readonly Op[], policies: Partial<Policies>): ReturnType<typeof exportTables> {
  machine.restore(fresh);
  machine.update({ policies: { ...machine.config.policies, ...policies } });
  machine.ops = ops;
  while (step(machine));
  expect([...violations(machine), ...unfinished(machine)]).toEqual([]);
  return exportTables(machine);
}

/** The same pages one by one. */
const single = ({ startMPN, numPages }: RangeSpec): RangeSpec => ({
  startMPN,
  numPages: 1,
  count: numPages,
  stride: 1n,
});

const sizes = fc.oneof(fc.integer({ min: 1, max: 600 }), fc.constantFrom(511, 512, 513, 1024, 1500));
const requests = fc
  .array(fc.tuple(fc.integer({ min: 16, max: 200_000 }), sizes), { minLength: 1, maxLength: 4 })
  .map((list) => list.map(([mpn, pages]) => range(mpn, pages)));
const attrs = fc.constantFrom(READWRITE, EXECUTABLE, READWRITE | UNCACHED).map((bits) => bits | MIGHTCHANGE);
const touches = fc.array(fc.tuple(fc.nat(2000), fc.constantFrom('read' as const, 'write' as const)), { maxLength: 4 });

test('a folded mapping has the entries that page by page and table by table writing gives', () => {
  fc.assert(
    fc.property(requests, requests, attrs, attrs, touches, (first, second, before, after, list) => {
      const ops = (form: (spec: RangeSpec) => RangeSpec): Op[] => [
        map('a', before, first.map(form)),
        map('b', READWRITE, second.map(form)),
        ...list.map(([page, kind]): Op => access('a', kind, { at: at('a', BigInt(page) * 4096n) })),
        change('a', after),
      ];
      const folded = tablesAfter(
        ops((spec) => spec),
        {},
      );
      expect(tablesAfter(ops(single), {})).toEqual(folded);
      expect(
        tablesAfter(
          ops((spec) => spec),
          { granularity: 'fine' },
        ),
      ).toEqual(folded);
      const gone = tablesAfter([...ops((spec) => spec), unmap('a'), unmap('b')], {});
      expect(gone).toEqual(tablesAfter([], {}));
      expect(
        memoryText(machine)
          .split('\n')
          .filter((line) => Number(line.split(' ')[0]) >= machine.config.tablePool.startMPN),
      ).toEqual([]);
    }),
    { seed: 23, numRuns: 12 },
  );
});

test('large pages lie exactly where both addresses allow them, whatever the ranges', () => {
  const large = fc.array(fc.tuple(fc.integer({ min: 16, max: 2000 }), fc.integer({ min: 1, max: 2600 })), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(large, (list) => {
      const ranges = list.map(([mpn, pages]) => range(mpn, pages));
      tablesAfter([map('a', READWRITE, ranges)], { pageSizes: '2M' });
      const vpn = machine.state.records.get(0)!.vpn!;
      const where = list.flatMap(([mpn, pages]) => Array.from({ length: pages }, (_, i) => mpn + i));
      const inLarge = where.map((mpn, i) => {
        const back = mpn % 512;
        const start = i - back;
        return (
          (vpn + start) % 512 === 0 &&
          start >= 0 &&
          where.slice(start, start + 512).every((each, j) => each === mpn - back + j) &&
          start + 512 <= where.length &&
          sameRange(list, start)
        );
      });
      const levels = where.map((_, i) => {
        const table = machine.state.directory.tables[1].at(Math.floor((vpn + i) / 512));
        return table === undefined || (machine.memory.read(table)[((vpn + i) % 512) * 2] & 1) === 0;
      });
      expect(levels).toEqual(inLarge);
    }),
    { seed: 29, numRuns: 20 },
  );
});

/** Whether 512 pages from page `start` of the request lie in one of its ranges. */
function sameRange(list: readonly (readonly [number, number])[], start: number): boolean {
  let before = 0;
  return list.some(([, pages]) => {
    const inside = start >= before && start + 512 <= before + pages;
    before += pages;
    return inside;
  });
}
