import { suggestion, nearest } from '../nearest';
import { readHead } from './head';
import { lex, type Piece } from './lex';
import { readOp } from './op-line';
import { Parts, type Part, type Read } from './part';
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
  const read = new Parts();
  const word = pieces[0].key === undefined ? pieces[0].text : '';
  let shape: Shape | undefined;
  if (isHead(word)) readHead(read, word, pieces);
  else shape = readOperation(read, pieces);
  const { parts, wrong } = read;
  return { what: isHead(word) ? word : shape ? 'op' : 'unknown', shape, parts, wrong, comment };
}

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
function readOperation(parts: Parts, pieces: readonly Piece[]): Shape | undefined {
  const [first, second] = pieces;
  const head = readWord(parts, first, FIRST_WORDS, 'must be one of');
  const seconds = head === undefined ? undefined : OP_HEADS.get(head);
  if (head === undefined || !seconds) return undefined;
  if (seconds.length === 0) return withOp(parts, head, pieces.slice(1));
  if (!second) {
    parts.fail({ at: first.from, text: first.text }, `${head} must be followed by one of ${seconds.join(', ')}`);
    return undefined;
  }
  if (head === 'set' && second.text.includes('.')) return withOp(parts, 'set control', pieces.slice(1));
  const next = readWord(parts, second, seconds, `must be, behind ${head}, one of`);
  return next === undefined ? undefined : withOp(parts, `${head} ${next}`, pieces.slice(2));
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

function withOp(parts: Parts, words: string, pieces: readonly Piece[]): Shape | undefined {
  const shape = shapeOf(words);
  if (shape) readOp(parts, shape, pieces);
  return shape;
}
