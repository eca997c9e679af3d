import { ByteReader, ByteWriter } from '../base/bytes';
import { LEVELS } from '../machine/address';
import { same } from '../scenario/print-value';
import type { Tab } from './draft';
import { PLAIN_LAYOUT } from './layout';
import { readLayout, writeLayout } from './place-layout';
import { below, oneOf, readDecimal, readList, writeDecimal, writeList } from './place-values';
import { readThing, writeThing } from './place-thing';
import { SPEEDS } from './playback';
import { ALL_TRACK, PLAIN_TABS, type View, type Way } from './view';

/** What of the view travels with a scenario: where somebody is, and what is looked at. */
export type Place = Pick<
  View,
  | 'at'
  | 'va'
  | 'selected'
  | 'mpn'
  | 'level'
  | 'walkPicture'
  | 'frames'
  | 'layout'
  | 'speed'
  | 'theme'
  | 'colouring'
  | 'lanes'
  | 'bookmarks'
  | 'tree'
  | 'track'
  | 'listed'
  | 'tabs'
>;

/** A part of a place. One that is as usual is not written; what cannot be read is as usual. */
interface Part<T> {
  usual(place: Place): T;
  write(to: ByteWriter, value: T, place: Place): void;
  /** Undefined for nonsense. `place` has the parts before. */
  read(from: ByteReader, place: Place): T | undefined;
}

/** Where the first mapping lies on the machine as usual; published links count from here. */
const FIRST_VA = 0x4400_0000_0000n;
const VA_MASK = 0xffff_ffff_ffff_ffffn;
const MOST_FRAMES = 2 ** 40;
const MOST_CELLS = 0x1_0000;
const TREE_ID = /^!?[\d.-]{0,40}$/;

/** Published links hold these places: one that is no more leaves a gap. */
const COLOURINGS: readonly View['colouring'][] = ['kind', 'owner', 'level', 'times', 'type'];
const WALK_PICTURES: readonly View['walkPicture'][] = ['path', 'tree'];
const WAYS: readonly Way[] = ['form', 'script', 'c'];
const TABS: readonly Tab[] = ['access', 'invalidate', 'other'];
const AXES: readonly View['track']['axis'][] = [undefined, 'cycles', 'steps'];
const THEMES: readonly View['theme'][] = [undefined, 'light', 'dark'];

const choice = <T>(values: readonly T[]): Part<T> => ({
  usual: () => values[0],
  write: (to, value) => to.number(values.indexOf(value)),
  read: (from) => values[from.number()],
});

/** In the order in which links have them: a part is added at the end. */
const PARTS: { readonly [P in keyof Place]: Part<Place[P]> } = {
  at: { usual: () => 0, write: writeDecimal, read: readDecimal },
  va: {
    usual: () => FIRST_VA,
    write: (to, va) => to.signed(BigInt.asIntN(64, va - FIRST_VA)),
    read: (from) => (FIRST_VA + from.signed()) & VA_MASK,
  },
  selected: { usual: ({ va }) => ({ kind: 'va', va }), write: writeThing, read: readThing },
  mpn: {
    usual: () => 0,
    write: (to, mpn) => to.number(mpn),
    read: (from) => below(from.number(), MOST_FRAMES),
  },
  level: {
    usual: () => 1,
    write: (to, level) => to.number(level),
    read: (from) => oneOf(LEVELS, from.number()),
  },
  walkPicture: choice(WALK_PICTURES),
  frames: {
    usual: () => ({ start: 0, cells: 512, perCell: 1 }),
    write(to, { start, cells, perCell }) {
      to.number(start);
      to.number(cells);
      to.number(Math.log2(perCell));
    },
    read(from) {
      const [start, cells] = [below(from.number(), MOST_FRAMES), below(from.number(), MOST_CELLS)];
      const perCell = 2 ** Math.min(from.number(), 40);
      return start === undefined || !cells ? undefined : { start, cells, perCell };
    },
  },
  layout: { usual: () => PLAIN_LAYOUT, write: writeLayout, read: readLayout },
  speed: {
    usual: () => 1,
    write: writeDecimal,
    read: (from) => oneOf(SPEEDS, readDecimal(from)),
  },
  theme: choice(THEMES),
  colouring: choice(COLOURINGS),
  lanes: {
    usual: () => [],
    write: (to, lanes) => writeList(to, lanes, (lane) => to.number(lane)),
    read: (from) => readList(from, () => below(from.number(), 256)),
  },
  bookmarks: {
    usual: () => [],
    write: (to, steps) => writeList(to, steps, (step) => to.number(step)),
    read: (from) => readList(from, () => below(from.number(), 2 ** 32)).toSorted((a, b) => a - b),
  },
  tree: {
    usual: () => [''],
    write: (to, ids) => writeList(to, ids, (id) => to.text(id)),
    read: (from) =>
      readList(from, () => {
        const id = from.text();
        return TREE_ID.test(id) ? id : undefined;
      }),
  },
  track: {
    usual: () => ALL_TRACK,
    write(to, { axis, span }) {
      to.number(AXES.indexOf(axis) * 2 + (span ? 1 : 0));
      if (!span) return;
      writeDecimal(to, span.from);
      writeDecimal(to, span.to);
    },
    read(from) {
      const kind = from.number();
      const axis = AXES[Math.floor(kind / 2)];
      if (kind % 2 === 0) return { axis, span: undefined };
      const span = { from: readDecimal(from), to: readDecimal(from) };
      return { axis, span: span.to > span.from ? span : undefined };
    },
  },
  listed: {
    usual: () => [],
    write: (to, listed) => writeList(to, listed, (id) => to.number(id)),
    read: (from) => readList(from, () => below(from.number(), 256)),
  },
  tabs: {
    usual: () => PLAIN_TABS,
    write: (to, { request, acts }) => to.number(WAYS.indexOf(request) * 8 + TABS.indexOf(acts)),
    read(from) {
      const both = from.number();
      const [request, acts] = [WAYS[Math.floor(both / 8)], TABS[both % 8]];
      return request && acts && { request, acts };
    },
  },
};

const NAMES = Object.keys(PARTS) as readonly (keyof Place)[];

export const placeOf = (view: View): Place =>
  Object.fromEntries(NAMES.map((name) => [name, view[name]])) as unknown as Place;

/** A number whose bits say which parts are written, and these. */
export function writePlace(place: Place): Uint8Array {
  const to = new ByteWriter();
  const told = NAMES.filter((name) => !same(place[name], PARTS[name].usual(place)));
  to.number(told.reduce((bits, name) => bits + 2 ** NAMES.indexOf(name), 0));
  for (const name of told) partOf(name).write(to, place[name], place);
  return to.done();
}

/** A place from any bytes, as far as they are one. */
export function readPlace(bytes: Uint8Array): Place {
  const from = new ByteReader(bytes);
  const bits = from.number();
  const place: Record<string, unknown> = {};
  NAMES.forEach((name, i) => {
    const told = !from.fault && Math.floor(bits / 2 ** i) % 2 === 1;
    const read = told ? partOf(name).read(from, place as unknown as Place) : undefined;
    place[name] = read === undefined || from.fault ? PARTS[name].usual(place as unknown as Place) : read;
  });
  return place as unknown as Place;
}

const partOf = (name: keyof Place): Part<unknown> => PARTS[name];
