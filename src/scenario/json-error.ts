import { err, ok, type Result } from '../base/result';

/** Where a text stops being JSON: engines differ in what they tell, and some tell nothing. */
export interface JsonError {
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly rule: string;
}

type Expecting = 'value' | 'valueOrEnd' | 'name' | 'nameOrEnd' | 'colon' | 'next' | 'end';

const RULES: Readonly<Record<Expecting, string>> = {
  value: 'must be a value: {…}, […], "text", a number, true, false or null',
  valueOrEnd: 'must be a value or ]',
  name: 'must be a name in double quotes; the last field has no comma behind it',
  nameOrEnd: 'must be a name in double quotes or }',
  colon: 'must be a colon between name and value',
  next: 'must be a comma, or the bracket that ends the list or object',
  end: 'must not be here: the scenario has already ended',
};

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

const matchEnd = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
};

/** Brackets inside one another. No document has so many, and engines take much room for texts that have millions. */
const DEEPEST = 100;

/** The value of a text that is JSON. */
export function readJson(text: string): Result<unknown, JsonError> {
  const deep = tooDeep(text);
  if (deep !== undefined) return err(errorAt(text, deep, `must not lie inside more than ${DEEPEST} others`));
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return err(findJsonError(text) ?? errorAt(text, 0, 'must be the beginning of JSON'));
  }
}

/** The first bracket that is too deep. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
    } else if (character === '[' || character === '{') {
      if (++depth > DEEPEST) return at;
    } else if (character === ']' || character === '}') depth--;
  }
  return undefined;
}

/** The first error of a text, or undefined when it is JSON. Nesting costs no stack. */
export function findJsonError(text: string): JsonError | undefined {
  const open: string[] = [];
  let expecting: Expecting = 'value';
  for (let at = 0; ;) {
    at = matchEnd(SPACE, text, at);
    if (at === text.length) return expecting === 'end' ? undefined : errorAt(text, at, RULES[expecting]);
    const start = at;
    const character = text[at];
    if (character === '"') {
      at = stringEnd(text, start);
      if (at < 0) return errorAt(text, -at - 1, STRING_RULE);
    } else if ('{}[]:,'.includes(character)) at++;
    else at = Math.max(matchEnd(NUMBER, text, start), matchEnd(WORD, text, start));
    const next: Expecting | undefined = at === start ? undefined : step(expecting, character, open);
    if (!next) return errorAt(text, start, RULES[expecting]);
    expecting = next;
  }
}

/** What may follow a token, or undefined when the token may not stand here. */
function step(expecting: Expecting, token: string, open: string[]): Expecting | undefined {
  if (token === '}' || token === ']') {
    const allowed = expecting === 'next' || expecting === (token === '}' ? 'nameOrEnd' : 'valueOrEnd');
    if (!allowed || open.pop() !== (token === '}' ? '{' : '[')) return undefined;
    return open.length === 0 ? 'end' : 'next';
  }
  if (token === ':') return expecting === 'colon' ? 'value' : undefined;
  if (token === ',') return expecting !== 'next' ? undefined : open.at(-1) === '{' ? 'name' : 'value';
  if (expecting === 'name' || expecting === 'nameOrEnd') return token === '"' ? 'colon' : undefined;
  if (expecting !== 'value' && expecting !== 'valueOrEnd') return undefined;
  if (token === '{' || token === '[') {
    open.push(token);
    return token === '{' ? 'nameOrEnd' : 'valueOrEnd';
  }
  return open.length === 0 ? 'end' : 'next';
}

const STRING_RULE = 'must be part of a text in double quotes: line ends and \\ are written \\n and \\\\, and " ends it';

/** The index behind a string, or −1 − the index of what does not belong in it. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length;) {
    const character = text[at];
    if (character === '"') return at + 1;
    const next = character === '\\' ? matchEnd(ESCAPE, text, at) : character < ' ' ? at : at + 1;
    if (next === at) return -1 - at;
    at = next;
  }
  return -1 - text.length;
}

function errorAt(text: string, at: number, rule: string): JsonError {
  let [line, start] = [1, 0];
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', start))
    [line, start] = [line + 1, end + 1];
  const found =
    at === text.length
      ? 'the end of the text'
      : JSON.stringify(/^[\w.+-]{1,20}|^./su.exec(text.slice(at, at + 24))?.[0] ?? '');
  return { line, column: at - start + 1, found, rule };
}
