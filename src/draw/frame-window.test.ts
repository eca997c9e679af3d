import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  endOf,
  following,
  framesIn,
  holds,
  refitted,
  scrolled,
  showing,
  whole,
  windowOf,
  zoomed,
} from './frame-window';

const bounds = { total: 2 ** 40, most: 512 };
const windows = fc
  .record({ start: fc.nat(2 ** 30), power: fc.integer({ min: 0, max: 40 }) })
  .map(({ start, power }) => windowOf(start, 2 ** power, bounds));

test('every window lies in the machine and has as many cells as there is room for', () => {
  fc.assert(
    fc.property(windows, fc.integer({ min: -45, max: 45 }), fc.nat(2 ** 31), (window, by, at) => {
      for (const one of [
        zoomed(window, by, window.start + (at % framesIn(window)), bounds),
        scrolled(window, by * at, bounds),
        following(window, at, window.perCell * 32, bounds),
        refitted(window, { ...bounds, most: 64 }),
      ]) {
        expect(one.start).toBeGreaterThanOrEqual(0);
        expect(endOf(one)).toBeLessThanOrEqual(bounds.total);
        expect(one.cells).toBe(Math.min(one.cells === 64 ? 64 : 512, framesIn(one)));
        expect(one.start % one.perCell).toBe(0);
      }
    }),
  );
});

test('the frame that is zoomed at stays in its cell', () => {
  const window = windowOf(0x10_0000, 2 ** 20, bounds);
  const at = window.start + 137 * window.perCell + 77;
  const closer = zoomed(window, 3, at, bounds);
  expect(closer.perCell).toBe(window.perCell / 8);
  expect(Math.floor((at - closer.start) / closer.perCell)).toBe(137);
  expect(zoomed(closer, -3, at, bounds)).toEqual(window);
});

test('from all memory to one frame and back', () => {
  let window = whole(bounds);
  expect(window).toEqual({ start: 0, cells: 512, perCell: 2 ** 31 });
  const at = 0x1234_5678;
  for (let i = 0; i < 40; i++) {
    window = zoomed(window, 1, at, bounds);
    expect(holds(window, at)).toBe(true);
  }
  expect(window).toEqual({ start: at, cells: 1, perCell: 1 });
  for (let i = 0; i < 40; i++) window = zoomed(window, -1, at, bounds);
  expect(window).toEqual(whole(bounds));
});

test('following moves by rows, no farther than needed', () => {
  const window = windowOf(1024, 512, bounds);
  expect(following(window, 1100, 32, bounds)).toBe(window);
  expect(following(window, 1536, 32, bounds).start).toBe(1056);
  expect(following(window, 1023, 32, bounds).start).toBe(992);
  expect(following(window, 3, 32, bounds).start).toBe(0);
});

test('what is to be shown is shown', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 30), fc.integer({ min: 1, max: 2 ** 30 }), (start, pages) => {
      const window = showing(start, start + pages, bounds);
      expect(holds(window, start) && holds(window, start + pages - 1)).toBe(true);
      expect(framesIn(window)).toBeLessThan(pages * 8 + 1);
    }),
  );
});
