import { decimalGroups, hexGroups } from '../../base/number';
import type { ReachPicture, ReachPlace } from '../../engine/picture';
import { ENTRY_NAMES, LEVELS, TABLE_NAMES, type Level } from '../../machine/address';
import { KINDS, kindAt, nameOf, typeName } from './colouring';
import type { About } from './props';

/** A frame or a cell of frames, fact by fact, each under its name. */
export type Facts = readonly (readonly [name: string, text: string])[];

const TIMES = ['', '', 'twice '];
/** Places that are named; of more the reader learns how many there are. */
const MOST_PLACES = 4;
/** The bits of `FramesPicture.mixed` for kind and type. */
const [KIND_DIFFERS, TYPE_DIFFERS] = [1, 16];

/** What can be said of the cell that a frame lies in. Outside the picture that is only its number. */
export function factsOf(about: About, mpn: number): Facts {
  const { frames, regions } = about;
  const { start, perCell, kinds } = frames;
  const i = Math.floor((mpn - start) / perCell);
  const first = start + i * perCell;
  const title: readonly [string, string] =
    perCell === 1
      ? ['MPN', hexGroups(mpn)]
      : ['MPNs', `${hexGroups(first)} – ${hexGroups(first + perCell - 1)}, ${decimalGroups(perCell)} frames`];
  if (i < 0 || i >= kinds.length) return [title];
  const end = first + perCell;
  const inside = regions.filter(({ startMPN, pages }) => startMPN < end && startMPN + pages > first);
  return [
    title,
    ['kind', kindText(about, i)],
    ['region', inside.length > 2 ? `${inside.length} regions` : inside.map(({ name }) => name).join(', ') || 'none'],
    ...mappedFacts(about, i, first),
    ...reachedFacts(about, first),
    ['memory type', typeText(about, i, first)],
  ];
}

function kindText({ frames }: About, i: number): string {
  const level = frames.levels[i] ?? 0;
  const { title } = KINDS[frames.kinds[i]];
  const text = level > 0 ? `${TABLE_NAMES[level as Level]} table` : title;
  return (frames.mixed[i] ?? 0) & KIND_DIFFERS ? `several kinds or mappings, among them ${text}` : text;
}

function mappedFacts({ frames, modules, mappedAt }: About, i: number, first: number): Facts {
  const times = frames.times[i] ?? 0;
  const owner = frames.owners[i] ?? -1;
  const owned: Facts = owner < 0 ? [] : [['owner', nameOf(modules, owner, 'module')]];
  if (times === 0) return [...owned, ['mapped', 'not by vmk_Map']];
  const places = mappedAt(first, frames.perCell).map(({ name, va }) => `${name} at ${hexGroups(va)}`);
  const most = frames.perCell > 1 && times > 1 ? 'up to ' : '';
  const often = times >= 255 ? '255 times or more ' : (TIMES[times] ?? `${times} times `);
  return [
    ...owned,
    ['mapped', `${most}${often}by vmk_Map${places.length > 0 ? `, as ${places.join('; ')}` : ', not listed'}`],
  ];
}

/** Every entry that leads there: what a request says is one thing, what the tables hold another. */
function reachedFacts({ reach, frames }: About, first: number): Facts {
  const found = reach.find(({ mpn, count }) => mpn === first && count === frames.perCell);
  return found ? [['reached', reachText(found)]] : [];
}

function reachText({ places, more }: ReachPicture): string {
  if (places.length === 0) return more ? 'from tables that were not all read' : 'by no entry';
  const near = LEVELS.toReversed().flatMap((level) => places.filter((place) => place.level === level));
  const rest = places.length - MOST_PLACES;
  const others = rest > 0 || more ? `; ${more ? 'many' : decimalGroups(rest)} more` : '';
  return `by ${near.slice(0, MOST_PLACES).map(placeText).join('; ')}${others}`;
}

const placeText = ({ level, as, va, entries }: ReachPlace): string =>
  `${ENTRY_NAMES[level]}${entries > 1 ? 's from' : ' for'} ${hexGroups(va)}${as === 'table' ? ', as a table' : ''}`;

/** The type and where it comes from, as far as the picture says. */
function typeText({ frames, pat }: About, i: number, mpn: number): string {
  const type = typeName(frames.types[i] ?? 0);
  if (type === undefined) return 'no memory';
  const differs = ((frames.mixed[i] ?? 0) & TYPE_DIFFERS) !== 0;
  if (frames.perCell > 1) return differs ? `several, among them ${type}` : type;
  const run = frames.mtrrs.find(({ start, end }) => mpn >= start && mpn < end);
  const by = run && `MTRR ${run.type} (${run.source})`;
  const slot = frames.slots.find(({ mapping }) => mapping === frames.mappings[i])?.slot;
  const reason = [by, slot !== undefined && kindAt(frames, i) !== 'hole' && `PAT slot ${slot} ${pat[slot]}`];
  const conflict = differs ? ', but another mapping gives another type' : '';
  return `${type}: ${reason.filter(Boolean).join(', ')}${conflict}`;
}

/** The same in one line, for the eye and the ear. */
export const describe = (about: About, mpn: number): string =>
  factsOf(about, mpn)
    .flatMap(([name, text]) => sentence(name, text) ?? [])
    .join(', ');

function sentence(name: string, text: string): string | undefined {
  switch (name) {
    case 'MPN':
    case 'MPNs':
    case 'owner':
      return `${name} ${text}`;
    case 'kind':
      return text === 'mapped' ? undefined : text;
    case 'region':
      return text === 'none' ? undefined : `in ${text}`;
    case 'mapped':
      return text.startsWith('not') ? 'not mapped by vmk_Map' : `mapped ${text}`;
    case 'reached':
      return `reached ${text}`;
    default:
      return text;
  }
}

/** Frames of a window or a range in words: `0x0 – 0x1ff`. */
export const spanText = (start: number, end: number): string =>
  end - start === 1 ? hexGroups(start) : `${hexGroups(start)} – ${hexGroups(end - 1)}`;

/** How much memory frames are, in binary units. */
export function sizeText(frames: number): string {
  let size = frames * 4;
  let unit = 0;
  for (; size >= 1024 && unit < UNITS.length - 1; unit++) size /= 1024;
  return `${Number.isInteger(size) ? size : size.toFixed(1)} ${UNITS[unit]}`;
}
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
