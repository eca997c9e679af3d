import { anything as anyValue, assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import { shared } from './sharing';

test('what did not change keeps its identity, what changed does not', () => {
  const before = { a: [{ x: 1n }, { x: 2n }], b: Uint8Array.of(1, 2), c: { d: 'e' } };
  const now = structuredClone({ ...before, a: [{ x: 1n }, { x: 3n }] });
  const result = shared(before, now);
  expect(result).toEqual(now);
  expect(result.a[0]).toBe(before.a[0]);
  expect(result.a[1]).not.toBe(before.a[1]);
  expect([result.b, result.c]).toEqual([before.b, before.c]);
  expect(result.b).toBe(before.b);
  expect(result.c).toBe(before.c);
  expect(shared(before, structuredClone(before))).toBe(before);
});

test('a list that grows, shrinks or loses a field is a new one', () => {
  expect(shared([1, 2], [1])).toEqual([1]);
  expect(shared([1], [1, 2])).toEqual([1, 2]);
  expect(shared({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(shared({ a: 1, b: undefined }, { a: 1, c: undefined })).toHaveProperty('c');
  expect(shared([1], { 0: 1 })).toEqual({ 0: 1 });
});

test('the result always equals the new value', () => {
  const anything = anyValue({ withBigInt: true, withTypedArray: true, maxDepth: 4 });
  assert(
    property(anything, anything, (before, now) => {
      expect(shared(before, now)).toEqual(now);
      expect(shared(now, now)).toBe(now);
    }),
  );
});
