/** A window on a line: what of it is on screen. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The pixel, from the left edge of `width` of them, at which a place of the line is drawn. */
export const pixelOf = ({ from, to }: Span, width: number, x: number): number => ((x - from) / (to - from)) * width;

/** The place of the line that is drawn at a pixel. */
export const placeOf = ({ from, to }: Span, width: number, pixel: number): number =>
  from + (pixel / width) * (to - from);

/** The window moved back over the line where it stands out, and made smaller where it is larger. */
export function held({ from, to }: Span, whole: Span): Span {
  const size = Math.min(to - from, whole.to - whole.from);
  const start = Math.max(whole.from, Math.min(from, whole.to - size));
  return { from: start, to: start + size };
}

/** Magnified so many times about a place, which stays where it is; never to less than `least`. */
export function zoomed(span: Span, by: number, about: number, whole: Span, least: number): Span {
  const size = Math.max(Math.min(least, whole.to - whole.from), (span.to - span.from) / by);
  const share = (about - span.from) / (span.to - span.from);
  return held({ from: about - share * size, to: about + (1 - share) * size }, whole);
}

export const moved = (span: Span, by: number, whole: Span): Span =>
  held({ from: span.from + by, to: span.to + by }, whole);

/** The window, or one of the same size in which a place that has left it stands near the edge where it came in. */
export function keptIn(span: Span, x: number, whole: Span): Span {
  if (x >= span.from && x <= span.to) return span;
  const size = span.to - span.from;
  const from = x > span.to ? x - size * 0.1 : x - size * 0.9;
  return held({ from, to: from + size }, whole);
}

/** Round numbers in a window, at least so many pixels apart; the same as those of D3. */
export const roundTicks = (span: Span, width: number, apart: number): readonly number[] =>
  ticks(span, Math.max(1, Math.floor(width / apart)));

function ticks({ from, to }: Span, count: number): readonly number[] {
  const wanted = (to - from) / count;
  if (!(wanted > 0)) return [];
  const power = Math.floor(Math.log10(wanted));
  const over = wanted / 10 ** power;
  const digit = over >= Math.sqrt(50) ? 10 : over >= Math.sqrt(10) ? 5 : over >= Math.SQRT2 ? 2 : 1;
  // Below 1 by how many make one, which is a whole number, so that 0.3 is 3 / 10 and not 3 * 0.1.
  const [times, by] = power < 0 ? [1, 10 ** -power / digit] : [digit * 10 ** power, 1];
  const at = (i: number): number => (i * times) / by;
  let first = Math.round((from * by) / times);
  let last = Math.round((to * by) / times);
  if (at(first) < from) first++;
  if (at(last) > to) last--;
  if (last < first && count < 2) return ticks({ from, to }, 2 * count);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => at(first + i));
}
