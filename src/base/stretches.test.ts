import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined, meets } from './stretches';

const stretch = fc
  .record({ start: fc.integer({ min: 0, max: 60 }), size: fc.integer({ min: 1, max: 9 }) })
  .map(({ start, size }) => ({ start, end: start + size }));
const keysOf = (list: readonly { readonly start: number; readonly end: number }[]): ReadonlySet<number> =>
  new Set(list.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)));

test('joined stretches hold the same keys, in order and apart', () => {
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 12 }), (list) => {
      const all = joined(list);
      expect([...keysOf(all)].toSorted((a, b) => a - b)).toEqual([...keysOf(list)].toSorted((a, b) => a - b));
      expect(all.every(({ start }, i) => i === 0 || start > all[i - 1].end)).toBe(true);
    }),
  );
});

test('a stretch is met where a key of it is', () => {
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 12 }), stretch, (list, { start, end }) => {
      const keys = keysOf(list);
      const some = [...keysOf([{ start, end }])].some((key) => keys.has(key));
      expect(meets(joined(list), start, end)).toBe(some);
    }),
  );
});
