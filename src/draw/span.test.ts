import { ticks } from 'd3';
import { expect, test } from 'vitest';
import { held, keptIn, moved, pixelOf, placeOf, roundTicks, zoomed } from './span';

const whole = { from: 0, to: 1000 };

test('places and pixels are each other turned round', () => {
  const span = { from: 200, to: 700 };
  expect(pixelOf(span, 100, 200)).toBe(0);
  expect(pixelOf(span, 100, 450)).toBe(50);
  for (const x of [200, 321, 699]) expect(placeOf(span, 100, pixelOf(span, 100, x))).toBeCloseTo(x);
});

test('zooming keeps the place under the pointer where it is', () => {
  const near = zoomed(whole, 4, 300, whole, 10);
  expect(near).toEqual({ from: 225, to: 475 });
  expect(pixelOf(near, 100, 300)).toBeCloseTo(pixelOf(whole, 100, 300));
});

test('zooming ends at the whole and at the narrowest window', () => {
  expect(zoomed({ from: 100, to: 300 }, 0.01, 200, whole, 10)).toEqual(whole);
  const least = zoomed({ from: 100, to: 300 }, 1000, 200, whole, 10);
  expect(least.to - least.from).toBe(10);
});

test('a window is moved no further than the line goes', () => {
  expect(moved({ from: 100, to: 300 }, -500, whole)).toEqual({ from: 0, to: 200 });
  expect(moved({ from: 100, to: 300 }, 5000, whole)).toEqual({ from: 800, to: 1000 });
  expect(held({ from: -50, to: 2000 }, whole)).toEqual(whole);
});

test('a window follows what leaves it, and only then', () => {
  const span = { from: 100, to: 300 };
  expect(keptIn(span, 100, whole)).toBe(span);
  expect(keptIn(span, 300, whole)).toBe(span);
  expect(keptIn(span, 310, whole)).toEqual({ from: 290, to: 490 });
  expect(keptIn(span, 90, whole)).toEqual({ from: 0, to: 200 });
});

test('ticks are round and far enough apart', () => {
  expect(roundTicks({ from: 0, to: 37_000 }, 900, 90)).toEqual([
    0, 5000, 10_000, 15_000, 20_000, 25_000, 30_000, 35_000,
  ]);
});

test('ticks are those of D3', () => {
  for (let i = 0; i < 2000; i++) {
    const from = i % 3 === 0 ? 0 : ((i * 7919) % 10_007) / 3;
    const to = from + 1.13 ** (i % 160) / 10;
    const width = 90 + ((i * 31) % 1800);
    expect(roundTicks({ from, to }, width, 90)).toEqual(ticks(from, to, Math.floor(width / 90)));
  }
});
