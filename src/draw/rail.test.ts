import { expect, test } from 'vitest';
import { frameAt, positionOf, railOf } from './rail';

const total = 2 ** 40;
const rail = railOf(
  [
    { kind: 'device', name: 'nvme', start: 0xf_ea00, end: 0xf_ea04 },
    { kind: 'ram', name: 'low memory', start: 0, end: 160 },
    { kind: 'ram', name: 'memory', start: 2 ** 30, end: total },
  ],
  total,
);

test('memory from end to end, in order, with the holes between', () => {
  expect(rail.map(({ name }) => name)).toEqual(['low memory', 'hole', 'nvme', 'hole', 'memory']);
  expect(rail[0].from).toBe(0);
  expect(rail.at(-1)!.to).toBeCloseTo(1);
  for (const [i, { start, end, from, to }] of rail.entries()) {
    expect(start).toBe(i === 0 ? 0 : rail[i - 1].end);
    expect(end).toBeGreaterThan(start);
    expect(to - from).toBeGreaterThan(0.03);
  }
});

test('a frame is found where it stands', () => {
  for (const mpn of [0, 5, 159, 160, 0xf_ea02, 2 ** 30, 2 ** 39]) {
    const found = frameAt(rail, positionOf(rail, mpn) + 1e-9);
    expect(Math.abs(found - mpn)).toBeLessThanOrEqual(Math.max(1, mpn * 1e-4));
  }
  expect(frameAt(rail, 2)).toBe(total - 1);
  expect(positionOf(rail, total)).toBe(1);
});

test('thousands of regions are joined', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => ({ kind: 'ram', name: `r${i}`, start: i * 9, end: i * 9 + 5 }));
  const joined = railOf(many, total);
  expect(joined.length).toBeLessThan(60);
  expect(joined[0].name).toBe('417 regions from r0');
});
