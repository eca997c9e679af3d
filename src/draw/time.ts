/**
 * The playhead counts steps: 3.25 is a quarter of the way from step 3 to step 4. Between two steps simulated time runs evenly.
 * `times` has the start of each step, in cycles.
 */
export function timeAt(times: Float64Array, at: number): number {
  const step = Math.max(0, Math.min(Math.floor(at), times.length - 1));
  const start = times[step] ?? 0;
  const next = times[step + 1] ?? start;
  return start + (at - step) * (next - start);
}

/** The last position at which a time is reached; of steps that start together, the last. */
export function positionAt(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle;
    else high = middle;
  }
  const start = times[low] ?? 0;
  const next = times[low + 1];
  return next === undefined || next <= start ? low : low + (time - start) / (next - start);
}

/** The first position at which a time is reached. Behind the last step, `tail` cycles count as one step more. */
export function firstPositionAt(times: Float64Array, time: number, tail = 1): number {
  const last = times.length - 1;
  const end = times[last] ?? 0;
  if (time > end) return last + Math.min(1, (time - end) / Math.max(1, tail));
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const reached = times[low] ?? 0;
  if (low === 0 || reached <= time) return low;
  const before = times[low - 1] ?? 0;
  return low - 1 + (time - before) / (reached - before);
}
