/** Generators of places. */
import * as fc from 'fast-check';
import type { Thing } from '../engine/thing';
import { LEVELS, type PageLevel } from '../machine/address';
import { TLB_NAMES } from '../machine/tlb';
import { TABS } from './draft';
import { layoutOf, PANEL_IDS } from './layout';
import type { Place } from './place';
import { SPEEDS } from './playback';
import { WAYS } from './view';

const va = fc.oneof(fc.constant(0x4400_0000_0000n), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
const index = fc.nat(1_000_000);
const mpn = fc.integer({ min: 0, max: 2 ** 40 - 1 });
const level = fc.constantFrom(...LEVELS);
const pageLevel = fc.constantFrom<PageLevel>(1, 2, 3);
const pcpu = fc.nat(255);
const kind = <K extends Thing['kind']>(name: K) => fc.constant(name);

const thing: fc.Arbitrary<Thing> = fc.oneof(
  fc.record({ kind: kind('va'), va, level: pageLevel }, { requiredKeys: ['kind', 'va'] }),
  fc.record({ kind: kind('entry'), va, level, tableMPN: mpn, index: fc.nat(511) }),
  fc.record({ kind: kind('table'), va, level, mpn }),
  fc.record({ kind: kind('frame'), mpn, count: fc.integer({ min: 1, max: 2 ** 40 }) }),
  fc.record({
    ...{ kind: kind('tlb'), pcpu, tlb: fc.constantFrom(...TLB_NAMES), set: fc.nat(255), way: fc.nat(15) },
    ...{ va, level: pageLevel, mpn, born: index },
  }),
  fc.record({ kind: kind('mapping'), id: index }),
  fc.record({ kind: kind('op'), index }),
  fc.record({ kind: kind('step'), step: index }),
  fc.record({ kind: kind('message'), index }),
  fc.record({ kind: kind('pcpu'), id: pcpu }),
  fc.record({ kind: kind('hazard'), index }),
);

/** Multiples of 1/1024, of which a place keeps every one. */
const parts = (most: number) => fc.nat(most * 1024).map((n) => n / 1024);

const layout = fc
  .record({
    borders: fc.record(
      Object.fromEntries(
        ['left', 'right', 'timeline', 'request', 'walk', 'frames', 'bits', 'type'].map((name) => [name, parts(1200)]),
      ),
      { requiredKeys: [] },
    ),
    maximised: fc.constantFrom(undefined, ...PANEL_IDS),
    folded: fc.boolean(),
  })
  .map(layoutOf);

const treeId = fc
  .tuple(fc.constantFrom('', '!'), fc.array(fc.nat(511), { maxLength: 3 }), fc.option(fc.nat(511)))
  .map(([mark, path, end]) => `${mark}${path.join('.')}${end === null ? '' : `-${end}`}`);

export const placeArbitrary: fc.Arbitrary<Place> = fc.record({
  at: fc.oneof(index, parts(1000)),
  ...{ va, level, mpn, layout },
  selected: thing,
  walkPicture: fc.constantFrom('path', 'tree'),
  frames: fc.record({
    start: mpn,
    cells: fc.integer({ min: 1, max: 4096 }),
    perCell: fc.nat(40).map((power) => 2 ** power),
  }),
  speed: fc.constantFrom(...SPEEDS),
  theme: fc.constantFrom(undefined, 'light', 'dark'),
  colouring: fc.constantFrom('kind', 'owner', 'level', 'times', 'type'),
  lanes: fc.uniqueArray(pcpu, { maxLength: 4 }),
  bookmarks: fc.uniqueArray(index, { maxLength: 5 }).map((steps) => steps.toSorted((a, b) => a - b)),
  tree: fc.uniqueArray(treeId, { maxLength: 6 }),
  track: fc.record({
    axis: fc.constantFrom(undefined, 'cycles', 'steps'),
    span: fc.option(
      fc.tuple(parts(1000), fc.integer({ min: 1, max: 9999 })).map(([from, size]) => ({ from, to: from + size })),
      { nil: undefined },
    ),
  }),
  listed: fc.uniqueArray(pcpu, { maxLength: 4 }),
  tabs: fc.record({ request: fc.constantFrom(...WAYS), acts: fc.constantFrom(...TABS) }),
});
