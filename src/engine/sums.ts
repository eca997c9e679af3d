/** Amounts over stretches of numbers, added from low to high, summed over any stretch in logarithmic time. */
export class Sums {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly totals: number[] = [0];

  /** `amount` spread evenly over [start, start + count). */
  add(start: number, count: number, amount: number): void {
    this.starts.push(start);
    this.ends.push(start + count);
    this.totals.push((this.totals.at(-1) ?? 0) + amount);
  }

  within(start: number, end: number): number {
    return this.before(end) - this.before(start);
  }

  /** The amounts below a number. */
  private before(at: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle] <= at) low = middle + 1;
      else high = middle;
    }
    const done = this.totals[low];
    if (low === this.starts.length || this.starts[low] >= at) return done;
    const share = (at - this.starts[low]) / (this.ends[low] - this.starts[low]);
    return done + Math.round(share * (this.totals[low + 1] - done));
  }
}
