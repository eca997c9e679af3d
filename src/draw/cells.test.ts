import { expect, test } from 'vitest';
import { outlineOf } from './cells';

const grid = { columns: 4, rows: 3, width: 10, height: 10 };
const length = (sides: readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < sides.length; i += 4)
    sum += Math.abs(sides[i] - sides[i + 2]) + Math.abs(sides[i + 1] - sides[i + 3]);
  return sum;
};

test('one cell has four sides, two beside each other six, a block of four eight', () => {
  expect(length(outlineOf([{ start: 5, end: 6 }], grid, 12))).toBe(40);
  expect(length(outlineOf([{ start: 5, end: 7 }], grid, 12))).toBe(60);
  const block = [
    { start: 0, end: 2 },
    { start: 4, end: 6 },
  ];
  expect(length(outlineOf(block, grid, 12))).toBe(80);
});

test('the end of a row is no neighbour of the start of the next', () => {
  expect(length(outlineOf([{ start: 3, end: 5 }], grid, 12))).toBe(80);
});

test('what lies outside is left out', () => {
  expect(length(outlineOf([{ start: -5, end: 100 }], grid, 12))).toBe(2 * 40 + 2 * 30);
  expect(outlineOf([{ start: 40, end: 50 }], grid, 12)).toEqual([]);
});
