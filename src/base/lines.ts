/** So many lines of the old text give way to lines of the new one. Lines count from 0. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** Above so many comparisons what differs is told as one piece. */
const MOST_COMPARED = 2 ** 21;

export const linesIn = (text: string): readonly string[] => text.split('\n');

/** Lines that two texts have in common at their starts and, apart from those, at their ends. */
export function commonLines(
  a: readonly string[],
  b: readonly string[],
): { readonly before: number; readonly behind: number } {
  const most = Math.min(a.length, b.length);
  let before = 0;
  while (before < most && a[before] === b[before]) before++;
  let behind = 0;
  while (behind < most - before && a[a.length - 1 - behind] === b[b.length - 1 - behind]) behind++;
  return { before, behind };
}

/** What turns one text into another, piece by piece, in order and apart. */
export function hunksOf(a: readonly string[], b: readonly string[]): readonly Hunk[] {
  const { before, behind } = commonLines(a, b);
  const [old, now] = [a.slice(before, a.length - behind), b.slice(before, b.length - behind)];
  if (old.length === 0 && now.length === 0) return [];
  if (old.length * now.length > MOST_COMPARED) return [{ from: before, to: before + old.length, lines: now }];
  const hunks: Hunk[] = [];
  const put = (i: number, j: number, toI: number, toJ: number): void => {
    if (toI > i || toJ > j) hunks.push({ from: before + i, to: before + toI, lines: now.slice(j, toJ) });
  };
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of pairsOf(old, now)) {
    put(i, j, nextI, nextJ);
    [i, j] = [nextI + 1, nextJ + 1];
  }
  put(i, j, old.length, now.length);
  return hunks;
}

/** The longest list of lines that both have in the same order, as places in both. */
function pairsOf(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [right, below] = [lengths[i * width + j + 1], lengths[(i + 1) * width + j]];
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(right, below);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i++;
    else j++;
  }
  return pairs;
}

/** A text with the hunks of another change put into it. `clash`: lines that both changed stay as they are in `mine`. */
export interface Merged {
  readonly text: string;
  readonly clash: boolean;
}

/** What was changed on two sides, together. */
export function merged(old: string, mine: string, theirs: string): Merged {
  if (mine === old) return { text: theirs, clash: false };
  if (theirs === old || theirs === mine) return { text: mine, clash: false };
  const lines = linesIn(old);
  const own = hunksOf(lines, linesIn(mine));
  const other = hunksOf(lines, linesIn(theirs)).filter((hunk) => !own.some((one) => isSame(one, hunk)));
  const free = other.filter((hunk) => !own.some((one) => overlap(one, hunk)));
  // Of two at the same place, that of the other side stands first.
  const all = [...free, ...own].toSorted((a, b) => a.from - b.from || a.to - b.to);
  return { text: applied(lines, all).join('\n'), clash: free.length < other.length };
}

const overlap = (a: Hunk, b: Hunk): boolean => a.from < b.to && b.from < a.to;

const isSame = (a: Hunk, b: Hunk): boolean =>
  a.from === b.from && a.to === b.to && a.lines.join('\n') === b.lines.join('\n');

function applied(lines: readonly string[], hunks: readonly Hunk[]): string[] {
  const parts: (readonly string[])[] = [];
  let at = 0;
  for (const { from, to, lines: now } of hunks) {
    parts.push(lines.slice(at, from), now);
    at = to;
  }
  return [...parts, lines.slice(at)].flat();
}

/** The line of another text that a line stands for: the same one above and below what differs, else the nearest inside. Lines count from 0. */
export function lineAcross(a: readonly string[], b: readonly string[], line: number): number {
  const { before, behind } = commonLines(a, b);
  if (line < before) return line;
  if (line >= a.length - behind) return line + b.length - a.length;
  return Math.max(0, Math.min(line, b.length - behind - 1));
}
