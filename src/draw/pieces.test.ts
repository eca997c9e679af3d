import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Intervals, intervalsOf } from './intervals';
import { marksOf, piecesOf } from './pieces';

/** Stretches with gaps between them, or overlapping as they like. */
const beside = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 300 })), { maxLength: 200 })
  .map((list) => {
    let at = 0;
    const pairs = list.map(([gap, length]) => {
      const start = at + gap;
      at = start + length;
      return [start, at] as const;
    });
    return pairs;
  });
const anyhow = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 900 })), { maxLength: 120 })
  .map((list) => list.map(([start, length]) => [start, start + length] as const));
const windows = fc
  .tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 20_000 }))
  .map(([from, size]) => ({ from, to: from + size }));

const sorted = (pairs: readonly (readonly [number, number])[]): Intervals =>
  intervalsOf(
    pairs.length,
    (i) => pairs[i][0],
    (i) => pairs[i][1],
  ).intervals;

test('what touches a window is found as a look at every stretch finds it', () => {
  fc.assert(
    fc.property(fc.oneof(beside, anyhow), windows, (pairs, { from, to }) => {
      const intervals = sorted(pairs);
      const [low, high] = intervals.within(from, to);
      const touching = [...intervals.starts.keys()].filter(
        (i) => intervals.starts[i] <= to && intervals.ends[i] >= from,
      );
      expect(touching.every((i) => i >= low && i < high)).toBe(true);
      expect(low).toBe(touching[0] ?? low);
      expect(high).toBe(intervals.disjoint ? (touching.at(-1) ?? high - 1) + 1 : high);
    }),
    { seed: 51 },
  );
});

test('every stretch is in one piece, and one wide enough to be seen is a piece of its own', () => {
  fc.assert(
    fc.property(fc.oneof(beside, anyhow), windows, fc.integer({ min: 20, max: 400 }), (pairs, window, width) => {
      const intervals = sorted(pairs);
      const pieces = piecesOf(intervals, window, width);
      const scale = width / (window.to - window.from);
      for (let i = 0; i < intervals.length; i++) {
        if (intervals.ends[i] < window.from || intervals.starts[i] > window.to) continue;
        const holding = pieces.filter(({ first, last }) => i >= first && i <= last);
        expect(holding).toHaveLength(1);
        const wide = (intervals.ends[i] - intervals.starts[i]) * scale >= 1.5;
        expect(wide && holding[0].first !== holding[0].last).toBe(false);
      }
      expect(pieces.length).toBeLessThanOrEqual(intervals.disjoint ? 2 * width + 4 : intervals.length);
    }),
    { seed: 52 },
  );
});

test('a hundred thousand slivers are as many pieces as there are pixels', () => {
  const starts = Float64Array.from({ length: 100_000 }, (_, i) => i * 10);
  const pieces = piecesOf(
    new Intervals(
      starts,
      starts.map((start) => start + 9),
    ),
    { from: 0, to: 1_000_000 },
    500,
  );
  expect(pieces.length).toBeLessThanOrEqual(501);
  expect(pieces.at(-1)!.last).toBe(99_999);
});

test('no mark is lost: each stands for itself or for neighbours', () => {
  const places = Float64Array.of(0, 1, 2, 50, 51, 99, 400);
  const marks = marksOf(places, { from: 0, to: 100 }, 100);
  expect(marks).toEqual([
    { x: 0, first: 0, count: 3 },
    { x: 50, first: 3, count: 2 },
    { x: 99, first: 5, count: 1 },
  ]);
});
