import { describe, expect, test } from 'vitest';
import { keptLayout, layoutOf, PLAIN_LAYOUT, type Layout } from './layout';

const MOVED: Layout = {
  borders: { left: 320, right: 340, timeline: 180, request: 60, walk: 55.5, frames: 40, bits: 50, type: 80 },
  maximised: 'walk',
  folded: true,
};

describe('the layout of an earlier visit', () => {
  test('is what was kept', () => {
    expect(keptLayout(JSON.stringify(MOVED))).toEqual(MOVED);
    expect(keptLayout(JSON.stringify(PLAIN_LAYOUT))).toEqual(PLAIN_LAYOUT);
    expect(keptLayout(undefined)).toEqual(PLAIN_LAYOUT);
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '"walk"',
    '{"borders":7,"maximised":{},"folded":"yes"}',
    '{"borders":["left"],"maximised":"timeline"}',
    '{"maximised":"toString"}',
  ])('damaged, is the plain one: %s', (text) => {
    expect(keptLayout(text)).toEqual(PLAIN_LAYOUT);
  });

  test('keeps what can be read, brought into its range', () => {
    const borders = { left: -5, right: 1e9, walk: '50', request: Number.NaN, frames: 120, other: 4, timeline: 200 };
    expect(layoutOf({ borders, maximised: 'pcpus' })).toEqual({
      borders: { left: 200, right: 1200, frames: 95, timeline: 200 },
      maximised: 'pcpus',
      folded: false,
    });
  });

  test('takes the two borders of the right column only together and in order', () => {
    const read = (borders: object) => layoutOf({ borders }).borders;
    expect(read({ bits: 40 })).toEqual({});
    expect(read({ type: 40, left: 300 })).toEqual({ left: 300 });
    expect(read({ bits: 70, type: 60 })).toEqual({});
    expect(read({ bits: 40, type: 60 })).toEqual({ bits: 40, type: 60 });
  });
});
