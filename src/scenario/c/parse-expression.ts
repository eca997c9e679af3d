import type { Expr, Unary } from './ast';
import type { Cursor } from './cursor';
import { refuse } from './mistake';
import { parseType, typeAhead } from './parse-type';
import { literal } from './literal';

/** How tightly signs between two values bind. */
const BINDS: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  ...{ '==': 6, '!=': 6, '<': 7, '>': 7, '<=': 7, '>=': 7 },
  ...{ '<<': 8, '>>': 8, '+': 9, '-': 9, '*': 10, '/': 10, '%': 10 },
};
const ASSIGNS: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);
const UNARY: ReadonlySet<string> = new Set(['-', '+', '~', '!', '&', '*']);

/** An expression with its commas. */
export const parseExpression = (cursor: Cursor): Expr => cursor.whole(() => parseCommas(cursor));

function parseCommas(cursor: Cursor): Expr {
  let left = parseAssignment(cursor);
  while (cursor.is(',')) {
    const at = cursor.take();
    cursor.countSign();
    left = { kind: 'binary', at, sign: ',', left, right: parseAssignment(cursor) };
  }
  return left;
}

/** An expression without a comma, as in an argument. */
export const parseAssignment = (cursor: Cursor): Expr =>
  cursor.inside(() => {
    const to = parseChoice(cursor);
    if (cursor.token.kind !== 'sign' || !ASSIGNS.has(cursor.token.text)) return to;
    const at = cursor.take();
    return { kind: 'assign', at, sign: at.text.slice(0, -1), to, value: parseAssignment(cursor) };
  });

function parseChoice(cursor: Cursor): Expr {
  const test = parseBinary(cursor, 1);
  if (!cursor.is('?')) return test;
  const at = cursor.take();
  const yes = parseAssignment(cursor);
  cursor.expect(':', 'between the two values of ? :');
  return { kind: 'choice', at, test, yes, no: cursor.inside(() => parseChoice(cursor)) };
}

function parseBinary(cursor: Cursor, least: number): Expr {
  let left = parseUnary(cursor);
  for (;;) {
    const { kind, text } = cursor.token;
    const binds = kind === 'sign' && Object.hasOwn(BINDS, text) ? BINDS[text] : 0;
    if (binds < least) return left;
    const at = cursor.take();
    cursor.countSign();
    left = { kind: 'binary', at, sign: text, left, right: parseBinary(cursor, binds + 1) };
  }
}

const parseUnary = (cursor: Cursor): Expr =>
  cursor.inside(() => {
    const at = cursor.token;
    if (at.kind === 'sign' && UNARY.has(at.text)) {
      cursor.take();
      return { kind: 'unary', at, sign: at.text as Unary, of: parseUnary(cursor) };
    }
    if (cursor.skips('++') || cursor.skips('--')) {
      return { kind: 'step', at, by: at.text === '++' ? 1 : -1, first: true, of: parseUnary(cursor) };
    }
    if (cursor.skips('sizeof')) {
      if (!cursor.is('(') || !typeAhead(cursor, 1)) return { kind: 'sizeof', at, of: parseUnary(cursor) };
      cursor.take();
      const type = parseType(cursor);
      cursor.expect(')', 'behind the type of sizeof');
      return { kind: 'sizeofType', at, type };
    }
    if (cursor.is('(') && typeAhead(cursor, 1)) {
      cursor.take();
      const type = parseType(cursor);
      cursor.expect(')', 'behind the type of a cast');
      return { kind: 'cast', at, type, of: parseUnary(cursor) };
    }
    return parsePostfix(cursor);
  });

function parsePostfix(cursor: Cursor): Expr {
  let of = parsePrimary(cursor);
  for (;;) {
    const at = cursor.token;
    if (cursor.skips('[')) {
      of = { kind: 'index', at, of, index: parseAssignment(cursor) };
      cursor.expect(']', 'behind the index');
    } else if (cursor.is('.') || cursor.is('->')) {
      cursor.take();
      const name = cursor.name('the name of a field');
      of = { kind: 'member', at: name, of, name: name.text, arrow: at.text === '->' };
    } else if (cursor.skips('++') || cursor.skips('--')) {
      of = { kind: 'step', at, by: at.text === '++' ? 1 : -1, first: false, of };
    } else return of;
    cursor.countSign();
  }
}

function parsePrimary(cursor: Cursor): Expr {
  const at = cursor.take();
  switch (at.kind) {
    case 'number':
      return { kind: 'number', at, ...literal(at) };
    case 'text':
      while (cursor.token.kind === 'text') cursor.take();
      return { kind: 'text', at };
    case 'name':
      return cursor.is('(') ? { kind: 'call', at, name: at.text, args: parseArguments(cursor) } : nameOf(cursor, at);
    default:
  }
  if (at.text === '(') {
    const value = parseCommas(cursor);
    cursor.expect(')', 'that closes the parenthesis');
    return value;
  }
  if (at.text === '<' && cursor.token.kind === 'name' && cursor.ahead(1).text === '>') {
    const { text } = cursor.take();
    cursor.take();
    return { kind: 'placeholder', at: { ...at, text: `<${text}>` }, name: text };
  }
  return refuse(at, 'must be a value: a number, a name, a call or something in parentheses');
}

function nameOf(cursor: Cursor, at: Cursor['token']): Expr {
  if (typeAhead(cursor)) refuse(at, 'must be a type that is understood, or an operator must stand behind it');
  const kind = at.text === OWN_MODULE ? 'placeholder' : 'name';
  return { kind, at, name: at.text };
}

/** What drivers give to vmk_Map: their own module, whichever that is. */
const OWN_MODULE = 'vmk_ModuleCurrentID';

function parseArguments(cursor: Cursor): Expr[] {
  cursor.take();
  const args: Expr[] = [];
  if (cursor.skips(')')) return args;
  do args.push(parseAssignment(cursor));
  while (cursor.skips(','));
  cursor.expect(')', 'behind the arguments, or a comma');
  return args;
}
