/** A stretch from first to last, both within. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** Puts stretches into rows so that none overlap in one; a row for each, in the order given. */
export function rowsOf(stretches: readonly Stretch[]): readonly number[] {
  const ends: number[] = [];
  return stretches.map(({ first, last }) => {
    const free = ends.findIndex((end) => end < first);
    const row = free < 0 ? ends.length : free;
    ends[row] = Math.max(first, last);
    return row;
  });
}
