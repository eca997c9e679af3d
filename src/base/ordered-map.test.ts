import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderedMap } from './ordered-map';

const keys = fc.oneof(fc.nat(30), fc.nat(3000), fc.constantFrom(-5, 2 ** 40, 2 ** 40 + 1));
const acts = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('set' as const), key: keys }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), key: keys }) },
  fc.record({ do: fc.constant('setRange' as const), key: keys, length: fc.nat(120) }),
  fc.record({ do: fc.constant('deleteRange' as const), key: keys, length: fc.nat(120) }),
);
type Act = typeof acts extends fc.Arbitrary<infer A> ? A : never;

/** Applies acts to a map and to its slow twin alike; every value is new. */
function apply(list: readonly Act[], start: OrderedMap<object>, twin: Map<number, object>): OrderedMap<object> {
  let map = start;
  for (const act of list) {
    const length = 'length' in act ? act.length : 1;
    for (let key = act.key; key < act.key + length; key++) {
      if (act.do === 'set' || act.do === 'setRange') {
        const value = {};
        map = map.set(key, value);
        twin.set(key, value);
      } else {
        map = map.delete(key);
        twin.delete(key);
      }
    }
  }
  return map;
}

const ascending = (twin: ReadonlyMap<number, object>): [number, object][] => [...twin].toSorted(([a], [b]) => a - b);

test('an ordered map holds what a Map holds, in the order of its keys', () => {
  fc.assert(
    fc.property(
      fc.array(acts, { maxLength: 60, size: 'max' }),
      fc.array(keys, { minLength: 6, maxLength: 6 }),
      (list, asked) => {
        const twin = new Map<number, object>();
        const map = apply(list, OrderedMap.empty<object>(), twin);
        const all = ascending(twin);
        expect(map.size).toBe(twin.size);
        expect([...map.entries()].every(([key, value], i) => all[i][0] === key && all[i][1] === value)).toBe(true);
        expect([...map.entries()]).toHaveLength(all.length);
        for (const key of asked) {
          expect(map.get(key)).toBe(twin.get(key));
          expect(map.has(key)).toBe(twin.has(key));
          expect(map.floor(key)?.[0]).toBe(all.findLast(([each]) => each <= key)?.[0]);
          expect(map.ceiling(key)?.[0]).toBe(all.find(([each]) => each >= key)?.[0]);
        }
        const [from, to] = asked;
        expect([...map.entries(from, to)].map(([key]) => key)).toEqual(
          all.map(([key]) => key).filter((key) => key >= from && key < to),
        );
      },
    ),
    { seed: 13, numRuns: 120 },
  );
});

test('an old map stays as it was, and the keys that changed since are found exactly', () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 40, size: 'max' }), fc.array(acts, { maxLength: 6 }), (first, then) => {
      const before = new Map<number, object>();
      const old = apply(first, OrderedMap.empty<object>(), before);
      const after = new Map(before);
      const now = apply(then, old, after);
      expect([...old.entries()]).toHaveLength(before.size);
      expect([...before].every(([key, value]) => old.get(key) === value)).toBe(true);
      const changed = ascending(new Map([...before, ...after])).flatMap(([key]) =>
        before.get(key) === after.get(key) ? [] : [key],
      );
      expect(old.changedKeys(now)).toEqual(changed);
      expect(now.changedKeys(old)).toEqual(changed);
      expect(now.changedKeys(now)).toEqual([]);
    }),
    { seed: 17, numRuns: 200 },
  );
});

test('deleting a key that is not there gives the same map', () => {
  const map = OrderedMap.empty<number>().set(1, 1).set(5, 5);
  expect(map.delete(3)).toBe(map);
});
