import { expect, test } from 'vitest';
import { rowsOf } from './lanes';

test('stretches that overlap get rows of their own', () => {
  const stretches = [
    { first: 1, last: 4 },
    { first: 5, last: 9 },
    { first: 6, last: 8 },
    { first: 9, last: 12 },
    { first: 10, last: 11 },
  ];
  expect(rowsOf(stretches)).toEqual([0, 0, 1, 1, 0]);
});
