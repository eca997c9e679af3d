import type { CSSProperties } from 'react';
import type { BorderName, Borders } from '../../state/layout';

/** A border between panels that can be moved. */
export interface Border {
  /** The size it sets. */
  readonly label: string;
  readonly axis: 'x' | 'y';
  /** The side of its container that the size counts from. */
  readonly from: 'start' | 'end';
  /** What the layout keeps: pixels, or percent of the container. */
  readonly unit: 'px' | '%';
  /** Pixels that the panel before it and the one behind it keep at least. */
  readonly least: readonly [number, number];
}

/** The columns at the sides take at most this share of the width, so that the middle keeps the most. */
const MOST_SIDE = 0.32;
/** The time line takes at most this share of the height. */
export const MOST_TIMELINE = 0.6;
const LEAST_SIDE = 240;

const side = (from: Border['from'], label: string): Border => ({
  label,
  axis: 'x',
  from,
  unit: 'px',
  least: [LEAST_SIDE, 0],
});
const between = (axis: Border['axis'], label: string, ...least: [number, number]): Border => ({
  label,
  axis,
  from: 'start',
  unit: '%',
  least,
});

export const BORDERS: Readonly<Record<BorderName, Border>> = {
  left: side('start', 'Width of Request and Mappings'),
  right: side('end', 'Width of Entry bits, Memory type and Hazards'),
  timeline: { label: 'Height of Timeline', axis: 'y', from: 'end', unit: 'px', least: [72, 0] },
  request: between('y', 'Height of Request', 120, 76),
  walk: between('y', 'Height of Page walk', 120, 120),
  frames: between('x', 'Width of Machine frames', 220, 220),
  bits: between('y', 'Height of Entry bits', 110, 64),
  type: between('y', 'Height of Memory type', 64, 64),
};

/** Pixels: how large the panel before a border may be, and where on its container that begins. */
export interface Room {
  readonly min: number;
  readonly max: number;
  /** The border before this one, or the start. */
  readonly base: number;
  readonly total: number;
}

/** The room between the borders next to one; of the page for the three that have none. */
export function roomOf(name: BorderName, total: number, base = 0, next = total): Room {
  const { unit, least } = BORDERS[name];
  const max =
    unit === '%' ? next - base - least[1] : Math.floor(total * (name === 'timeline' ? MOST_TIMELINE : MOST_SIDE));
  return { min: least[0], max: Math.max(least[0], max), base, total };
}

/** What the layout keeps for a panel of so many pixels. */
export function keptSize(name: BorderName, size: number, { min, max, base, total }: Room): number {
  const held = Math.max(min, Math.min(size, max));
  return BORDERS[name].unit === 'px' ? Math.round(held) : Math.round((1000 * (base + held)) / total) / 10;
}

/** The tracks of a grid, each with its least size in pixels, from the borders between them in percent. */
function tracks(least: readonly number[], ...at: readonly (number | undefined)[]): string | undefined {
  if (at.includes(undefined)) return undefined;
  const all = [0, ...(at as readonly number[]), 100];
  return least.map((px, i) => `minmax(${px}px, ${(all[i + 1] - all[i]).toFixed(1)}fr)`).join(' ');
}

const px = (size: number | undefined): string | undefined => (size === undefined ? undefined : `${size}px`);

/** The borders that were moved, as layout.css takes them. */
export function styleOf({ left, right, timeline, request, walk, frames, bits, type }: Borders): CSSProperties {
  const { least } = BORDERS.bits;
  return {
    '--left': px(left),
    '--right': px(right),
    '--timeline': px(timeline),
    '--rows-left': tracks(BORDERS.request.least, request),
    '--rows-middle': tracks(BORDERS.walk.least, walk),
    '--pair': tracks(BORDERS.frames.least, frames),
    '--rows-right': tracks([...least, BORDERS.type.least[1]], bits, type),
  } as CSSProperties;
}
