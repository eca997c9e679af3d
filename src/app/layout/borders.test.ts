import { describe, expect, test } from 'vitest';
import { keptSize, roomOf, styleOf } from './borders';

describe('the room of a border', () => {
  test('columns at the sides leave the middle the most', () => {
    const room = roomOf('left', 1280);
    expect(room.max).toBe(409);
    expect(keptSize('left', 9999, room)).toBe(409);
    expect(keptSize('left', 0, room)).toBe(240);
    expect(keptSize('right', 300.4, roomOf('right', 1280))).toBe(300);
  });

  test('no panel of a column goes below its least', () => {
    const room = roomOf('walk', 600);
    expect(keptSize('walk', 0, room)).toBe(20);
    expect(keptSize('walk', 600, room)).toBe(80);
    expect(keptSize('walk', 300, room)).toBe(50);
  });

  test('of three panels, a border stays between its neighbours', () => {
    const room = roomOf('bits', 500, 0, 300);
    expect(keptSize('bits', 500, room)).toBe(47.2);
    expect(keptSize('type', 0, roomOf('type', 500, 236))).toBe(60);
  });

  test('where there is no room at all, the least is kept', () => {
    const room = roomOf('walk', 150);
    expect(room.max).toBe(room.min);
    expect(keptSize('walk', 40, room)).toBe(80);
  });
});

describe('the style', () => {
  test('says nothing of borders that were not moved', () => {
    expect(Object.values(styleOf({})).filter((value) => value !== undefined)).toEqual([]);
  });

  test('gives each panel its part and its least', () => {
    expect(styleOf({ left: 320, walk: 60, bits: 50, type: 80 })).toMatchObject({
      '--left': '320px',
      '--rows-middle': 'minmax(120px, 60.0fr) minmax(120px, 40.0fr)',
      '--rows-right': 'minmax(110px, 50.0fr) minmax(64px, 30.0fr) minmax(64px, 20.0fr)',
    });
  });
});
