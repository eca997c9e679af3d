import type { RangeSpec } from './op';

/** The machine page ranges of a request, copied and ready for arithmetic. Sums are exact: at most 2^20 ranges of 2^32 pages. */
export interface RangeList {
  readonly starts: Float64Array;
  readonly pages: Uint32Array;
  readonly total: number;
  /** The frames that all ranges lie in: [low, high). */
  readonly low: number;
  readonly high: number;
  /** The index of the first range without pages, or -1. */
  readonly empty: number;
}

const known = new WeakMap<readonly RangeSpec[], RangeList>();

/**
 * Expands range specifications. A startMPN at or beyond 2^53 loses precision here, but stays far above any MAXPHYADDR,
 * so that it is still refused.
 */
export function rangeList(specs: readonly RangeSpec[]): RangeList {
  const cached = known.get(specs);
  if (cached) return cached;
  const length = specs.reduce((sum, { count }) => sum + (count ?? 1), 0);
  const starts = new Float64Array(length);
  const pages = new Uint32Array(length);
  let at = 0;
  let total = 0;
  let low = Infinity;
  let high = 0;
  let empty = -1;
  for (const { startMPN, numPages, count = 1, stride = 0n } of specs) {
    const first = Number(startMPN);
    const step = Number(stride);
    const last = first + (count - 1) * step;
    low = Math.min(low, first);
    high = Math.max(high, last + numPages);
    if (numPages === 0 && empty < 0) empty = at;
    total += numPages * count;
    pages.fill(numPages, at, at + count);
    for (let left = count, mpn = first; left > 0; left--, mpn += step) starts[at++] = mpn;
  }
  const list = { starts, pages, total, low, high, empty };
  known.set(specs, list);
  return list;
}

/** A range list sorted by start, for look-ups by frame. */
export interface SortedRanges {
  readonly starts: Float64Array;
  readonly pages: Uint32Array;
  /** VPN offset of each range. */
  readonly offsets: Float64Array;
  /** Greatest end so far, so that overlapping ranges are found. */
  readonly reach: Float64Array;
}
const indexes = new WeakMap<RangeList, SortedRanges>();

/** The ranges in the order of their frames; made once. */
export function sortedRanges(list: RangeList): SortedRanges {
  const cached = indexes.get(list);
  if (cached) return cached;
  const { length } = list.starts;
  const offsets = new Float64Array(length);
  let sorted = true;
  for (let i = 1; i < length; i++) {
    offsets[i] = offsets[i - 1] + list.pages[i - 1];
    if (list.starts[i] < list.starts[i - 1]) sorted = false;
  }
  const order = sorted
    ? undefined
    : Float64Array.from({ length }, (_, i) => i).toSorted((a, b) => list.starts[a] - list.starts[b]);
  const pick = (from: Float64Array): Float64Array => (order ? order.map((i) => from[i]) : from);
  const starts = pick(list.starts);
  const pages = order ? Uint32Array.from(order, (i) => list.pages[i]) : list.pages;
  const reach = new Float64Array(length);
  for (let i = 0; i < length; i++) reach[i] = Math.max(i > 0 ? reach[i - 1] : 0, starts[i] + pages[i]);
  const index = { starts, pages, offsets: pick(offsets), reach };
  indexes.set(list, index);
  return index;
}

/** Every part of the list that lies in frames [start, end): where it starts, its pages, and its page offset in the mapping. */
export function* partsWithin(
  list: RangeList,
  start: number,
  end: number,
): Generator<{ mpn: number; pages: number; offset: number }> {
  const { starts, pages, offsets, reach } = sortedRanges(list);
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reach[middle] <= start) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < starts.length && starts[i] < end; i++) {
    const from = Math.max(starts[i], start);
    const to = Math.min(starts[i] + pages[i], end);
    if (from < to) yield { mpn: from, pages: to - from, offset: offsets[i] + (from - starts[i]) };
  }
}
