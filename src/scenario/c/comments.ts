import { readJson } from '../json-error';
import { printOp, readOpLine } from '../script';
import { refuse, type Place } from './mistake';

/**
 * The comments that carry what C cannot say. `/*@ sync *\/` is an operation, as a line of a script or, in `{…}`, as a document writes
 * it; `with {…}` has fields of the call below it; `scenario {…}` has the machine and the title; `always` makes the body of an `if` stay in the
 * scenario; `run f(1);` asks for a call. These are the only functions that know how an operation stands in a comment.
 */
type Fields = Readonly<Record<string, unknown>>;

const WITH = /^with\s+(?=\{)/;
const SCENARIO = /^scenario\s+(?=\{)/;

/** No text inside may end the comment, and JSON may write a slash in another way. */
const commentOf = (text: string): string => `/*@ ${text.replaceAll('*/', '*\\/')} */`;

export const opComment = (document: Fields): string => commentOf(printOp(document));
export const withComment = (fields: Fields): string => commentOf(`with ${JSON.stringify(fields)}`);
export const scenarioComment = (fields: Fields): string => commentOf(`scenario ${JSON.stringify(fields)}`);
export const ALWAYS_COMMENT = '/*@ always */';

/** The operation of a comment. */
export function opOf(at: Place): Fields {
  if (at.text.startsWith('{')) return fieldsOf(at, at.text);
  const op = readOpLine(at.text);
  if (op.ok) return op.value;
  const { found, rule } = op.error;
  return refuse(at, `must be an operation as a script writes it, with {…}, scenario {…} or run f(…); ${found} ${rule}`);
}

/** The fields of a `with` comment, or undefined for another one. */
export const withFields = (at: Place): Fields | undefined => inside(at, WITH);
export const scenarioFields = (at: Place): Fields | undefined => inside(at, SCENARIO);

function inside(at: Place, word: RegExp): Fields | undefined {
  const opening = word.exec(at.text)?.[0];
  return opening === undefined ? undefined : fieldsOf(at, at.text.slice(opening.length));
}

function fieldsOf(at: Place, text: string): Fields {
  const value = readJson(text);
  return value.ok
    ? (value.value as Fields)
    : refuse(at, `must be JSON; there, ${value.error.found} ${value.error.rule}`);
}
