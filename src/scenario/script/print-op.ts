import { defaultName } from '../names';
import { commentLines } from './notes';
import { shapeFor, type Shape } from './shapes';
import { printValue } from './value';

type Json = Readonly<Record<string, unknown>>;
interface Range {
  readonly startMPN: number | string;
  readonly numPages: number;
  readonly count?: number;
  readonly stride?: number | string;
}

/** Prints operations one after the other; mappings without a name get the one that they have by their order. */
export class OpPrinter {
  private maps = 0;

  /** The comments above an operation, and its line. */
  lines(doc: Json): string[] {
    const { note, ...rest } = doc;
    const named = doc['op'] === 'map' ? { as: defaultName(++this.maps), ...rest } : rest;
    const comments = typeof note === 'string' ? commentLines(note) : [];
    return [...(comments ?? []), printOp(comments ? named : { ...named, note })];
  }
}

/** The line of an operation by itself, with its note in it. */
export function printOp(doc: Json): string {
  const shape = shapeFor(doc);
  const slots = shape.slots.flatMap((slot) => printSlot(slot, doc, shape));
  const inSlots = new Set(shape.slots.flatMap((slot) => slot.split('+')));
  const others = Object.entries(doc).filter(([name]) => !inSlots.has(name) && !Object.hasOwn(shape.fixed, name));
  // What has a dot is a control bit; no word needs to say so.
  const words = shape.words === 'set control' ? 'set' : shape.words;
  return [words, ...slots, ...others.map(([name, value]) => printField(name, value, shape))].join(' ');
}

function printSlot(slot: string, doc: Json, { words }: Shape): string[] {
  const values = slot.split('+').map((name) => doc[name]);
  if (values[0] === undefined) return [];
  if (slot === 'attrs') return [printAttrs(values[0])];
  const text = values.map(printValue).join('+');
  return words === 'poke' && slot === 'value' ? ['=', text] : [text];
}

/** No attribute has a name too. */
const printAttrs = (attrs: unknown): string =>
  Array.isArray(attrs) && attrs.length === 0 ? 'READONLY' : printValue(attrs);

function printField(name: string, value: unknown, { flags, times }: Shape): string {
  if (name === 'ranges') return (value as readonly Range[]).map(printRange).join(' ') || 'ranges=[]';
  if (name === times) return `x${String(value)}`;
  const flag = Object.entries(flags).find(([, [field, meant]]) => field === name && meant === value);
  return flag ? flag[0] : `${name}=${printValue(value)}`;
}

function printRange({ startMPN, numPages, count, stride }: Range): string {
  const times = count === undefined ? '' : ` x${count}`;
  return `${startMPN}+${numPages}${times}${stride === undefined ? '' : ` stride=${stride}`}`;
}
