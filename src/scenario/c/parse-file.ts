import type { CallExpr, Declarator, FunctionDef, SourceFile, Stmt } from './ast';
import type { Cursor } from './cursor';
import { refuse } from './mistake';
import { parseExpression } from './parse-expression';
import { parseDeclarator } from './parse-declaration';
import { parseBlock, parseStatement } from './parse-statement';
import { parsePointers, parseSpecifiers, typeAhead } from './parse-type';

/** A whole source: functions, declarations, and statements outside functions as in the header's examples. */
export function parseFile(cursor: Cursor): SourceFile {
  const functions = new Map<string, FunctionDef>();
  const body: Stmt[] = [];
  const runs: CallExpr[] = [];
  while (cursor.token.kind !== 'end') {
    if (cursor.token.kind === 'run') runs.push(parseRun(cursor));
    else if (!typeAhead(cursor) || !isFunction(cursor)) body.push(parseStatement(cursor));
    else parseFunction(cursor, functions);
  }
  return { functions: [...functions.values()], body, runs };
}

function parseRun(cursor: Cursor): CallExpr {
  cursor.take();
  const at = cursor.token;
  const call = parseExpression(cursor);
  if (call.kind !== 'call') refuse(at, 'must be a call of a function of this text');
  cursor.expect(';', 'behind the call');
  return call;
}

/** A type is followed by a name and a parenthesis. */
function isFunction(cursor: Cursor): boolean {
  for (let by = 1; ; by++) {
    const { kind, text } = cursor.ahead(by);
    if (kind === 'name' && cursor.ahead(by + 1).text === '(') return true;
    // Behind a name that is no type only ( makes a function.
    if (text !== '*' && !typeAhead(cursor, by)) return false;
  }
}

function parseFunction(cursor: Cursor, functions: Map<string, FunctionDef>): void {
  const { base } = parseSpecifiers(cursor);
  const pointers = parsePointers(cursor);
  const at = cursor.name('the name of a function');
  cursor.expect('(', 'behind the name of a function');
  const parameters = parseParameters(cursor);
  // A declaration ahead of the definition says nothing new.
  if (cursor.skips(';')) return;
  if (functions.has(at.text)) refuse(at, 'must not be defined twice');
  functions.set(at.text, { at, name: at.text, returns: { base, pointers }, parameters, body: parseBlock(cursor) });
}

function parseParameters(cursor: Cursor): Declarator[] {
  const parameters: Declarator[] = [];
  if (cursor.skips(')')) return parameters;
  if (cursor.is('void') && cursor.ahead(1).text === ')') {
    cursor.take();
    cursor.take();
    return parameters;
  }
  do parameters.push(parseDeclarator(cursor, parseSpecifiers(cursor), true));
  while (cursor.skips(','));
  cursor.expect(')', 'behind the parameters, or a comma');
  return parameters;
}
