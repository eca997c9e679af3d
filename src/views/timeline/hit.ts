import { pixelOf } from '../../draw/span';
import type { TimelinePicture } from '../../engine/picture';
import type { Thing } from '../../engine/thing';
import { bandsOf, lineWidth, placeAt, topOf, trackAt, type Layout } from './layout';
import { flightOf, type Flight } from './paint-messages';
import type { Indexed, Tracks } from './tracks';

/** What a point of the tracks belongs to. */
export type Hit =
  | { readonly kind: 'step' | 'hazard'; readonly step: number }
  | { readonly kind: 'message' | 'wait' | 'owed'; readonly index: number };

/** Pixels by which a thin mark may be missed. */
const SLACK = 4;
/** Where more messages than this are under the pointer, none of them can be told from the others. */
const MOST_MESSAGES = 64;

/** The uppermost mark at a point of the canvas. */
export function hitAt(
  layout: Layout,
  tracks: Tracks,
  timeline: TimelinePicture,
  x: number,
  y: number,
): Hit | undefined {
  if (x < layout.gutter) return undefined;
  const id = trackAt(layout, y);
  const track = tracks.list[id];
  const message = messageAt(layout, tracks, timeline, x, y);
  if (!track) return message;
  const place = placeAt(layout, x);
  const slack = (placeAt(layout, x + SLACK) - place) * 1;
  const hazard = timeline.hazardSteps.find(
    (step, i) =>
      timeline.acts.pcpus[step] === id &&
      Math.abs(pixelOf(layout.span, lineWidth(layout), tracks.hazards[i] ?? 0) + layout.gutter - x) <= 6,
  );
  const inTrack = y - topOf(layout, id);
  if (hazard !== undefined && inTrack < 11) return { kind: 'hazard', step: hazard };
  const step = nearest(track.acts, place, slack);
  const { owed } = bandsOf(layout.row);
  const owing = nearest(track.owed, place, 0);
  if (owing !== undefined && layout.row >= 8 && inTrack >= layout.row - owed - 2) return { kind: 'owed', index: owing };
  if (message) return message;
  if (step !== undefined) return { kind: 'step', step };
  const waiting = nearest(track.waits, place, 0);
  if (waiting !== undefined) return { kind: 'wait', index: waiting };
  return owing === undefined ? undefined : { kind: 'owed', index: owing };
}

/** What holds a place, or else the nearest within reach; of several, the one that starts last. */
function nearest({ intervals, order }: Indexed, place: number, slack: number): number | undefined {
  const [low, high] = intervals.within(place - slack, place + slack);
  let best: number | undefined;
  let distance = Infinity;
  for (let k = low; k < high; k++) {
    const away = Math.max((intervals.starts[k] ?? 0) - place, place - (intervals.ends[k] ?? 0), 0);
    if (away > slack || away > distance) continue;
    best = order[k];
    distance = away;
  }
  return best;
}

function messageAt(layout: Layout, tracks: Tracks, timeline: TimelinePicture, x: number, y: number): Hit | undefined {
  const [from, to] = [placeAt(layout, x - SLACK), placeAt(layout, x + SLACK)];
  const [low, high] = tracks.messages.intervals.within(from, to);
  if (high - low > MOST_MESSAGES) return undefined;
  let best: number | undefined;
  let distance = SLACK;
  for (let k = low; k < high; k++) {
    const i = tracks.messages.order[k] ?? 0;
    const away = distanceTo(flightOf(layout, tracks, timeline, i), x, y);
    if (away > distance) continue;
    best = i;
    distance = away;
  }
  return best === undefined ? undefined : { kind: 'message', index: best };
}

/** From a point to a line with ends. */
function distanceTo({ x0, y0, x1, y1 }: Flight, x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / Math.max(1e-9, dx * dx + dy * dy)));
  return Math.hypot(x0 + along * dx - x, y0 + along * dy - y);
}

/** What is selected with a mark. Waits and what is owed belong to their operation. */
export function thingOf(timeline: TimelinePicture, hit: Hit): Thing {
  switch (hit.kind) {
    case 'step':
    case 'hazard':
      return { kind: 'step', step: hit.step };
    case 'message':
      return { kind: 'message', index: hit.index };
    default:
      return { kind: 'op', index: timeline[hit.kind === 'wait' ? 'waits' : 'owed'][hit.index]?.op ?? 0 };
  }
}
