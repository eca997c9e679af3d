import type { CellShape } from '../../draw/cells';
import type { FrameKind, FramesPicture, FrameTally } from '../../engine/picture';
import { TABLE_NAMES, type Level } from '../../machine/address';
import { MEMORY_TYPES } from '../../machine/memory-type';
import { mappingColour } from '../palette';
import type { About, Colouring } from './props';

/** How a cell looks. */
export interface Look {
  readonly shape: CellShape;
  /** The token of its colour. */
  readonly token: string;
}

/** In the order of FRAME_KINDS of the engine's picture: what a code means, and how it looks. */
export const KINDS: readonly (Look & { readonly kind: FrameKind; readonly title: string })[] = [
  { kind: 'hole', title: 'hole', shape: 'none', token: '--line-strong' },
  { kind: 'ram', title: 'RAM', shape: 'empty', token: '--ram' },
  { kind: 'rom', title: 'ROM', shape: 'striped', token: '--rom' },
  { kind: 'device', title: 'device', shape: 'striped', token: '--device' },
  { kind: 'reserved', title: 'reserved', shape: 'shut', token: '--rom' },
  { kind: 'pool', title: 'table pool', shape: 'seed', token: '--table' },
  { kind: 'table', title: 'table', shape: 'inset', token: '--table' },
  { kind: 'mapped', title: 'mapped', shape: 'full', token: '--map-1' },
  { kind: 'shared', title: 'mapped more than once', shape: 'split', token: '--map-1' },
];
export const kindAt = (frames: FramesPicture, i: number): FrameKind => KINDS[frames.kinds[i] ?? 0]?.kind ?? 'hole';

/** What goes with each of the colours of mappings. */
const HATCHES: readonly CellShape[] = ['full', 'rising', 'rows', 'falling', 'columns', 'dot'];
const hued = (id: number): Look => {
  const colour = mappingColour(id);
  return { shape: HATCHES[colour - 1] ?? 'full', token: `--map-${colour}` };
};
const NOTHING: Look = { shape: 'none', token: '--line-strong' };
const PLAIN: Look = { shape: 'empty', token: '--ram' };

/** Kinds from here on have the colour of their mapping. */
const MAPPED = 7;
const TIMES: readonly Look[] = [
  PLAIN,
  { shape: 'full', token: '--map-1' },
  { shape: 'rising', token: '--map-2' },
  { shape: 'cross', token: '--map-4' },
  { shape: 'dot', token: '--hazard' },
];
const TYPES: Readonly<Record<string, Look>> = {
  UC: { shape: 'cross', token: '--map-4' },
  WC: { shape: 'rising', token: '--map-2' },
  WT: { shape: 'rows', token: '--map-3' },
  WP: { shape: 'columns', token: '--map-6' },
  WB: { shape: 'full', token: '--map-1' },
};
const LEVEL_SHAPES: readonly CellShape[] = ['empty', 'full', 'rising', 'rows', 'cross'];

/** What a type is called by its code in FramesPicture. */
export const typeName = (code: number): string | undefined => MEMORY_TYPES[code - 1];

/** A number for how a cell looks, in a colouring. */
function styleAt(frames: FramesPicture, colouring: Colouring, i: number): number {
  const { kinds, mappings, owners, levels, times, types } = frames;
  const hole = kinds[i] === 0;
  switch (colouring) {
    case 'kind':
      return kinds[i] * 8 + (kinds[i] >= MAPPED ? mappingColour(mappings[i]) : 0);
    case 'owner':
      return hole ? 0 : owners[i] + 2;
    case 'level':
      return hole ? 0 : levels[i] + 1;
    case 'times':
      return hole ? 0 : Math.min(times[i], TIMES.length - 1) + 1;
    default:
      return types[i];
  }
}

/** The numbers of all cells. */
export const stylesOf = (frames: FramesPicture, colouring: Colouring): Int32Array =>
  Int32Array.from(frames.kinds, (_, i) => styleAt(frames, colouring, i));

/** What such a number looks like. */
export function lookOf(colouring: Colouring, style: number): Look {
  if (colouring === 'kind') {
    const kind = KINDS[style >> 3] ?? NOTHING;
    const colour = style & 7;
    if (colour === 0) return kind;
    return style >> 3 === MAPPED ? hued(colour) : { shape: 'split', token: `--map-${colour}` };
  }
  if (style === 0) return NOTHING;
  switch (colouring) {
    case 'owner':
      return style === 1 ? PLAIN : style === 2 ? { shape: 'inset', token: '--table' } : hued(style - 2);
    case 'level':
      return style === 1 ? PLAIN : { shape: LEVEL_SHAPES[style - 1] ?? 'full', token: `--L${style - 1}` };
    case 'times':
      return TIMES[style - 1] ?? NOTHING;
    default:
      return TYPES[typeName(style) ?? ''] ?? NOTHING;
  }
}

export interface LegendItem {
  readonly look: Look;
  readonly title: string;
  readonly frames: number;
}
const item = (look: Look, title: string, frames: number): LegendItem => ({ look, title, frames });

/** What stands in the window, in words, with how many frames it has. */
export function legendOf({ frames, modules, mappings }: About, colouring: Colouring): readonly LegendItem[] {
  const { counts, tallies } = frames;
  /** What has some of it, what has none, and the holes. */
  const each = (
    list: readonly FrameTally[],
    none: number,
    noneTitle: string,
    first: number,
    titleOf: (code: number) => string,
  ): LegendItem[] => [
    ...list
      .filter(({ code }) => code !== none)
      .map((one) => item(lookOf(colouring, one.code + first), titleOf(one.code), one.frames)),
    item(PLAIN, noneTitle, framesOf(list, none) - counts[0]),
    item(NOTHING, 'hole', counts[0]),
  ];
  switch (colouring) {
    case 'kind':
      return kindLegend(frames, mappings);
    case 'owner':
      return each(tallies.owners, -1, 'nobody', 2, (id) => nameOf(modules, id, 'module'));
    case 'level':
      return each(tallies.levels, 0, 'no table', 1, (level) => TABLE_NAMES[level as Level]);
    case 'times':
      return each(merged(tallies.times), 0, 'not by vmk_Map', 1, timesText);
    default:
      return [
        ...tallies.types
          .filter(({ code }) => code > 0)
          .map((one) => item(lookOf(colouring, one.code), typeName(one.code) ?? '', one.frames)),
        item(NOTHING, 'no memory', framesOf(tallies.types, 0)),
      ];
  }
}

const framesOf = (list: readonly FrameTally[], code: number): number =>
  list.find((one) => one.code === code)?.frames ?? 0;

const timesText = (times: number): string =>
  times >= TIMES.length - 1 ? `${times} times or more` : times === 1 ? 'mapped once' : `${times} times`;

/** With all numbers from the last look on taken as one. */
function merged(list: readonly FrameTally[]): readonly FrameTally[] {
  const most = TIMES.length - 1;
  const frames = list.filter(({ code }) => code >= most).reduce((sum, one) => sum + one.frames, 0);
  return [...list.filter(({ code }) => code < most), ...(frames > 0 ? [{ code: most, frames }] : [])];
}

export const nameOf = (
  list: readonly { readonly id: number; readonly name: string }[],
  id: number,
  what: string,
): string => list.find((one) => one.id === id)?.name ?? `${what} ${id}`;

/** Mappings that the legend names; it says how many more there are. */
const MOST_NAMED = 6;

function kindLegend({ counts, tallies }: FramesPicture, mappings: About['mappings']): readonly LegendItem[] {
  const named = tallies.mappings.slice(0, MOST_NAMED);
  const shown = named.reduce((sum, { frames }) => sum + frames, 0);
  const [mapped = 0, shared = 0] = counts.slice(MAPPED);
  const others = Math.max(0, mapped + shared - shown);
  return [
    ...named.map(({ code, frames }) => item(hued(code), nameOf(mappings, code, 'mapping'), frames)),
    ...(tallies.mappings.length > MOST_NAMED ? [item(hued(1), 'other mappings', others)] : []),
    item({ shape: 'split', token: '--map-1' }, 'mapped more than once', shared),
    ...KINDS.slice(0, MAPPED)
      .map((kind, code) => item(kind, kind.title, counts[code]))
      .toReversed(),
  ];
}

/** The bit of `FramesPicture.mixed` that a colouring is about; in the order of MIXED of the engine's picture. */
export const MIXED_BIT: Readonly<Record<Colouring, number>> = { kind: 1, owner: 2, level: 4, times: 8, type: 16 };
