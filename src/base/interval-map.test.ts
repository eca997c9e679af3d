import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { IntervalMap } from './interval-map';

const SIZE = 60;
const spans = fc.tuple(fc.nat(SIZE - 1), fc.nat(SIZE)).map(([start, end]) => ({ start, end: Math.max(start, end) }));
const acts = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('put' as const), span: spans, value: fc.nat(1000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), span: spans }) },
);

test('an interval map with values that count on agrees with one value a key', () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 30, size: 'max' }), spans, (list, asked) => {
      let map = IntervalMap.empty<number>((value, by) => value + by);
      const twin = new Map<number, number>();
      for (const act of list) {
        const { start, end } = act.span;
        const before = [...map.all()];
        const next = act.do === 'put' && start < end ? map.put(start, end, act.value) : map.cut(start, end);
        expect([...map.all()]).toEqual(before);
        map = next;
        for (let key = start; key < end; key++) {
          if (act.do === 'put') twin.set(key, act.value + key - start);
          else twin.delete(key);
        }
      }
      const keys = Array.from({ length: SIZE + 2 }, (_, i) => i - 1);
      expect(keys.map((key) => map.at(key))).toEqual(keys.map((key) => twin.get(key)));
      expect(keys.filter((key) => map.find(key))).toEqual(keys.filter((key) => twin.has(key)));
      const parts = [...map.within(asked.start, asked.end)];
      expect(
        parts.flatMap(({ start, end, value }) => Array.from({ length: end - start }, (_, i) => [start + i, value + i])),
      ).toEqual(
        Array.from(twin)
          .filter(([key]) => key >= asked.start && key < asked.end)
          .toSorted(([a], [b]) => a - b),
      );
      const gaps = [...map.gaps(asked.start, asked.end)].flatMap(({ start, end }) =>
        Array.from({ length: end - start }, (_, i) => start + i),
      );
      expect(gaps).toEqual(
        Array.from({ length: asked.end - asked.start }, (_, i) => asked.start + i).filter((key) => !twin.has(key)),
      );
      expect(map.count).toBe([...map.all()].length);
    }),
    { seed: 19, numRuns: 150 },
  );
});

test('joined intervals become one with the neighbours that they touch', () => {
  const map = IntervalMap.empty<undefined>().put(0, 4, undefined).put(8, 10, undefined).join(4, 8, undefined);
  expect([...map.all()]).toEqual([{ start: 0, end: 10, value: undefined }]);
  const apart = IntervalMap.empty<undefined>().put(0, 4, undefined).join(5, 6, undefined);
  expect(apart.count).toBe(2);
});

test('the intervals that differ between two maps are those of both', () => {
  const before = IntervalMap.empty<string>().put(0, 4, 'a').put(10, 12, 'b');
  const after = before.put(2, 3, 'c');
  const starts = before.changed(after).map(({ start, end, value }) => `${start}-${end} ${value}`);
  expect(starts).toEqual(['0-4 a', '0-2 a', '2-3 c', '3-4 a']);
  expect(after.changed(after)).toEqual([]);
});
