import { piecesOf, marksOf, type Piece } from '../../draw/pieces';
import type { TimelinePicture } from '../../engine/picture';
import { ACTS, KIND_STYLE, type ActKind } from '../acts';
import { bandsOf, lineWidth, topOf, xOf, type Layout } from './layout';
import { paintMessages } from './paint-messages';
import { canvasFont, textFits, texture, type Pen } from './pen';
import type { Track, Tracks } from './tracks';
import { owedText, waitText } from './words';

/** Bars as high as this, in pixels, have room for words. */
const TALL = 11;

/** Everything but the playhead and what is lit. */
export function paintTracks(pen: Pen, layout: Layout, tracks: Tracks, timeline: TimelinePicture): void {
  const { context } = pen;
  context.clearRect(0, 0, layout.width, layout.height);
  const first = Math.max(0, Math.floor(layout.scroll / layout.row));
  const last = Math.min(tracks.list.length, Math.ceil((layout.scroll + layout.height) / layout.row));
  paintNames(pen, layout, first, last);
  context.save();
  context.beginPath();
  context.rect(layout.gutter, 0, layout.width - layout.gutter, layout.height);
  context.clip();
  for (let id = first; id < last; id++) {
    const track = tracks.list[id];
    if (track) paintTrack(pen, layout, tracks, timeline, track, id);
  }
  paintMessages(pen, layout, tracks, timeline);
  paintHazards(pen, layout, tracks, timeline);
  context.restore();
}

/** Every PCPU, or as many as there is room for, at round numbers. */
function paintNames(pen: Pen, layout: Layout, first: number, last: number): void {
  const { context } = pen;
  const every = [1, 2, 4, 8, 16, 32].find((n) => n * layout.row >= 12) ?? 64;
  context.font = canvasFont(pen, 11);
  context.textBaseline = 'middle';
  for (let id = first; id < last; id++) {
    const y = topOf(layout, id);
    if (layout.row >= 6 || id % every === 0) {
      context.fillStyle = pen.colour('--line');
      context.fillRect(layout.gutter, Math.round(y + layout.row) - 1, lineWidth(layout), 1);
    }
    if (id % every !== 0 || y + 11 > layout.height) continue;
    context.fillStyle = pen.colour('--ink-2');
    context.fillText(`PCPU ${id}`, 0, y + Math.max(6, layout.row / 2));
  }
}

function paintTrack(
  pen: Pen,
  layout: Layout,
  tracks: Tracks,
  timeline: TimelinePicture,
  track: Track,
  id: number,
): void {
  const { context } = pen;
  const y = topOf(layout, id);
  const { top, bar, owed } = bandsOf(layout.row);
  const pieces = (indexed: Track['acts']): readonly Piece[] =>
    piecesOf(indexed.intervals, layout.span, lineWidth(layout));
  for (const { first, last, x0, x1 } of pieces(track.waits)) {
    const [left, width] = box(layout, x0, x1);
    context.fillStyle = pen.colour('--free');
    context.fillRect(left, y + top, width, bar);
    if (layout.row >= 8) {
      context.fillStyle = pen.colour('--line-strong');
      context.fillRect(left, Math.round(y + top + bar) - 1, width, 1);
      context.fillRect(left, Math.round(y + top), width, 1);
    }
    const i = track.waits.order[first] ?? 0;
    const wait = timeline.waits[i];
    if (first === last && wait && bar >= TALL)
      write(pen, layout, waitText(wait, tracks.awaited[i] ?? 0), left, width, y + top + bar / 2, '--ink-2');
  }
  for (const { x0, x1 } of pieces(track.owed)) {
    const [left, width] = box(layout, x0, x1);
    context.fillStyle = layout.row >= 8 ? texture(pen, 'hatch', '--stale', '--stale-soft') : pen.colour('--stale');
    context.fillRect(left, y + layout.row - owed - 1, width, owed);
    if (owed < 4) continue;
    context.fillStyle = pen.colour('--stale');
    context.fillRect(left, y + layout.row - owed - 1, width, 1);
  }
  if (bar >= TALL) writeOwed(pen, layout, timeline, track, y + top + bar / 2);
  for (const piece of pieces(track.acts)) paintAct(pen, layout, timeline, track, piece, y + top, bar);
  context.fillStyle = pen.colour('--ink');
  const arrivals = pieces(track.arrivals);
  if (arrivals.length > lineWidth(layout) / 6) return;
  for (const { x0 } of arrivals) context.fillRect(layout.gutter + x0 - 0.75, y + top, 1.5, bar);
}

/** Pixels of a piece, at least one wide, not far outside the picture. */
function box({ gutter, width }: Layout, x0: number, x1: number): readonly [left: number, width: number] {
  const left = Math.max(gutter - 4, gutter + x0);
  return [left, Math.max(1, Math.min(width + 4, gutter + x1) - left)];
}

function paintAct(
  pen: Pen,
  layout: Layout,
  timeline: TimelinePicture,
  { acts }: Track,
  { first, last, x0, x1 }: Piece,
  y: number,
  height: number,
): void {
  const { context } = pen;
  const [left, full] = box(layout, x0, x1);
  // A gap of a pixel keeps neighbours of one kind apart.
  const width = full > 4 ? full - 1 : full;
  const step = longest(timeline, acts.order, first, last);
  const { kind, label } = actOf(timeline, step);
  const { token, texture: look } = KIND_STYLE[kind];
  context.fillStyle = pen.colour(token);
  if (width <= 6 || height <= 6) context.fillRect(left, y, width, height);
  else {
    context.beginPath();
    context.roundRect(left, y, width, height, 3);
    context.fill();
  }
  const text = first === last ? label : '';
  if (height >= TALL && text !== '' && textFits(pen, text, visible(layout, left, width) - 8)) {
    write(pen, layout, text, left, width, y + height / 2, '--panel');
  } else if (look !== 'plain' && width >= 4 && height >= 6) {
    context.fillStyle = texture(pen, look, '--panel');
    context.fillRect(left, y, width, height);
  }
}

/** The act of a step, in words. */
export const actOf = ({ acts }: TimelinePicture, step: number): (typeof ACTS)[keyof typeof ACTS] & { kind: ActKind } =>
  ACTS[acts.names[acts.acts[step] ?? 0] ?? 'begin'];

/** Of many steps in one pixel, the one that lasts longest among a few of them. */
function longest({ acts }: TimelinePicture, order: Int32Array, first: number, last: number): number {
  const stride = Math.max(1, Math.floor((last - first + 1) / 16));
  let best = order[first] ?? 0;
  for (let i = first; i <= last; i += stride) {
    const step = order[i] ?? 0;
    if ((acts.cycles[step] ?? 0) > (acts.cycles[best] ?? 0)) best = step;
  }
  return best;
}

const visible = ({ gutter, width }: Layout, left: number, wide: number): number =>
  Math.min(width, left + wide) - Math.max(gutter, left);

/** Words inside a bar, at the left edge of what is seen of it; nothing where they do not fit. */
function write(
  pen: Pen,
  layout: Layout,
  text: string,
  left: number,
  width: number,
  middle: number,
  token: string,
): void {
  if (!textFits(pen, text, visible(layout, left, width) - 8)) return;
  const { context } = pen;
  context.font = canvasFont(pen, 11, 500);
  context.textBaseline = 'middle';
  context.fillStyle = pen.colour(token);
  context.fillText(text, Math.max(layout.gutter, left) + 5, middle + 0.5);
}

/** What is owed is said in the gap before the PCPU does something again, where there is one. */
function writeOwed(pen: Pen, layout: Layout, { owed }: TimelinePicture, track: Track, middle: number): void {
  for (const { first, last, x0 } of piecesOf(track.owed.intervals, layout.span, lineWidth(layout))) {
    if (first !== last) continue;
    const start = track.owed.intervals.starts[first] ?? 0;
    const end = track.owed.intervals.ends[first] ?? 0;
    const { acts } = track;
    const next = acts.intervals.firstFrom(start);
    const busyUntil = next > 0 ? (acts.intervals.ends[next - 1] ?? 0) : 0;
    if (busyUntil > start) continue;
    const free = Math.min(end, acts.intervals.starts[next] ?? Infinity);
    const left = layout.gutter + x0;
    const one = owed[track.owed.order[first] ?? 0];
    if (one) write(pen, layout, owedText(one), left, xOf(layout, free) - left, middle, '--stale');
  }
}

/** Triangles at the top of the track on which a hazard was raised; several close together are one. */
function paintHazards(pen: Pen, layout: Layout, tracks: Tracks, timeline: TimelinePicture): void {
  const { context } = pen;
  const { hazardSteps, acts } = timeline;
  for (const { x, first } of marksOf(tracks.hazards, layout.span, lineWidth(layout))) {
    const step = hazardSteps[first] ?? 0;
    const top = topOf(layout, acts.pcpus[step] ?? 0);
    const left = layout.gutter + x;
    context.beginPath();
    context.moveTo(left, top - 1);
    context.lineTo(left + 6, top + 10);
    context.lineTo(left - 6, top + 10);
    context.closePath();
    context.lineWidth = 2;
    context.strokeStyle = pen.colour('--panel');
    context.stroke();
    context.fillStyle = pen.colour('--hazard');
    context.fill();
    context.fillStyle = pen.colour('--panel');
    context.fillRect(left - 0.75, top + 3, 1.5, 3.5);
    context.fillRect(left - 0.75, top + 7.5, 1.5, 1.5);
  }
}
