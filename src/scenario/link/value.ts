import { hex } from '../../base/number';
import type { Field, LinkReader, LinkWriter } from './stream';
import { WORDS } from './words';

/** The low three bits of a value's first number say what it is; the others are its size, its place in a list, or itself. */
const WORD = 0n;
const TEXT = 1n;
const NUMBER = 2n;
const NEGATIVE = 3n;
const HEX = 4n;
const LIST = 5n;
const OBJECT = 6n;
/** One of PLAIN, or behind these a text that was written out before. */
const OTHER = 7n;

const WORD_PLACES = new Map(WORDS.map((text, place) => [text, place]));
const PLAIN: readonly unknown[] = [null, true, false];
/** Documents nest less deeply. */
const DEEPEST = 16;
const HEX_TEXT = /^0x(?:0|[1-9a-f][0-9a-f]{0,15})$/;

/** Any value that JSON can hold, but for fractions, which no document has. Texts that are addresses take as few bytes as numbers. */
export const json: Field = {
  write: writeValue,
  read: (from) => readValue(from, 0),
};

const head = (to: LinkWriter, kind: bigint, rest: bigint | number): void => to.big((BigInt(rest) << 3n) | kind);

function writeValue(to: LinkWriter, value: unknown): void {
  if (typeof value === 'string') writeText(to, value);
  else if (typeof value === 'number') head(to, value < 0 ? NEGATIVE : NUMBER, Math.abs(value));
  else if (Array.isArray(value)) {
    head(to, LIST, value.length);
    for (const item of value) writeValue(to, item);
  } else if (typeof value === 'object' && value !== null) writeObject(to, value);
  else head(to, OTHER, PLAIN.indexOf(value));
}

function writeText(to: LinkWriter, text: string): void {
  const [word, earlier] = [WORD_PLACES.get(text), to.said.places.get(text)];
  if (word !== undefined) return head(to, WORD, word);
  if (earlier !== undefined) return head(to, OTHER, PLAIN.length + earlier);
  if (HEX_TEXT.test(text)) return head(to, HEX, BigInt(text));
  head(to, TEXT, 0);
  to.text(text);
  to.said.text(text);
}

export function writeObject(to: LinkWriter, value: object): void {
  const fields = Object.entries(value);
  head(to, OBJECT, fields.length);
  for (const [name, field] of fields) {
    writeText(to, name);
    writeValue(to, field);
  }
}

function readValue(from: LinkReader, depth: number): unknown {
  const first = from.big();
  const rest = first >> 3n;
  switch (first & 7n) {
    case WORD:
      return known(from, WORDS[Number(rest)]);
    case TEXT:
      return readText(from);
    case NUMBER:
      return integerOf(rest);
    case NEGATIVE:
      return -Number(rest);
    case HEX:
      return hex(rest);
    case LIST:
      return items(from, rest, depth).map(() => readValue(from, depth + 1));
    case OBJECT:
      return Object.fromEntries(items(from, rest, depth).map(() => readEntry(from, depth)));
    default:
      return rest < PLAIN.length ? PLAIN[Number(rest)] : known(from, from.said.texts[Number(rest) - PLAIN.length]);
  }
}

function readEntry(from: LinkReader, depth: number): readonly [string, unknown] {
  const name = readValue(from, depth + 1);
  if (typeof name !== 'string') from.fail('damaged');
  return [String(name), readValue(from, depth + 1)];
}

function readText(from: LinkReader): string {
  const text = from.text();
  from.said.text(text);
  return text;
}

/** A word that is not in the list is one that was added later. */
function known(from: LinkReader, text: string | undefined): string {
  if (text === undefined) from.fail('unknown');
  return text ?? '';
}

/** Room for items of at least one byte each. */
function items(from: LinkReader, count: bigint, depth: number): readonly undefined[] {
  if (count <= from.left && depth < DEEPEST) return Array.from({ length: Number(count) }, () => undefined);
  from.fail('damaged');
  return [];
}

/** A number as a document can hold it exactly. */
export const integerOf = (value: bigint): number | string =>
  value <= Number.MAX_SAFE_INTEGER ? Number(value) : hex(value);
