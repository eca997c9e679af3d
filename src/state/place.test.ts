import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EXAMPLE_DRAFT } from './draft';
import { placeOf, readPlace, writePlace, type Place } from './place';
import { placeArbitrary } from './place.fixture';
import { createView } from './view';

const va = 0x4400_0000_0000n;
const usual: Place = {
  ...placeOf(createView(EXAMPLE_DRAFT, undefined).getState()),
  va,
  selected: { kind: 'va', va },
};

test('a place comes back from its bytes', () => {
  fc.assert(
    fc.property(placeArbitrary, (place) => {
      expect(readPlace(writePlace(place))).toEqual(place);
    }),
    { numRuns: 500 },
  );
});

test('what is as usual takes no bytes', () => {
  expect([...writePlace(usual)]).toEqual([0]);
  expect(readPlace(new Uint8Array(0))).toEqual(usual);
  expect(writePlace({ ...usual, at: 14, mpn: 6 })).toHaveLength(3);
});

test('a part of a step is kept to a thousandth', () => {
  expect(readPlace(writePlace({ ...usual, at: 3.3 })).at).toBeCloseTo(3.3, 3);
});

test('any bytes are some place', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const place = readPlace(bytes);
      expect(readPlace(writePlace(place))).toEqual(place);
    }),
    { numRuns: 1000 },
  );
});

/** Bytes of a place, and what of it is not as usual. */
test.each([
  ['a level', [16, 9], {}],
  ['a kind of thing', [4, 99, 1], {}],
  ['an address alone', [4, 1, 0], {}],
  ['a speed', [0x80, 2, 7], {}],
  ['a panel', [0x80, 1, 200, 0], {}],
  ['a border', [0x80, 1, 0, 2, 77, 1, 0, 255], {}],
  ['a node of the tree', [0x80, 0x40, 2, 1, 120, 1, 49], { tree: ['1'] }],
  ['a part of later', [0x81, 0x80, 1, 8], { at: 4 }],
  ['more than there is', [3, 8], { at: 4 }],
])('of nonsense the rest is read: %s', (_, bytes, rest) => {
  expect(readPlace(Uint8Array.from(bytes))).toEqual({ ...usual, ...rest });
});
