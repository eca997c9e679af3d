import { piecesOf } from '../../draw/pieces';
import type { TimelinePicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { litOps, litSteps } from '../lit';
import { bandsOf, lineWidth, topOf, type Layout } from './layout';
import { flightOf } from './paint-messages';
import type { Pen } from './pen';
import type { Indexed, Track, Tracks } from './tracks';

/** Height of a track, in pixels. */
const LEAST_RINGED = 10;

/** Rings around what belongs to the thing pointed at or selected. */
export function paintLit(pen: Pen, layout: Layout, tracks: Tracks, timeline: TimelinePicture, lit: Lit): void {
  const { context } = pen;
  context.clearRect(0, 0, layout.width, layout.height);
  if (lit.steps.length === 0 && lit.messages.length === 0 && lit.pcpus.length === 0) return;
  const { owed } = bandsOf(layout.row);
  context.fillStyle = pen.colour('--accent');
  for (const id of lit.pcpus)
    context.fillRect(layout.gutter - 5, topOf(layout, id) + 1, 3, Math.max(2, layout.row - 3));
  context.save();
  context.beginPath();
  context.rect(layout.gutter - 1, 0, layout.width - layout.gutter + 1, layout.height);
  context.clip();
  const first = Math.max(0, Math.floor(layout.scroll / layout.row));
  const last = Math.min(tracks.list.length, Math.ceil((layout.scroll + layout.height) / layout.row));
  const rings = new Path2D();
  // Rings around what is hardly higher than they are would hide it; the operations above are marked all the same.
  const ringed = layout.row >= LEAST_RINGED && lit.steps.length > 0;
  for (let id = first; id < last; id++) {
    const track = tracks.list[id];
    const y = topOf(layout, id);
    if (track && ringed) {
      ringSteps(rings, layout, timeline, track, y, lit);
      ringLasting(rings, layout, timeline, track.waits, timeline.waits, lit, y + 1, layout.row - owed - 4);
      ringLasting(rings, layout, timeline, track.owed, timeline.owed, lit, y + layout.row - owed - 2, owed);
    } else if (track && lit.pcpus.includes(id)) {
      // All that it does.
      rings.rect(layout.gutter, y + 1, lineWidth(layout), Math.max(1, layout.row - 3));
    }
  }
  for (const i of lit.messages) {
    const { x0, y0, x1, y1 } = flightOf(layout, tracks, timeline, i);
    rings.moveTo(x0, y0);
    rings.lineTo(x1, y1);
  }
  // What is pointed at elsewhere, such as a page, mostly belongs to many: finer lines leave the bars readable.
  const finer = lit.pcpus.length === 0 ? 1 : 0;
  for (const [width, token] of [
    [4, '--panel'],
    [2, '--accent'],
  ] as const) {
    context.lineWidth = width - finer;
    context.strokeStyle = pen.colour(token);
    context.stroke(rings);
  }
  context.restore();
}

function ringSteps(rings: Path2D, layout: Layout, { acts }: TimelinePicture, track: Track, y: number, lit: Lit): void {
  const { top, bar } = bandsOf(layout.row);
  // Of many steps in a stretch, only those of its operation.
  const mine = (step: number): boolean =>
    litSteps(lit, step) && (lit.ops.length === 0 || litOps(lit, acts.ops[step] ?? -1));
  for (const { intervals, order } of [track.acts, track.arrivals]) {
    for (const { first, last, x0, x1 } of piecesOf(intervals, layout.span, lineWidth(layout))) {
      // The steps of a track follow each other: a piece of many is mostly told by its ends.
      let some = false;
      if (litSteps(lit, order[first] ?? 0, (order[last] ?? 0) + 1))
        for (let k = first; k <= last && !some; k++) some = mine(order[k] ?? 0);
      if (some) rings.rect(layout.gutter + x0 - 1, y + top - 1, Math.max(3, x1 - x0) + 1, bar + 2);
    }
  }
}

/** What lasts for an operation: waits, and invalidations that are owed. Marked where all of the operation is. */
function ringLasting(
  rings: Path2D,
  layout: Layout,
  { ops }: TimelinePicture,
  { intervals, order }: Indexed,
  list: readonly { readonly op: number }[],
  lit: Lit,
  y: number,
  height: number,
): void {
  const mine = (i: number): boolean => {
    const op = list[i]?.op ?? -1;
    const { first, last } = ops[op] ?? { first: 0, last: 0 };
    return first > 0 && litOps(lit, op) && litSteps(lit, first) && litSteps(lit, last);
  };
  for (const { first, last, x0, x1 } of piecesOf(intervals, layout.span, lineWidth(layout))) {
    let some = false;
    for (let k = first; k <= last && !some; k++) some = mine(order[k] ?? 0);
    if (some) rings.rect(layout.gutter + x0 - 1, y - 1, Math.max(3, x1 - x0) + 1, Math.max(1, height) + 2);
  }
}
