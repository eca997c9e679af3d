import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FramePool, type Frames } from './pool';

const START = 1000;
const SIZE = 40;

/** What is wrong with the answer to a request for frames. */
function wrongTake(count: number, pieces: readonly Frames[] | undefined, free: ReadonlySet<number>): string[] {
  if (!pieces) return count > free.size ? [] : [`${count} frames are refused, ${free.size} are free`];
  const frames = pieces.flatMap((piece) => Array.from({ length: piece.count }, (_, i) => piece.mpn + i));
  const whole = [...free].some((mpn) =>
    Array.from({ length: count }, (_, i) => mpn + i).every((each) => free.has(each)),
  );
  return [
    ...(frames.length === count && new Set(frames).size === count
      ? []
      : [`${frames.length} frames instead of ${count}`]),
    ...frames.flatMap((mpn) => (free.has(mpn) ? [] : [`frame ${mpn} was not free`])),
    ...(whole && pieces.length > 1 ? [`${pieces.length} pieces although one run is long enough`] : []),
  ];
}

test('a pool hands out each frame once, knows what is free, and joins what comes back', () => {
  const acts = fc.oneof(fc.record({ take: fc.integer({ min: 1, max: SIZE }) }), fc.record({ give: fc.nat() }));
  fc.assert(
    fc.property(fc.array(acts, { minLength: 5, maxLength: 40, size: 'max' }), (list) => {
      let pool = FramePool.make(START, SIZE);
      const taken: Frames[] = [];
      const wrong: string[] = [];
      const free = new Set(Array.from({ length: SIZE }, (_, i) => START + i));
      for (const act of list) {
        if ('take' in act) {
          const got = pool.take(act.take);
          wrong.push(...wrongTake(act.take, got?.pieces, free));
          for (const { mpn, count } of got?.pieces ?? []) for (let i = mpn; i < mpn + count; i++) free.delete(i);
          taken.push(...(got?.pieces ?? []));
          if (got) ({ pool } = got);
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
      expect(wrong).toEqual([]);
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
