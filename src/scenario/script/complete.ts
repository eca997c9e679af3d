import { LIMITS, POLICIES } from '../../machine/config';
import { CONFIG_FIELD, type Field } from './fields';
import { walk } from './head';
import { lex, type Piece } from './lex';
import { FIRST_WORDS, HEADS, readLine } from './line';
import { madeBy, type Made } from './made';
import { CONTROL_NAMES, OP_HEADS, type Shape } from './shapes';

/** Something that may stand at the cursor, instead of the columns from `from` to the cursor; columns count from 1. */
export interface Completion {
  readonly text: string;
  readonly from: number;
  readonly says?: string | undefined;
}

type Offer = Omit<Completion, 'from'>;

const offers = (texts: Iterable<string>, says?: string): Offer[] => Array.from(texts, (text) => ({ text, says }));

/** What may stand at a place of a script, of which lines and columns count from 1. */
export function completions(text: string, line: number, column: number): readonly Completion[] {
  const lines = text.split(/\r\n|\n|\r/);
  const before = (lines[line - 1] ?? '').slice(0, column - 1);
  const { pieces, comment } = lex(before);
  if (comment !== undefined) return [];
  const last = pieces.at(-1);
  const typed = last && last.to === before.length ? last : undefined;
  const done = typed ? pieces.slice(0, -1) : pieces;
  // Of READWRITE|EXEC, only EXEC is being typed.
  const at = typed ? Math.max(typed.at, lastWord(before)) : before.length;
  const start = before.slice(at);
  return all({ done, typed, before, made: madeBy(lines.slice(0, line - 1).join('\n')) })
    .filter((offer) => offer.text.toLowerCase().startsWith(start.toLowerCase()) && offer.text !== start)
    .map(({ text: whole, says }) => ({ text: whole, from: at + 1, says }));
}

/** Where the last word of a line begins. */
function lastWord(line: string): number {
  let at = line.length;
  while (at > 0 && !/[\s|]/.test(line[at - 1])) at--;
  return at;
}

interface Place {
  /** What stands before what is being typed. */
  readonly done: readonly Piece[];
  readonly typed: Piece | undefined;
  readonly before: string;
  readonly made: Made;
}

const firstWords = ({ made }: Place): Offer[] =>
  offers(FIRST_WORDS.filter((word) => !made.begun || !HEADS.some((head) => head === word)));

function all(place: Place): Offer[] {
  const { done, typed, before } = place;
  const [first, second] = done;
  if (!first) return typed?.key === undefined ? firstWords(place) : [];
  if (first.text === 'machine') return machine(place);
  const seconds = OP_HEADS.get(first.text) ?? [];
  if (seconds.length > 0 && !second) return offers([...seconds, ...(first.text === 'set' ? CONTROL_NAMES : [])]);
  const { shape, parts } = readLine(before.slice(0, typed?.from ?? before.length));
  if (!shape) return [];
  const given = new Map(parts.flatMap(({ keys, value }) => (keys ? [[String(keys[0]), value] as const] : [])));
  const valueOf = (name: string): Offer[] => values(name, shape, given, place);
  if (typed?.key !== undefined) return valueOf(typed.key);
  const slot = shape.slots.map((name) => name.split('+')[0]).find((name) => !given.has(name));
  if (slot !== undefined && slot !== 'as') return valueOf(slot);
  const flags = Object.entries(shape.flags).filter(([, [field]]) => !given.has(field));
  const fields = [...shape.field.fields].filter(([name]) => !given.has(name) && !Object.hasOwn(shape.fixed, name));
  return [...offers(flags.map(([flag]) => flag)), ...fields.map(([name, { says }]) => ({ text: `${name}=`, says }))];
}

/** What a field of an operation may be. */
function values(name: string, shape: Shape, given: ReadonlyMap<string, unknown>, { made, typed }: Place): Offer[] {
  const field = shape.field.fields.get(name);
  const policy = given.get('name');
  if (name === 'value' && shape.words === 'set policy') {
    return offers(Object.entries(POLICIES).find(([own]) => own === policy)?.[1] ?? []);
  }
  if (name === 'value' && shape.words === 'set limit') {
    return Object.entries(LIMITS).flatMap(([own, { value }]) => (own === policy ? offers([String(value)]) : []));
  }
  if (name === 'at') return offers(made.mappings);
  if (name === 'module' && shape.words !== 'load') return offers(made.modules);
  if (name === 'resource' && shape.words !== 'register') return offers(made.resources);
  if (name === 'reservation') return offers(made.reservations);
  const others = field?.list ? (typed?.text.split('|').slice(0, -1) ?? []).map((one) => one.trim()) : [];
  return offers((field?.words ?? []).filter((word) => !others.includes(word)));
}

function machine({ done, typed }: Place): Offer[] {
  const [, second] = done;
  if (!second) {
    const path = typed?.text ?? '';
    const dot = path.lastIndexOf('.');
    const of = dot < 0 ? CONFIG_FIELD : walk(CONFIG_FIELD, path.slice(0, dot)).field;
    return names(of, dot < 0 ? '' : path.slice(0, dot + 1));
  }
  const { field } = walk(CONFIG_FIELD, second.text);
  if (typed?.key !== undefined) return offers(walk(field, typed.key).field?.words ?? []);
  const given = new Set(done.map(({ key }) => key));
  const more = [...(field?.fields ?? [])].filter(([name]) => !given.has(name));
  return [...offers(field?.words ?? []), ...more.map(([name, { says }]) => ({ text: `${name}=`, says }))];
}

const names = (of: Field | undefined, before: string): Offer[] =>
  [...(of?.fields ?? [])].map(([name, { says }]) => ({ text: before + name, says }));
