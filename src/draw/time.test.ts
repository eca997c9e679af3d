import { expect, test } from 'vitest';
import { positionAt, timeAt } from './time';

const times = Float64Array.of(0, 0, 100, 100, 300);

test('between two steps time runs evenly, and stands at the ends', () => {
  expect([0, 1, 1.5, 2, 3, 3.25, 4].map((at) => timeAt(times, at))).toEqual([0, 0, 50, 100, 100, 150, 300]);
});

test('a time has the last position at which it is reached', () => {
  expect([0, 50, 100, 150, 300, 999].map((time) => positionAt(times, time))).toEqual([1, 1.5, 3, 3.25, 4, 4]);
});
