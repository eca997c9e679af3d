import { expect, test } from 'vitest';
import { firstPositionAt, positionAt, timeAt } from './time';

const times = Float64Array.of(0, 0, 100, 100, 300);

test('between two steps time runs evenly, and stands at the ends', () => {
  expect([0, 1, 1.5, 2, 3, 3.25, 4].map((at) => timeAt(times, at))).toEqual([0, 0, 50, 100, 100, 150, 300]);
});

test('a time has the last position at which it is reached', () => {
  expect([0, 50, 100, 150, 300, 999].map((time) => positionAt(times, time))).toEqual([1, 1.5, 3, 3.25, 4, 4]);
});

test('a time is first reached at the first of the steps that start at it, and behind the last counts as part of one step', () => {
  expect([0, 50, 100, 150, 300].map((time) => firstPositionAt(times, time, 10))).toEqual([0, 1.5, 2, 3.25, 4]);
  expect([305, 310, Infinity].map((time) => firstPositionAt(times, time, 10))).toEqual([4.5, 5, 5]);
});
