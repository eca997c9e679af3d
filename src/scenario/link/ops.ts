import { defaultName } from '../names';
import { SHAPES, type Shape } from './shapes';
import type { LinkReader, LinkWriter, Said } from './stream';
import { json, writeObject } from './value';

/** An operation as a document has it. */
export type OpDocument = Readonly<Record<string, unknown>>;

/** The place behind all shapes: an operation as JSON. */
const OTHER = 31;
/** Bits of the first byte, below the shape: the first two fields that may be absent, and whether there are more of them. */
const FIRST = 2;
const MORE = 1 << FIRST;

/**
 * One byte says the shape and which of the first fields there are; if there are more, a number says which, whose lowest bit stands for
 * fields that no shape has. They follow as one object.
 */
export function writeOp(to: LinkWriter, op: OpDocument): void {
  const place = SHAPES.findIndex((shape) => suits(shape, op));
  if (place < 0) {
    to.byte(OTHER << 3);
    writeObject(to, op);
  } else writeShaped(to, op, place);
  note(to.said, op);
}

const suits = ({ words, always }: Shape, op: OpDocument): boolean =>
  Object.entries(words).every(([name, word]) => op[name] === word) &&
  always.every(([name]) => op[name] !== undefined) &&
  (words['op'] !== 'access' || words['kind'] === op['kind']);

function writeShaped(to: LinkWriter, op: OpDocument, place: number): void {
  const { words, always, maybe } = SHAPES[place];
  const shaped = new Set([...Object.keys(words), ...[...always, ...maybe].map(([name]) => name)]);
  const extra = Object.entries(op).filter(([name]) => !shaped.has(name));
  const present = maybe.map(([name]) => op[name] !== undefined);
  const first = present.slice(0, FIRST).reduce((bits, here, i) => bits + (here ? 1 << i : 0), 0);
  const rest = present.slice(FIRST).reduce((bits, here, i) => bits + (here ? 2 << i : 0), extra.length > 0 ? 1 : 0);
  to.byte((place << 3) + first + (rest > 0 ? MORE : 0));
  if (rest > 0) to.number(rest);
  for (const [name, field] of always) field.write(to, op[name]);
  maybe.forEach(([name, field], i) => present[i] && field.write(to, op[name]));
  if (extra.length > 0) writeObject(to, Object.fromEntries(extra));
}

export function readOp(from: LinkReader): OpDocument {
  const head = from.byte();
  const op = head >> 3 === OTHER ? objectOf(from) : readShaped(from, head);
  note(from.said, op);
  return op;
}

function readShaped(from: LinkReader, head: number): OpDocument {
  const shape = SHAPES[head >> 3];
  const rest = head & MORE ? from.number() : 0;
  // A shape or a field that was added later.
  if (!shape || rest >= 2 << Math.max(0, shape.maybe.length - FIRST)) {
    from.fail('unknown');
    return {};
  }
  const bits = ((rest >> 1) << FIRST) | (head & (MORE - 1));
  const op: Record<string, unknown> = { ...shape.words };
  for (const [name, field] of shape.always) op[name] = field.read(from);
  shape.maybe.forEach(([name, field], i) => {
    if (bits & (1 << i)) op[name] = field.read(from);
  });
  return rest & 1 ? { ...op, ...objectOf(from) } : op;
}

function objectOf(from: LinkReader): OpDocument {
  const value = json.read(from);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as OpDocument;
  from.fail('damaged');
  return {};
}

/** Keeps the names of mappings, which addresses refer to. */
function note({ mappings }: Said, { op, as }: OpDocument): void {
  if (op === 'map') mappings.push(typeof as === 'string' ? as : defaultName(mappings.length + 1));
}
