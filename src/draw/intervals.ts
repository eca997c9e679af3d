/** Stretches of a line, sorted by where they start, and found by bisection. */
export class Intervals {
  /** The furthest end of all up to and including each: it only grows, so it can be bisected too. */
  private readonly reach: Float64Array;
  /** Whether none begins before all earlier ones have ended. */
  readonly disjoint: boolean;

  constructor(
    readonly starts: Float64Array,
    readonly ends: Float64Array,
  ) {
    this.reach = new Float64Array(starts.length);
    let furthest = -Infinity;
    let disjoint = true;
    for (let i = 0; i < starts.length; i++) {
      if ((starts[i] ?? 0) < furthest) disjoint = false;
      furthest = Math.max(furthest, ends[i] ?? 0);
      this.reach[i] = furthest;
    }
    this.disjoint = disjoint;
  }

  get length(): number {
    return this.starts.length;
  }

  /** The first that starts at or behind a place. */
  firstFrom(x: number): number {
    return bisect(this.starts, x);
  }

  /** Indices [low, high) that hold all that touch [from, to]; some that end earlier may be among them. */
  within(from: number, to: number): readonly [low: number, high: number] {
    let high = bisect(this.starts, to);
    while (high < this.length && this.starts[high] === to) high++;
    return [bisect(this.reach, from), high];
  }
}

/** The first index whose value is at least x, in a list that only grows. */
export function bisect(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Intervals from things in any order, and which thing each of them is. */
export function intervalsOf(
  count: number,
  start: (i: number) => number,
  end: (i: number) => number,
): { readonly intervals: Intervals; readonly order: Int32Array } {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  let sorted = true;
  for (let i = 1; i < count && sorted; i++) sorted = start(i - 1) <= start(i);
  if (!sorted) order.sort((a, b) => start(a) - start(b) || a - b);
  return { intervals: new Intervals(Float64Array.from(order, start), Float64Array.from(order, end)), order };
}
