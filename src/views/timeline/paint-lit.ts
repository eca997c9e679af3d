import { piecesOf } from '../../draw/pieces';
import type { TimelinePicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { litSteps } from '../lit';
import { bandsOf, lineWidth, topOf, type Layout } from './layout';
import { flightOf } from './paint-messages';
import type { Pen } from './pen';
import type { Track, Tracks } from './tracks';

/** Rings around what belongs to the thing pointed at or selected. */
export function paintLit(pen: Pen, layout: Layout, tracks: Tracks, timeline: TimelinePicture, lit: Lit): void {
  const { context } = pen;
  context.clearRect(0, 0, layout.width, layout.height);
  if (lit.steps.length === 0 && lit.messages.length === 0 && lit.pcpus.length === 0) return;
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
  if (lit.steps.length > 0) {
    for (let id = first; id < last; id++) {
      const track = tracks.list[id];
      if (track) ringSteps(rings, layout, timeline, track, topOf(layout, id), lit);
    }
  }
  for (const i of lit.messages) {
    const { x0, y0, x1, y1 } = flightOf(layout, tracks, timeline, i);
    rings.moveTo(x0, y0);
    rings.lineTo(x1, y1);
  }
  for (const [width, token] of [
    [4, '--panel'],
    [2, '--accent'],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = pen.colour(token);
    context.stroke(rings);
  }
  context.restore();
}

function ringSteps(rings: Path2D, layout: Layout, { acts }: TimelinePicture, track: Track, y: number, lit: Lit): void {
  const { top, bar } = bandsOf(layout.row);
  // Of many steps in a stretch, only those of its operation.
  const mine = (step: number): boolean =>
    litSteps(lit, step) && (lit.ops.length === 0 || lit.ops.includes(acts.ops[step] ?? -1));
  for (const indexed of [track.acts, track.arrivals]) {
    for (const { first, last, x0, x1 } of piecesOf(indexed.intervals, layout.span, lineWidth(layout))) {
      let some = false;
      for (let k = first; k <= last && !some; k++) some = mine(indexed.order[k] ?? 0);
      if (some) rings.rect(layout.gutter + x0 - 1, y + top - 1, Math.max(3, x1 - x0) + 1, bar + 2);
    }
  }
}
