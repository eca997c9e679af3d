/** What stands between two spaces: `24`, `pcpu=1`, `"a b"`, `{"enabled": false}`. Offsets count from the start of the line. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** `pcpu` of `pcpu=1`. */
  readonly key: string | undefined;
  /** Where the value begins, behind the key. */
  readonly at: number;
  readonly text: string;
}

export interface Lexed {
  readonly pieces: readonly Piece[];
  /** Where the comment begins. */
  readonly comment: number | undefined;
}

const KEY = /([A-Za-z][\w.]*)=/y;
const BARE = /[^\s=|]*/y;
const OR = /\s*\|\s*/y;
const SPACE = /\s*/y;
const REST = /\S*/y;
const IN_STRING = /[^"\\]*/y;
const BETWEEN = /[^"[\]{}]*/y;

const endOf = (pattern: RegExp, line: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : at;
};

/** Whether a value is written as JSON. */
export const isJson = (text: string): boolean => text !== '' && '"[{'.includes(text[0]);

export function lex(line: string): Lexed {
  const pieces: Piece[] = [];
  for (let from = endOf(SPACE, line, 0); from < line.length;) {
    if (line[from] === '#') return { pieces, comment: from };
    KEY.lastIndex = from;
    const key = KEY.exec(line)?.[1];
    const at = key === undefined ? from : from + key.length + 1;
    const to = Math.max(valueEnd(line, at), from + 1);
    pieces.push({ from, to, key, at, text: line.slice(at, to) });
    from = endOf(SPACE, line, to);
  }
  return { pieces, comment: undefined };
}

function valueEnd(line: string, at: number): number {
  if (line[at] === '=') return at + 1;
  if (!isJson(line.charAt(at))) return bareEnd(line, at);
  return endOf(REST, line, line[at] === '"' ? stringEnd(line, at) : bracketEnd(line, at));
}

/** Up to a space or `=`; `|` joins what stands on both sides of it, with spaces or without. */
function bareEnd(line: string, start: number): number {
  let at = endOf(BARE, line, start);
  for (let next = endOf(OR, line, at); next > at && line[next] !== '#'; next = endOf(OR, line, at)) {
    at = endOf(BARE, line, next);
  }
  return at;
}

/** Behind the quote that ends the text which begins at `start`, or the end of the line. */
function stringEnd(line: string, start: number): number {
  let at = endOf(IN_STRING, line, start + 1);
  while (line[at] === '\\') at = endOf(IN_STRING, line, at + 2);
  return Math.min(at + 1, line.length);
}

/** Behind the bracket that closes the one at `start`, or the end of the line. */
function bracketEnd(line: string, start: number): number {
  let depth = 0;
  for (let at = start; at < line.length;) {
    const character = line[at];
    if (character === '"') at = stringEnd(line, at);
    else {
      depth += character === '[' || character === '{' ? 1 : -1;
      at++;
      if (depth === 0) return at;
    }
    at = endOf(BETWEEN, line, at);
  }
  return line.length;
}
