/** From `start` up to, not including, `end`. */
interface Stretch<T> {
  readonly start: T;
  readonly end: T;
}

/** The same keys in order, with stretches that touch made one. */
export function joined<T extends number | bigint>(list: readonly Stretch<T>[]): readonly Stretch<T>[] {
  if (list.length < 2) return list;
  const all: { start: T; end: T }[] = [];
  for (const { start, end } of list.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))) {
    const last = all.at(-1);
    if (!last || last.end < start) all.push({ start, end });
    else if (last.end < end) last.end = end;
  }
  return all;
}

/** Whether any of the stretches, which are in order and apart, has a key of [start, end). */
export function meets<T>(list: readonly Stretch<T>[], start: T, end: T): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].end <= start) low = middle + 1;
    else high = middle;
  }
  return low < list.length && list[low].start < end;
}
