import { suggestion } from '../nearest';
import type { Piece } from './lex';
import type { Parts, Span } from './part';
import type { Shape } from './shapes';

const TIMES = /^x(?=\d)/;

/** What stands behind the words of an operation. */
export function readOp(parts: Parts, shape: Shape, pieces: readonly Piece[]): void {
  for (const name in shape.fixed) parts.given.add(name);
  const isMap = shape.words === 'map';
  let slots = shape.slots;
  let ranges = 0;
  for (const { key, from, at, text } of pieces) {
    if (parts.isFull) return;
    const span = { at, text };
    const begun = ranges > 0;
    if (key !== undefined) {
      parts.word(from, at);
      parts.read(begun && key === 'stride' ? ['ranges', ranges - 1, key] : [key], span, shape.field.fields.get(key));
    } else if (isMap && /^\d/.test(text)) {
      slots = [];
      readRange(parts, ranges++, span);
    } else if (slots.length > 0 && text !== '=') {
      readSlot(parts, slots[0], span, shape);
      slots = slots.slice(1);
    } else if (TIMES.test(text) && (begun || shape.times !== undefined)) {
      parts.word(at, at + 1);
      const times = { at: at + 1, text: text.slice(1) };
      parts.read(begun ? ['ranges', ranges - 1, 'count'] : [shape.times!], times, undefined);
    } else if (Object.hasOwn(shape.flags, text)) {
      const [field, value] = shape.flags[text];
      parts.put(field, span, 'word', value);
    } else if (text === '=' && shape.words === 'poke' && slots[0] === 'value') parts.word(at, at + 1);
    else refuse(parts, span, shape);
  }
}

function readSlot(parts: Parts, slot: string, { at, text }: Span, shape: Shape): void {
  const [field, second] = slot.split('+');
  const plus = second === undefined ? -1 : text.indexOf('+');
  const { fields } = shape.field;
  parts.read([field], { at, text: plus < 0 ? text : text.slice(0, plus) }, fields.get(field));
  if (plus >= 0) parts.read([second], { at: at + plus + 1, text: text.slice(plus + 1) }, fields.get(second));
}

/** `6+15`: as one part, since there may be a million. */
function readRange(parts: Parts, index: number, { at, text }: Span): void {
  const plus = text.indexOf('+');
  const value =
    plus < 0
      ? { startMPN: numberOf(text) }
      : { startMPN: numberOf(text.slice(0, plus)), numPages: numberOf(text.slice(plus + 1)) };
  parts.parts.push({ from: at, to: at + text.length, kind: 'number', keys: ['ranges', index], value });
}

const numberOf = (text: string): number | string => (/^\d{1,15}$/.test(text) ? Number(text) : text);

function refuse(parts: Parts, span: Span, { words, usage, flags, field }: Shape): void {
  const names = [...Object.keys(flags), ...[...field.fields.keys()].map((name) => `${name}=`)];
  const how = usage === '' ? words : `${words} ${usage}`;
  parts.fail(span, `must not be here: such a line is written "${how}"${suggestion(span.text, names)}`);
}
