/** A stretch of memory on the rail. */
export interface Place {
  readonly kind: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A place with where it stands on the rail: 0 is its left end, 1 its right. */
export interface Segment extends Place {
  readonly from: number;
  readonly to: number;
}

/** More are joined with their neighbours. */
const MOST_PLACES = 24;
/** What is between places takes so much less of the rail. */
const HOLE = 0.3;

/**
 * All memory on one line: every place as long as the logarithm of its size, so that a device of four frames and the top of
 * 4 PiB can both be seen; within a place the scale is even.
 */
export function railOf(places: readonly Place[], total: number): readonly Segment[] {
  const all = filled(joined(places.toSorted((a, b) => a.start - b.start)), total);
  const weights = all.map(({ kind, start, end }) => (Math.log2(end - start) + 3) * (kind === 'hole' ? HOLE : 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  let at = 0;
  return all.map(({ kind, name, start, end }, i) => {
    const from = at;
    at += weights[i] / sum;
    return { kind, name, start, end, from, to: at };
  });
}

function joined(places: readonly Place[]): readonly Place[] {
  if (places.length <= MOST_PLACES) return places;
  const size = Math.ceil(places.length / MOST_PLACES);
  return Array.from({ length: Math.ceil(places.length / size) }, (_, i) => {
    const group = places.slice(i * size, (i + 1) * size);
    const [first] = group;
    const name = group.length === 1 ? first.name : `${group.length} regions from ${first.name}`;
    return { ...first, name, end: group.at(-1)!.end };
  });
}

function filled(places: readonly Place[], total: number): readonly Place[] {
  const all: Place[] = [];
  let at = 0;
  for (const place of [...places, { kind: 'end', name: '', start: total, end: total }]) {
    if (place.start > at) all.push({ kind: 'hole', name: 'hole', start: at, end: place.start });
    if (place.end > place.start) all.push(place);
    at = Math.max(at, place.end);
  }
  return all;
}

/** Where a frame stands on the rail. */
export function positionOf(rail: readonly Segment[], mpn: number): number {
  const segment = rail.find(({ end }) => mpn < end);
  if (!segment) return 1;
  const { start, end, from, to } = segment;
  return from + ((mpn - start) / (end - start)) * (to - from);
}

/** The frame at a place of the rail. */
export function frameAt(rail: readonly Segment[], position: number): number {
  const segment = rail.find(({ to }) => position < to) ?? rail.at(-1);
  if (!segment) return 0;
  const { start, end, from, to } = segment;
  const part = Math.max(0, Math.min(1, (position - from) / (to - from)));
  return Math.min(end - 1, start + Math.floor(part * (end - start)));
}
