import { pixelOf, type Span } from '../../draw/span';
import type { TimelinePicture } from '../../engine/picture';
import type { Tracks } from './tracks';

/** An operation above the tracks, or several neighbours too narrow to stand alone. Pixels. */
export interface Group {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly row: number;
  readonly left: number;
  readonly width: number;
}

/** Narrower groups, in pixels, take in their neighbours; where there are very many, so do wider ones. */
const NARROWEST = 7;
const MANY = 200;

/** The row of each operation: the lowest in which nothing overlaps it; what finds none shares the last of `most`. */
export function rowsOfOps({ ops: { intervals } }: Tracks, most: number): Uint8Array {
  const free: number[] = [];
  return Uint8Array.from(intervals.starts, (start, k) => {
    const found = free.findIndex((end) => end <= start);
    const row = found < 0 ? Math.min(free.length, most - 1) : found;
    free[row] = Math.max(free[row] ?? 0, intervals.ends[k] ?? 0);
    return row;
  });
}

/** The operations of a window, folded to what can be pointed at. */
export function groupsOf(
  { ops: { intervals, order } }: Tracks,
  timeline: TimelinePicture,
  rows: Uint8Array,
  span: Span,
  width: number,
): readonly Group[] {
  const [low, high] = intervals.within(span.from, span.to);
  const groups: Group[] = [];
  const narrowest = high - low > MANY ? Math.max(NARROWEST, (2 * width) / MANY) : NARROWEST;
  const open: (number | undefined)[] = [];
  /** Where what was last put into a row ends, true to scale. */
  const reach: number[] = [];
  for (let k = low; k < high; k++) {
    const index = order[k] ?? 0;
    const first = timeline.ops[index]?.first ?? 0;
    const [x0, x1] = [intervals.starts[k] ?? 0, intervals.ends[k] ?? 0].map((x) => pixelOf(span, width, x)) as [
      number,
      number,
    ];
    if (first === 0 || x1 < 0 || x0 > width) continue;
    const row = rows[k] ?? 0;
    const at = open[row];
    const before = at === undefined ? undefined : groups[at];
    const narrow = x1 - x0 < narrowest;
    const end = before ? before.left + before.width : 0;
    // Too narrow to stand beside the one before, or all of it below that.
    if (before && ((narrow && before.width <= narrowest && x0 - before.left < narrowest) || x1 <= (reach[row] ?? 0))) {
      groups[at ?? 0] = { ...before, last: index, count: before.count + 1, width: Math.max(end, x1) - before.left };
      continue;
    }
    // Not over the one before, which may be drawn wider than it is.
    const left = Math.max(x0, end, 0);
    const right = Math.min(x1, width);
    open[row] = groups.length;
    reach[row] = x1 - 0.5;
    groups.push({
      first: index,
      last: index,
      count: 1,
      row,
      left,
      width: Math.max(narrow ? NARROWEST - 2 : 0, right - left),
    });
  }
  return groups;
}
