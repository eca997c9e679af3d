import type { TimelinePicture } from '../../engine/picture';
import { middleOf, xOf, type Layout } from './layout';
import type { Pen } from './pen';
import { arrivalOf, type Tracks } from './tracks';

/** A message from the track of its sender to that of its receiver. */
export interface Flight {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly lost: boolean;
}

/** How much of its way a lost message is drawn. */
const LOST_AFTER = 0.6;

export function flightOf(layout: Layout, { axis }: Tracks, timeline: TimelinePicture, i: number): Flight {
  const { from, to, sent, arrivedAt } = timeline.messages;
  const lost = arrivedAt[i] === 0;
  const x0 = xOf(layout, axis.ofTime(sent[i] ?? 0));
  const y0 = middleOf(layout, from[i] ?? 0);
  const way = lost ? LOST_AFTER : 1;
  return {
    x0,
    y0,
    x1: x0 + way * (xOf(layout, arrivalOf(timeline, axis, i)) - x0),
    y1: y0 + way * (middleOf(layout, to[i] ?? 0) - y0),
    lost,
  };
}

/** Tracks lower than this, in pixels, are so many that their messages are drawn faintly. */
const SPARSE = 6;

/** IPIs as solid lines, acknowledgements dashed, lost ones with a cross. Lines that start in the same pixel and stand upright are one. */
export function paintMessages(pen: Pen, layout: Layout, tracks: Tracks, timeline: TimelinePicture): void {
  const { context } = pen;
  const { intervals } = tracks.messages;
  const [low, high] = intervals.within(layout.span.from, layout.span.to);
  const lines = { ipi: new Path2D(), ack: new Path2D() };
  const heads = { ipi: new Path2D(), ack: new Path2D() };
  const crosses = new Path2D();
  const upright = new Uprights(layout);
  const { from, to, kinds, arrivedAt } = timeline.messages;
  for (let k = low; k < high; k++) {
    const i = tracks.messages.order[k] ?? 0;
    const kind = kinds[i] ?? 'ipi';
    const [x0, x1] = [xOf(layout, intervals.starts[k] ?? 0), xOf(layout, intervals.ends[k] ?? 0)];
    if (x1 < layout.gutter || x0 > layout.width) continue;
    if (arrivedAt[i] !== 0 && x1 - x0 < 1.5) {
      upright.add(x0, middleOf(layout, from[i] ?? 0), middleOf(layout, to[i] ?? 0));
      continue;
    }
    const flight = flightOf(layout, tracks, timeline, i);
    lines[kind].moveTo(flight.x0, flight.y0);
    lines[kind].lineTo(flight.x1, flight.y1);
    if (flight.lost) cross(crosses, flight);
    else if (layout.row >= SPARSE) head(heads[kind], flight);
  }
  upright.paint(pen);
  for (const kind of ['ipi', 'ack'] as const) {
    const colour = pen.colour(kind === 'ipi' ? '--accent' : '--ok');
    const line = (width: number, stroke: string): void => {
      context.lineWidth = width;
      context.strokeStyle = stroke;
      context.stroke(lines[kind]);
    };
    // A halo keeps a line apart from the bars that it crosses; among very many, lines must not hide what is below.
    if (layout.row >= SPARSE) line(3, pen.colour('--panel'));
    else context.globalAlpha = 0.4;
    context.setLineDash(kind === 'ack' ? [4, 3] : []);
    line(layout.row >= SPARSE ? 1.5 : 1, colour);
    context.setLineDash([]);
    context.fillStyle = colour;
    context.fill(heads[kind]);
    context.globalAlpha = 1;
  }
  context.lineWidth = 2;
  context.strokeStyle = pen.colour('--hazard');
  context.stroke(crosses);
}

/** The point of an arrow. */
function head(path: Path2D, { x0, y0, x1, y1 }: Flight): void {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  path.moveTo(x1, y1);
  path.lineTo(x1 - 8 * Math.cos(angle - 0.4), y1 - 8 * Math.sin(angle - 0.4));
  path.lineTo(x1 - 8 * Math.cos(angle + 0.4), y1 - 8 * Math.sin(angle + 0.4));
  path.closePath();
}

function cross(path: Path2D, { x1, y1 }: Flight): void {
  path.moveTo(x1 - 4, y1 - 4);
  path.lineTo(x1 + 4, y1 + 4);
  path.moveTo(x1 + 4, y1 - 4);
  path.lineTo(x1 - 4, y1 + 4);
}

/** Messages whose flight is too short to be seen: one line a pixel, from the uppermost to the lowest PCPU that takes part. */
class Uprights {
  private readonly tops: Float32Array;
  private readonly bottoms: Float32Array;
  private count = 0;

  constructor({ width }: Layout) {
    this.tops = new Float32Array(Math.ceil(width) + 2).fill(Infinity);
    this.bottoms = new Float32Array(Math.ceil(width) + 2);
  }

  add(x: number, y0: number, y1: number): void {
    const at = Math.max(0, Math.round(x));
    if (this.tops[at] === Infinity) this.count++;
    this.tops[at] = Math.min(this.tops[at] ?? Infinity, y0, y1);
    this.bottoms[at] = Math.max(this.bottoms[at] ?? 0, y0, y1);
  }

  /** Faintly where there are so many that they would hide what is done. */
  paint({ context, colour }: Pen): void {
    if (this.count === 0) return;
    context.globalAlpha = this.count > this.tops.length / 8 ? 0.12 : 1;
    context.fillStyle = colour('--accent');
    this.tops.forEach((top, x) => {
      if (top < Infinity) context.fillRect(x, top, 1, (this.bottoms[x] ?? top) - top);
    });
    context.globalAlpha = 1;
  }
}
