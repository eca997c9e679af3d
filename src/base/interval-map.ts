import { OrderedMap } from './ordered-map';

/** Half-open: start ≤ key < end. `value` is what holds at `start`. */
export interface Interval<V> {
  readonly start: number;
  readonly end: number;
  readonly value: V;
}

/** What a value becomes when its interval loses its first `by` keys. */
type Slice<V> = (value: V, by: number) => V;

/** A persistent set of disjoint intervals over numbers, each with a value. */
export class IntervalMap<V> {
  private constructor(
    private readonly map: OrderedMap<Interval<V>>,
    private readonly slice: Slice<V>,
  ) {}

  static empty<V>(slice: Slice<V> = (value) => value): IntervalMap<V> {
    return new IntervalMap(OrderedMap.empty<Interval<V>>(), slice);
  }

  get count(): number {
    return this.map.size;
  }

  /** The stored interval that holds `key`. */
  find(key: number): Interval<V> | undefined {
    const interval = this.map.floor(key)?.[1];
    return interval && key < interval.end ? interval : undefined;
  }

  /** The value at `key`, sliced to it. */
  at(key: number): V | undefined {
    const interval = this.find(key);
    return interval && this.slice(interval.value, key - interval.start);
  }

  /** The parts of stored intervals within [start, end), in order. */
  *within(start: number, end: number): Generator<Interval<V>> {
    const first = this.find(start);
    if (first && start < end) yield this.clip(first, start, end);
    for (const interval of this.map.values(first ? first.end : start, end)) yield this.clip(interval, start, end);
  }

  all(): Generator<Interval<V>> {
    return this.map.values();
  }

  /** The parts of [start, end) that no interval holds, in order. */
  *gaps(start: number, end: number): Generator<{ readonly start: number; readonly end: number }> {
    let at = start;
    for (const interval of this.within(start, end)) {
      if (interval.start > at) yield { start: at, end: interval.start };
      at = interval.end;
    }
    if (at < end) yield { start: at, end };
  }

  /** The intervals that are not the same in `other`, of both maps; costs what differs. */
  changed(other: IntervalMap<V>): Interval<V>[] {
    return this.map.changedKeys(other.map).flatMap((key) => [this.map.get(key) ?? [], other.map.get(key) ?? []].flat());
  }

  /** Without anything in [start, end); intervals across a border keep their outer part. */
  cut(start: number, end: number): IntervalMap<V> {
    if (start >= end) return this;
    let { map } = this;
    const touched = [...this.within(start, end)].map((part) => this.find(part.start)!);
    for (const interval of touched) {
      map = map.delete(interval.start);
      if (interval.start < start) map = map.set(interval.start, this.clip(interval, interval.start, start));
      if (interval.end > end) map = map.set(end, this.clip(interval, end, interval.end));
    }
    return touched.length === 0 ? this : new IntervalMap(map, this.slice);
  }

  /** With [start, end) holding `value`, replacing what was there. */
  put(start: number, end: number, value: V): IntervalMap<V> {
    return new IntervalMap(this.cut(start, end).map.set(start, { start, end, value }), this.slice);
  }

  /** Like `put`, but grown over neighbours that touch it; for maps whose values do not matter. */
  join(start: number, end: number, value: V): IntervalMap<V> {
    const before = this.find(start - 1);
    const after = this.find(end);
    return this.put(before?.start ?? start, after?.end ?? end, value);
  }

  private clip(interval: Interval<V>, start: number, end: number): Interval<V> {
    if (interval.start >= start && interval.end <= end) return interval;
    const from = Math.max(interval.start, start);
    return { start: from, end: Math.min(interval.end, end), value: this.slice(interval.value, from - interval.start) };
  }
}
