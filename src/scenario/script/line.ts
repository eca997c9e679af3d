import { suggestion, nearest } from '../nearest';
import { readHead } from './head';
import { lex, type Piece } from './lex';
import { readOp } from './op-line';
import { Parts, type Part, type Read, type Wrong } from './part';
import { OP_HEADS, shapeOf, type Shape } from './shapes';

/** What a line is by itself: nothing here depends on the lines around it. */
export interface Line extends Read {
  /** A line that is `unknown` has no meaning at all. */
  readonly what: 'blank' | 'comment' | 'unknown' | 'op' | Head;
  readonly shape?: Shape | undefined;
  readonly comment?: { readonly from: number; readonly text: string } | undefined;
}

export const HEADS = ['title', 'note', 'machine', 'version'] as const;
export type Head = (typeof HEADS)[number];
/** What a line may begin with. */
export const FIRST_WORDS: readonly string[] = [...OP_HEADS.keys(), ...HEADS];
const isHead = (word: string): word is Head => HEADS.some((head) => head === word);

export function readLine(line: string): Line {
  const title = TITLE.test(line) ? readTitle(line) : undefined;
  if (title) return title;
  const { pieces, comment: from } = lex(line);
  const comment = from === undefined ? undefined : { from, text: line.slice(from + 1).replace(/^ /, '') };
  if (pieces.length === 0) return { what: comment ? 'comment' : 'blank', parts: [], wrong: [], comment };
  const word = pieces[0].key === undefined ? pieces[0].text : '';
  if (isHead(word)) return { what: word, ...plain(readHead(word, pieces)), comment };
  return { ...readOperation(pieces), comment };
}

const plain = ({ parts, wrong }: Read): Read => ({ parts, wrong });

const TITLE = /^\s*title\s/;

/** A title is the rest of its line, whatever stands in it, unless it is a text in quotes. */
function readTitle(line: string): Line | undefined {
  const [, space, after, text] = /^(\s*)title(\s+)([^\s"].*)$/s.exec(line) ?? [];
  if (text === undefined) return undefined;
  const from = space.length + 'title'.length + after.length;
  const value = text.trimEnd();
  const parts: Part[] = [
    { from: space.length, to: from - after.length, kind: 'word' },
    { from, to: from + value.length, kind: 'name', keys: ['title'], value },
  ];
  return { what: 'title', parts, wrong: [] };
}

/** Of a mistyped word, what it most likely means is read, so that later lines may use what such a line makes. */
function readOperation(pieces: readonly Piece[]): Line {
  const [first, second] = pieces;
  const words = new Parts();
  const head = readWord(words, first, FIRST_WORDS, 'must be one of');
  const seconds = (head !== undefined && OP_HEADS.get(head)) || [];
  if (head === undefined || isHead(head)) return { what: 'unknown', ...plain(words) };
  if (seconds.length === 0) return withOp(shapeOf(head), pieces.slice(1), words);
  if (!second) {
    words.fail({ at: first.from, text: first.text }, `${head} must be followed by one of ${seconds.join(', ')}`);
    return { what: 'unknown', ...plain(words) };
  }
  if (head === 'set' && second.text.includes('.')) {
    return withOp(shapeOf('set control'), pieces.slice(1), words);
  }
  const next = readWord(words, second, seconds, `must be, behind ${head}, one of`);
  return withOp(next === undefined ? undefined : shapeOf(`${head} ${next}`), pieces.slice(2), words);
}

function readWord(
  parts: Parts,
  { from, to, at, text }: Piece,
  known: readonly string[],
  rule: string,
): string | undefined {
  if (at === from && known.includes(text)) {
    parts.word(from, to);
    return text;
  }
  parts.fail({ at: from, text }, `${rule} ${known.join(', ')}${suggestion(text, known)}`);
  return nearest(text, known);
}

function withOp(shape: Shape | undefined, pieces: readonly Piece[], before: Read): Line {
  if (!shape) return { what: 'unknown', ...plain(before) };
  const { parts, wrong } = readOp(shape, pieces);
  return { what: 'op', shape, parts: [...before.parts, ...parts], wrong: [...before.wrong, ...wrong] };
}

export type { Part, Wrong };
