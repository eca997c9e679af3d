import { TABLE_ENTRIES } from '../../machine/address';
import type { Column } from './columns';

/** Pixels; walk.css has the same. */
const SPLIT = 34;
const FACTS = 50;
const [GUTTER, STRIP, GAP] = [16, 12, 10];
/** Widths in columns: of the last table, whose entries say most, and of where the path ends. */
const [LAST, END] = [1.4, 1.4];
const COLUMNS = 3 + LAST + END;
const MOST_ROWS = 25;
/** Narrower than this, levels stand below each other. */
export const STACKED_BELOW = 560;
export const STACKED_ROWS = 3;

export interface Geometry {
  readonly stacked: boolean;
  /** Rows under a lens and their height. */
  readonly rows: number;
  readonly row: number;
  /** Height of the name of a table. */
  readonly head: number;
  /** Where strips and lenses begin, and how high they are. */
  readonly top: number;
  readonly height: number;
  readonly column: number;
  /** Of the last table. */
  readonly last: number;
}

/** How a path fits into a size; `row` is the least height of a row. */
export function geometryOf(width: number, height: number, row: number): Geometry {
  const least = Math.max(20, row);
  // Where fingers point, the name is as high as they need.
  const head = least > 40 ? 44 : 22;
  if (width < STACKED_BELOW) {
    return { stacked: true, rows: STACKED_ROWS, row: least, head, top: 0, height: 0, column: width, last: width };
  }
  const top = SPLIT + head;
  const room = Math.max(3 * least, height - top - FACTS);
  const rows = Math.min(MOST_ROWS, Math.floor(room / least));
  const used = Math.min(room, rows * least * 1.4);
  const column = width / COLUMNS;
  return { stacked: false, rows, row: used / rows, head, top, height: used, column, last: column * LAST };
}

/** The columns of a path through so many tables, for a grid; where it ends takes the rest. */
export const tracksOf = (tables: number): string =>
  [...Array<number>(tables - 1).fill(1), LAST, COLUMNS - (tables - 1) - LAST]
    .map((part) => `minmax(0, ${part}fr)`)
    .join(' ');

/** The room for the words of a row in a column so wide; what is left are the strip, the lens and the frame of the row. */
export const roomOf = (column: number): number => column - GUTTER - STRIP - GAP - 12;

/** Where the marks of a column stand. */
export interface Marks {
  readonly strip: { readonly x: number; readonly width: number };
  /** The chosen slot in the strip, and the chosen row under the lens. */
  readonly slot: number;
  readonly row: number;
  readonly lens: { readonly x: number; readonly end: number; readonly from: number; readonly to: number };
  /** Where what the entry points to begins. */
  readonly next: { readonly x: number; readonly y: number };
}

export function marksOf(at: number, { part, lens, chosen }: Column, geometry: Geometry, isLast: boolean): Marks {
  const { column, last, top, height, row } = geometry;
  const x = at * column + GUTTER;
  const end = at * column + (isLast ? last : column);
  const yOf = (slot: number): number => top + (slot / TABLE_ENTRIES) * height;
  const first = lens[0]?.index ?? part.index;
  return {
    strip: { x, width: STRIP },
    slot: yOf(part.index + 0.5),
    row: top + (chosen + 0.5) * row,
    lens: {
      x: x + STRIP + GAP,
      end: end - 2,
      from: yOf(first),
      to: yOf(first + lens.length),
    },
    next: { x: end + GUTTER - (isLast ? 4 : 2), y: isLast ? SPLIT + 15 : top + 6 },
  };
}

const n = (value: number): string => value.toFixed(1);

/** From the part of the address down the strip to its slot. */
export const needlePath = ({ strip, slot }: Marks): string =>
  `M${n(strip.x + 1)} ${SPLIT}V${n(slot)}H${n(strip.x + strip.width)}`;

/** The lens: what of the strip its rows show. */
export const lensPath = ({ strip, lens }: Marks, { top, height }: Geometry): string =>
  `M${n(strip.x + strip.width)} ${n(lens.from)}L${n(lens.x)} ${n(top)}V${n(top + height)}L${n(strip.x + strip.width)} ${n(Math.max(lens.to, lens.from + 2))}Z`;

/** From the chosen row to what it points to. */
export const pointerPath = ({ row, lens, next }: Marks): string =>
  `M${n(lens.end)} ${n(row)}C${n(lens.end + 14)} ${n(row)} ${n(next.x - 14)} ${n(next.y)} ${n(next.x)} ${n(next.y)}`;

/** The whole way through a level, as one line; it goes below the words of the chosen row. */
export const trailPath = (marks: Marks, geometry: Geometry, leads: boolean): string => {
  const { strip, slot, lens, row } = marks;
  const edge = row + geometry.row / 2;
  const way = `M${n(strip.x + 1)} ${SPLIT}V${n(slot)}H${n(strip.x + strip.width)}L${n(lens.x)} ${n(edge)}H${n(lens.end)}V${n(row)}`;
  return leads ? way + pointerPath(marks).slice(pointerPath(marks).indexOf('C')) : way;
};
