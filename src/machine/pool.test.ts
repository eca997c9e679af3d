import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FramePool, type Frames } from './pool';

const START = 1000;
const SIZE = 40;

test('a pool hands out each frame once, knows what is free, and joins what comes back', () => {
  const acts = fc.oneof(fc.record({ take: fc.integer({ min: 1, max: SIZE }) }), fc.record({ give: fc.nat() }));
  fc.assert(
    fc.property(fc.array(acts, { minLength: 5, maxLength: 40, size: 'max' }), (list) => {
      let pool = FramePool.make(START, SIZE);
      const taken: Frames[] = [];
      const free = new Set(Array.from({ length: SIZE }, (_, i) => START + i));
      for (const act of list) {
        if ('take' in act) {
          const before = pool;
          const got = pool.take(act.take);
          if (act.take > free.size) expect(got).toBeUndefined();
          else {
            expect(got!.pieces.reduce((sum, { count }) => sum + count, 0)).toBe(act.take);
            const whole = [...free].some((mpn) =>
              Array.from({ length: act.take }, (_, i) => mpn + i).every((each) => free.has(each)),
            );
            if (whole) expect(got!.pieces).toHaveLength(1);
            for (const { mpn, count } of got!.pieces) {
              const there = Array.from({ length: count }, (_, i) => free.delete(mpn + i));
              expect(there).not.toContain(false);
            }
            taken.push(...got!.pieces);
            pool = got!.pool;
            expect(before.freeCount).toBe(free.size + act.take);
          }
        } else if (taken.length > 0) {
          const [back] = taken.splice(act.give % taken.length, 1);
          pool = pool.give(back);
          for (let i = back.mpn; i < back.mpn + back.count; i++) free.add(i);
        }
        expect(pool.freeCount).toBe(free.size);
        expect(pool.used).toBe(SIZE - free.size);
        const known = Array.from({ length: SIZE + 2 }, (_, i) => START - 1 + i);
        expect(known.filter((mpn) => pool.isFree(mpn))).toEqual([...free].toSorted((a, b) => a - b));
      }
      for (const back of taken) pool = pool.give(back);
      expect(pool.take(SIZE)!.pieces).toEqual([{ mpn: START, count: SIZE }]);
    }),
    { seed: 11, numRuns: 100 },
  );
  const pool = FramePool.make(START, SIZE);
  expect([START - 1, START, START + SIZE - 1, START + SIZE].map((mpn) => pool.has(mpn))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
