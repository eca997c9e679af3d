import { NAME, NUMBER, SIGN, textEnd } from './token';
import { NAMED } from './types';

/** A part of a line in the colour of its kind; columns count from 0. */
export interface CToken {
  readonly from: number;
  readonly to: number;
  readonly kind: 'word' | 'name' | 'number' | 'attribute' | 'comment' | 'said' | 'text';
}

const WORDS: ReadonlySet<string> = new Set(
  'if else for while do return goto break continue static const extern struct sizeof void inline int long short char signed unsigned NULL'.split(
    ' ',
  ),
);
const CALL = /\s*\(/y;
const SPACE = /\s+/y;

type Within = 'comment' | 'said' | undefined;

/** The colours of a line, and whether a comment goes on behind it. */
interface ColouredLine {
  readonly tokens: readonly CToken[];
  readonly within: Within;
}

/** Looks at all lines, since a comment may go on over some, and answers with the colours of each. */
export function cColours(lines: readonly string[]): (line: number) => readonly CToken[] {
  const before: Within[] = [];
  let within: Within;
  for (const line of lines) {
    before.push(within);
    // A line without a sign of a comment leaves everything as it is.
    if (within ? line.includes('*/') : line.includes('/*')) within = coloured(line, within).within;
  }
  return (line) => coloured(lines[line], before[line]).tokens;
}

function coloured(line: string, start: Within): ColouredLine {
  const tokens: CToken[] = [];
  let at = 0;
  let within = start;
  const comment = (from: number, search: number): void => {
    const end = line.indexOf('*/', search);
    at = end < 0 ? line.length : end + 2;
    if (at > from) tokens.push({ from, to: at, kind: within! });
    if (end >= 0) within = undefined;
  };
  if (within) comment(0, 0);
  while (at < line.length) {
    const from = at;
    if (line.startsWith('/*', at)) {
      within = line[at + 2] === '@' ? 'said' : 'comment';
      comment(from, at + 2);
      continue;
    }
    const [end, kind] = line.startsWith('//', at) ? ([line.length, 'comment'] as const) : wordAt(line, at);
    at = end;
    if (kind) tokens.push({ from, to: at, kind });
  }
  return { tokens, within };
}

const endOf = (pattern: RegExp, line: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : at;
};

function wordAt(line: string, at: number): readonly [end: number, kind: CToken['kind'] | undefined] {
  if (line[at] === '#') return [endOf(/#\s*\w*/y, line, at), 'word'];
  if (line[at] === '"') return [textEnd(line, at) ?? line.length, 'text'];
  const number = endOf(NUMBER, line, at);
  if (number > at) return [number, 'number'];
  const name = endOf(NAME, line, at);
  if (name > at) return [name, kindOf(line.slice(at, name), endOf(CALL, line, name) > name)];
  return [Math.max(endOf(SPACE, line, at), endOf(SIGN, line, at), at + 1), undefined];
}

function kindOf(name: string, called: boolean): CToken['kind'] | undefined {
  if (WORDS.has(name) || NAMED.has(name)) return 'word';
  if (/^[A-Z][A-Z0-9_]+$/.test(name)) return 'attribute';
  return called ? 'name' : undefined;
}
