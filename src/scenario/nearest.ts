const CANDIDATES = 1000;
const LONGEST = 64;

/** The name that a mistyped one most likely stands for, or undefined when none is close. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  if (name.length === 0 || name.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  let left = CANDIDATES;
  for (const candidate of names) {
    if (left-- === 0) break;
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < least) [least, best] = [edits, candidate];
  }
  return best;
}

/** ` did you mean "x"?` to put behind a rule, or nothing. */
export function suggestion(name: unknown, names: Iterable<string>): string {
  const guess = typeof name === 'string' ? nearest(name, names) : undefined;
  return guess === undefined ? '' : `; did you mean "${guess}"?`;
}

/** Insertions, deletions, replacements and swaps of neighbours (Damerau and Levenshtein). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const edits = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(swapped ? Math.min(edits, before[j - 2] + 1) : edits);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
