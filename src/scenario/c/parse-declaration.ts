import type { Declarator, Init, InitItem, Stmt } from './ast';
import type { Cursor } from './cursor';
import { refuse } from './mistake';
import { parseAssignment } from './parse-expression';
import { parsePointers, parseSpecifiers, type Specifiers } from './parse-type';

/** Names behind a type, each with its first value. */
export function parseDeclaration(cursor: Cursor): Stmt {
  const at = cursor.token;
  const specifiers = parseSpecifiers(cursor);
  const items: Declarator[] = [];
  do items.push(parseDeclarator(cursor, specifiers));
  while (cursor.skips(','));
  cursor.expect(';', 'behind the declaration');
  return { kind: 'declare', at, items };
}

/** In a declaration of a function, parameters may lack their names. */
export function parseDeclarator(cursor: Cursor, { base, kept }: Specifiers, parameter = false): Declarator {
  const pointers = parsePointers(cursor);
  const unnamed = parameter && (cursor.is(',') || cursor.is(')'));
  const at = unnamed ? cursor.token : cursor.name('the name of a variable');
  const array = cursor.skips('[') ? { length: cursor.is(']') ? undefined : parseAssignment(cursor) } : undefined;
  if (array) cursor.expect(']', 'behind the length');
  if (cursor.is('[')) refuse(cursor.token, 'must not be here: arrays have one dimension');
  const init = cursor.skips('=') ? parseInit(cursor) : undefined;
  return { at, name: at.text, type: { base, pointers }, array, init, kept };
}

function parseInit(cursor: Cursor): Init {
  if (!cursor.is('{')) return { kind: 'value', value: cursor.whole(() => parseAssignment(cursor)) };
  const at = cursor.take();
  const items: InitItem[] = [];
  while (!cursor.is('}')) {
    items.push(parseItem(cursor));
    if (!cursor.skips(',')) break;
  }
  cursor.expect('}', 'behind the values, or a comma');
  return { kind: 'list', at, items };
}

function parseItem(cursor: Cursor): InitItem {
  const at = cursor.token;
  let where: InitItem['where'];
  if (cursor.skips('.')) where = { field: cursor.name('the name of a field').text };
  else if (cursor.skips('[')) {
    where = { index: parseAssignment(cursor) };
    cursor.expect(']', 'behind the index');
  }
  if (where) cursor.expect('=', 'behind what is set');
  return { at, where, init: cursor.inside(() => parseInit(cursor)) };
}
