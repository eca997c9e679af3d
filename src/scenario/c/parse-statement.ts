import type { Expr, Stmt } from './ast';
import type { Cursor } from './cursor';
import { withFields } from './comments';
import { refuse, type Place } from './mistake';
import { parseDeclaration } from './parse-declaration';
import { parseExpression } from './parse-expression';
import { typeAhead, TYPES_RULE } from './parse-type';
import { NAMED } from './types';
import { suggestion } from '../nearest';

const ALWAYS = 'always';
const NOT_UNDERSTOOD: ReadonlySet<string> = new Set(['switch', 'case', 'default', 'typedef', 'union', 'asm']);

export function parseStatement(cursor: Cursor): Stmt {
  const at = cursor.token;
  const { note } = at;
  const extra = at.kind === 'directive' ? withFields(at) : undefined;
  if (!extra) return { ...cursor.inside(() => parseBare(cursor)), note };
  cursor.take();
  const below = cursor.inside(() => parseStatement(cursor));
  return { ...below, note: note ?? below.note, extra: { at, fields: { ...extra, ...below.extra?.fields } } };
}

function parseBare(cursor: Cursor): Stmt {
  const at = cursor.token;
  if (at.kind === 'directive') {
    cursor.take();
    return { kind: 'directive', at, text: at.text };
  }
  if (at.kind === 'name' && cursor.ahead(1).text === ':') {
    cursor.take();
    cursor.take();
    return { kind: 'label', at, label: at.text };
  }
  if (at.kind === 'name' && NOT_UNDERSTOOD.has(at.text)) {
    refuse(at, 'must be something that is understood: a declaration, an expression, if, for, while, goto or return');
  }
  if (typeAhead(cursor)) return parseDeclaration(cursor);
  if (cursor.is('{')) return parseBlock(cursor);
  if (cursor.skips(';')) return { kind: 'empty', at };
  return parseControl(cursor, at) ?? parseValue(cursor, at);
}

function parseValue(cursor: Cursor, at: Cursor['token']): Stmt {
  const next = cursor.ahead(1);
  if (at.kind === 'name' && next.kind === 'name') refuse(at, TYPES_RULE + suggestion(at.text, NAMED.keys()));
  const value = parseExpression(cursor);
  cursor.expect(';', 'behind the statement');
  return { kind: 'expression', at, value };
}

function parseControl(cursor: Cursor, at: Place): Stmt | undefined {
  if (cursor.skips('if')) return parseIf(cursor, at);
  if (cursor.skips('for')) return parseFor(cursor, at);
  if (cursor.skips('while')) {
    const test = parseTest(cursor, 'while');
    return { kind: 'loop', at, test, body: parseStatement(cursor), once: false };
  }
  if (cursor.skips('do')) {
    const body = parseStatement(cursor);
    cursor.expect('while', 'behind the body of do');
    const test = parseTest(cursor, 'while');
    cursor.expect(';', 'behind do … while');
    return { kind: 'loop', at, test, body, once: true };
  }
  if (cursor.skips('return')) {
    const value = cursor.is(';') ? undefined : parseExpression(cursor);
    cursor.expect(';', 'behind return');
    return { kind: 'return', at, value };
  }
  if (cursor.skips('goto')) {
    const label = cursor.name('a label');
    cursor.expect(';', 'behind goto');
    return { kind: 'goto', at: label, label: label.text };
  }
  for (const kind of ['break', 'continue'] as const) {
    if (!cursor.skips(kind)) continue;
    cursor.expect(';', `behind ${kind}`);
    return { kind, at };
  }
  return undefined;
}

function parseTest(cursor: Cursor, word: string): Expr {
  cursor.expect('(', `behind ${word}`);
  const test = parseExpression(cursor);
  cursor.expect(')', 'behind the condition');
  return test;
}

function parseIf(cursor: Cursor, at: Place): Stmt {
  const test = parseTest(cursor, 'if');
  const next = cursor.ahead(1);
  const always = cursor.is('{') && next.kind === 'directive' && next.text === ALWAYS;
  const yes = parseStatement(cursor);
  const no = cursor.skips('else') ? parseStatement(cursor) : undefined;
  return { kind: 'if', at, test, yes, no, always };
}

function parseFor(cursor: Cursor, at: Place): Stmt {
  cursor.expect('(', 'behind for');
  const init = cursor.skips(';') ? undefined : parseForInit(cursor);
  const test = cursor.is(';') ? undefined : parseExpression(cursor);
  cursor.expect(';', 'behind the condition of for');
  const step = cursor.is(')') ? undefined : parseExpression(cursor);
  cursor.expect(')', 'that closes for');
  return { kind: 'loop', at, init, test, step, body: parseStatement(cursor), once: false };
}

const parseForInit = (cursor: Cursor): Stmt =>
  typeAhead(cursor) ? parseDeclaration(cursor) : parseValue(cursor, cursor.token);

export function parseBlock(cursor: Cursor): Stmt {
  const at = cursor.expect('{', 'that opens a block');
  const body: Stmt[] = [];
  while (!cursor.is('}')) {
    if (cursor.token.kind === 'end') refuse(cursor.token, `must be } for the { of line ${at.line}`);
    if (cursor.token.kind === 'directive' && cursor.token.text === ALWAYS && body.length === 0) cursor.take();
    else body.push(parseStatement(cursor));
  }
  cursor.take();
  return { kind: 'block', at, body };
}
