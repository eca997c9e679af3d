import { CONFIG_FIELD, type Field } from './fields';
import type { Piece } from './lex';
import { NEXT, type Parts } from './part';

const PATH = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/;

/** A line about the whole scenario: what stands behind its first word. */
export function readHead(parts: Parts, word: keyof typeof RULES, pieces: readonly Piece[]): void {
  const [first, second, ...rest] = pieces;
  parts.word(first.from, first.to);
  if (!second) parts.fail({ at: first.from, text: first.text }, RULES[word]);
  else if (word === 'machine') readMachine(parts, second, rest);
  else if (word === 'note' && !second.text.startsWith('"')) {
    parts.fail({ at: second.from, text: whole(second) }, RULES.note);
  } else {
    parts.read([word], { at: second.from, text: whole(second) }, word === 'version' ? undefined : TEXT);
    if (rest.length > 0) parts.fail({ at: rest[0].from, text: whole(rest[0]) }, `must not be here: ${RULES[word]}`);
  }
}

const RULES = {
  title: 'title must be followed by one line of text',
  note: 'note must be followed by one text in quotes; it may also stand in comments',
  version: 'version must be followed by one number',
  machine: 'machine must be followed by a part of the machine and its value, such as "pcpus 2"',
};
const TEXT: Field = { kind: 'text', list: undefined, words: [], says: undefined, fields: new Map() };

const whole = ({ key, text }: Piece): string => (key === undefined ? text : `${key}=${text}`);

/** `pcpus 2`, `modules net storage`, `policies.shootdown lazy`, `tablePool startMPN=4096 pages=64`, `pcpus=2`. */
function readMachine(parts: Parts, first: Piece, rest: readonly Piece[]): void {
  if (first.key !== undefined) return readFields(parts, [], CONFIG_FIELD, [first, ...rest]);
  const { from, to, text } = first;
  if (!PATH.test(text)) return parts.fail({ at: from, text }, 'must be a part of the machine, such as pcpus');
  parts.word(from, to);
  const { keys, field } = walk(CONFIG_FIELD, text);
  if (rest.length === 0) parts.fail({ at: from, text }, 'must be followed by its value');
  else if (rest.some(({ key }) => key !== undefined)) {
    readFields(parts, field?.list === 'must' ? [...keys, NEXT] : keys, field, rest);
  } else if (rest.length === 1 && (field?.list !== 'must' || rest[0].text.startsWith('['))) {
    parts.read(keys, { at: rest[0].from, text: rest[0].text }, field && { ...field, list: undefined });
  } else {
    const item = field && { ...field, list: undefined };
    rest.forEach(({ at, text: value }, i) => parts.read([...keys, i], { at, text: value }, item));
  }
}

function readFields(
  parts: Parts,
  base: readonly (string | number)[],
  of: Field | undefined,
  pieces: readonly Piece[],
): void {
  for (const { key, from, at, text } of pieces) {
    if (parts.isFull) return;
    if (key === undefined) {
      parts.fail({ at: from, text }, 'must be written name=value, as the others of this line');
      continue;
    }
    parts.word(from, at);
    const { keys, field } = walk(of, key);
    parts.read([...base, ...keys], { at, text }, field);
  }
}

/** The field that a path such as `control.CR0.WP` names; some names have dots in them. Below what is unknown nothing is taken apart. */
export function walk(
  of: Field | undefined,
  path: string,
): { readonly keys: string[]; readonly field: Field | undefined } {
  const own = of?.fields.get(path);
  const dot = path.indexOf('.');
  if (own || !of || dot < 0) return { keys: [path], field: own };
  const rest = walk(of?.fields.get(path.slice(0, dot)), path.slice(dot + 1));
  return { keys: [path.slice(0, dot), ...rest.keys], field: rest.field };
}
