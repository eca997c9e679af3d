import type { Intervals } from './intervals';
import { pixelOf, type Span } from './span';

/** What is drawn as one: a single stretch, or neighbours too narrow to be told apart. Indices first to last; pixels x0 to x1. */
export interface Piece {
  readonly first: number;
  readonly last: number;
  readonly x0: number;
  readonly x1: number;
}

/** Narrower ones, in pixels, are drawn together with their neighbours. */
const NARROW = 1.5;

/**
 * The stretches of a window as at most a few pieces a pixel. A stretch that is wide enough to be seen is always a piece of its own;
 * runs of narrow ones are skipped by bisection, so that the work depends on the pixels and not on the stretches.
 */
export function piecesOf(intervals: Intervals, span: Span, width: number): readonly Piece[] {
  const { starts, ends, disjoint } = intervals;
  const [low, high] = intervals.within(span.from, span.to);
  const px = (x: number): number => pixelOf(span, width, x);
  const perPixel = (span.to - span.from) / width;
  const narrow = (i: number): boolean => px(ends[i] ?? 0) - px(starts[i] ?? 0) < NARROW;
  const pieces: Piece[] = [];
  for (let i = low; i < high;) {
    const start = starts[i] ?? 0;
    if ((ends[i] ?? 0) < span.from) {
      i++;
      continue;
    }
    if (!narrow(i)) {
      pieces.push({ first: i, last: i, x0: px(start), x1: px(ends[i] ?? 0) });
      i++;
      continue;
    }
    let next = i + 1;
    if (disjoint) {
      next = Math.max(next, Math.min(high, intervals.firstFrom(start + perPixel)));
      // Of stretches side by side that start in one pixel, only the last can reach beyond it.
      if (next - 1 > i && !narrow(next - 1)) next--;
    } else {
      while (next < high && (starts[next] ?? 0) < start + perPixel && narrow(next)) next++;
    }
    pieces.push({ first: i, last: next - 1, x0: px(start), x1: Math.max(px(ends[next - 1] ?? 0), px(start) + 1) });
    i = next;
  }
  return pieces;
}

/** Places on a line, sorted, as one mark a few pixels apart: none is lost, each mark knows how many it stands for. */
export function marksOf(
  places: Float64Array,
  span: Span,
  width: number,
  apart = 6,
): readonly { readonly x: number; readonly first: number; readonly count: number }[] {
  const marks: { x: number; first: number; count: number }[] = [];
  places.forEach((place, i) => {
    if (place < span.from || place > span.to) return;
    const x = pixelOf(span, width, place);
    const before = marks.at(-1);
    if (before && x - before.x < apart) before.count++;
    else marks.push({ x, first: i, count: 1 });
  });
  return marks;
}
