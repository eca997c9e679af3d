import { pixelOf, placeOf, type Span } from '../../draw/span';

/** Where things stand on the canvas of the tracks, in CSS pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Room for the names of the PCPUs, left of the lines. */
  readonly gutter: number;
  /** Height of a track, and how far the tracks are scrolled. */
  readonly row: number;
  readonly scroll: number;
  readonly span: Span;
}

const LOWEST_ROW = 3;
const HIGHEST_ROW = 44;
/** Room at the right, so that what ends with the run is seen to end. */
export const MARGIN = 8;

/** Tracks as high as there is room for; below three pixels they scroll. */
export const rowFor = (pcpus: number, height: number): number =>
  Math.max(LOWEST_ROW, Math.min(HIGHEST_ROW, Math.floor(height / Math.max(1, pcpus))));

export const lineWidth = ({ width, gutter }: Layout): number => Math.max(1, width - gutter - MARGIN);
export const xOf = (layout: Layout, place: number): number =>
  layout.gutter + pixelOf(layout.span, lineWidth(layout), place);
export const placeAt = (layout: Layout, x: number): number =>
  placeOf(layout.span, lineWidth(layout), x - layout.gutter);
export const topOf = ({ row, scroll }: Layout, track: number): number => track * row - scroll;
export const trackAt = ({ row, scroll }: Layout, y: number): number => Math.floor((y + scroll) / row);

/** In a track: the bar of what is done, and below it the stripe of what is owed. */
export function bandsOf(row: number): { readonly top: number; readonly bar: number; readonly owed: number } {
  if (row >= 34) return { top: 3, bar: row - 13, owed: 6 };
  if (row >= 24) return { top: 2, bar: row - 9, owed: 5 };
  if (row >= 14) return { top: 1, bar: row - 7, owed: 4 };
  if (row >= 8) return { top: 1, bar: row - 4, owed: 2 };
  return { top: 0, bar: row - 1, owed: 1 };
}

/** The middle of the bar of a track: where messages leave and arrive. */
export function middleOf(layout: Layout, track: number): number {
  const { top, bar } = bandsOf(layout.row);
  return topOf(layout, track) + top + bar / 2;
}
