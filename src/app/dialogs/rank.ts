/** How well a text answers a query; the higher, the better. `at` are the indices of the letters that matched. */
export interface Match {
  readonly score: number;
  readonly at: readonly number[];
}

const isStart = (text: string, at: number): boolean => at === 0 || !/[a-z0-9]/.test(text[at - 1]);
const runOf = (from: number, length: number): readonly number[] => Array.from({ length }, (_, i) => from + i);

/** The letters of a word from one place on: each right behind the one before, or at the start of a later word. */
function scattered(word: string, text: string, from: number): readonly number[] | undefined {
  if (word.length === 1) return [from];
  const rest = word.slice(1);
  for (let next = text.indexOf(rest[0], from + 1); next >= 0; next = text.indexOf(rest[0], next + 1)) {
    const found = next === from + 1 || isStart(text, next) ? scattered(rest, text, next) : undefined;
    if (found) return [from, ...found];
  }
  return undefined;
}

/** One word of a query: as it stands, best at the start of a word, or as the starts of words. */
function matchWord(word: string, text: string): Match | undefined {
  let inside: Match | undefined;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const early = 1 / (1 + at);
    if (isStart(text, at)) return { score: 3 + early, at: runOf(at, word.length) };
    inside ??= { score: 2 + early, at: runOf(at, word.length) };
  }
  if (inside) return inside;
  for (let at = text.indexOf(word[0]); at >= 0; at = text.indexOf(word[0], at + 1)) {
    const letters = isStart(text, at) ? scattered(word, text, at) : undefined;
    if (letters) return { score: 1 + 1 / (1 + at), at: letters };
  }
  return undefined;
}

/** Every word of the query must be found, in any order. An empty query matches everything. */
export function match(query: string, text: string): Match | undefined {
  const lower = text.toLowerCase();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.map((word) => matchWord(word, lower));
  if (found.includes(undefined)) return undefined;
  const all = found as readonly Match[];
  return {
    // Of two that match alike, the shorter has less that was not asked for.
    score: all.reduce((sum, { score }) => sum + score, 0) - text.length / 1000,
    at: [...new Set(all.flatMap(({ at }) => at))].toSorted((a, b) => a - b),
  };
}

export interface Ranked<T> {
  readonly item: T;
  readonly at: readonly number[];
}

/** The items that answer a query, best first; a match in the title counts more than one in what is said about it. */
export function ranked<T extends { readonly title: string; readonly says?: string | undefined }>(
  items: readonly T[],
  query: string,
): readonly Ranked<T>[] {
  if (query.trim() === '') return items.map((item) => ({ item, at: [] }));
  return items
    .flatMap((item) => {
      const found = match(query, item.title);
      if (found) return [{ item, at: found.at, score: found.score + 4 }];
      const said = match(query, `${item.title} ${item.says ?? ''}`);
      return said ? [{ item, at: [], score: said.score }] : [];
    })
    .toSorted((a, b) => b.score - a.score);
}
