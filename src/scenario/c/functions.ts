import type { CallExpr, Declarator, Expr, FunctionDef, SourceFile, Stmt } from './ast';
import { callKnown } from './calls';
import { eachExpr } from './each-expr';
import { evaluate } from './evaluate';
import { runBody } from './execute';
import { fitted } from './fit';
import { declare } from './initialise';
import { refuse } from './mistake';
import type { Play } from './play';
import { HANDLE, MODULE_ID, type CType } from './types';
import type { Value, Variable } from './value';
import { pointersTo, pointerTo, variableOf } from './variable';

/** How deep functions of a text call each other. */
const DEEPEST = 24;
/** So many functions that run are named. */
const NAMED_FIRST = 8;

/** Carries out calls: of the text's own functions, and of vmkapi. */
export function caller(functions: readonly FunctionDef[]): (play: Play, call: CallExpr) => Value | undefined {
  const byName = new Map(functions.map((each) => [each.name, each]));
  let depth = 0;
  return (play, call) => {
    play.tick(call.at);
    const own = byName.get(call.name);
    if (!own) return callKnown(play, call);
    if (call.args.length !== own.parameters.length) {
      refuse(call.at, `must get ${own.parameters.length} arguments, not ${call.args.length}`);
    }
    const args = call.args.map((arg) => ({ value: evaluate(play, arg), at: arg.at }));
    if (++depth > DEEPEST)
      refuse(call.at, `must not lie inside more than ${DEEPEST} calls: functions must not call themselves`);
    const variables = own.parameters.map((parameter, i) => {
      const made = variableOf(parameterType(parameter), parameter.name);
      if (made.kind !== 'cell') return refuse(parameter.at, 'must be a number, an address or a pointer');
      made.value = fitted(play, made.type, args[i].value, args[i].at);
      return made;
    });
    play.above = undefined;
    const value = enter(play, own, variables);
    depth--;
    return value;
  };
}

/** An array that is handed over is a pointer to its first element. */
function parameterType({ type, array }: Declarator): CType {
  const of = pointersTo(type.base, type.pointers);
  return array ? pointerTo(of) : of;
}

/** The types that functions return, by their names. */
export const returnsOf = (functions: readonly FunctionDef[]): ReadonlyMap<string, CType> =>
  new Map(functions.map(({ name, returns }) => [name, pointersTo(returns.base, returns.pointers)]));

function enter(play: Play, of: FunctionDef, variables: readonly Variable[]): Value | undefined {
  return play.scopes.call(() => {
    of.parameters.forEach((each, i) => {
      if (!play.scopes.declare(each.name, variables[i], each)) refuse(each.at, 'must not be declared twice');
    });
    return runBody(play, of.body.kind === 'block' ? of.body.body : [], of);
  });
}

/** Runs what a text asks for: its statements and calls in comments; without any, the functions that no other one calls. */
export function runFile(play: Play, { functions, body, runs }: SourceFile): void {
  runBody(play, functions.length > 0 ? body.map(asGlobal) : body, undefined);
  for (const call of runs) {
    play.above = undefined;
    play.call(play, call);
  }
  if (runs.length > 0 || body.some(({ kind }) => kind !== 'declare')) return;
  const called = new Set<string>();
  const note = (expr: Expr): void => void (expr.kind === 'call' && called.add(expr.name));
  functions.forEach((each) => eachExpr(each.body, note));
  const entries = functions.filter(({ name }) => !called.has(name));
  if (entries.length > 1) {
    const first = entries.slice(0, NAMED_FIRST).map(({ name }) => name);
    const names = [...first, ...(entries.length > first.length ? [`${entries.length - first.length} more`] : [])].join(
      ', ',
    );
    play.remark(
      entries[0].at,
      `${names} run one after the other, as nothing calls them; /*@ run f(…) */ says otherwise.`,
    );
  }
  for (const entry of entries)
    enter(
      play,
      entry,
      entry.parameters.map((each) => given(play, entry, each)),
    );
}

/** Outside functions, variables last and begin as zeros; modules and reservations without a value stand for their names. */
function asGlobal(stmt: Stmt): Stmt {
  if (stmt.kind !== 'declare') return stmt;
  return {
    ...stmt,
    items: stmt.items.map((item) => (item.init || !isNamed(item) ? { ...item, kept: true } : byName(item))),
  };
}

const isNamed = ({ type, array }: Declarator): boolean =>
  !array && type.pointers === 0 && (type.base === HANDLE || type.base === MODULE_ID);

const byName = (item: Declarator): Declarator => ({
  ...item,
  kept: false,
  init: { kind: 'value', value: { kind: 'stand-in', at: item.at, name: item.name, type: item.type.base } },
});

/** A parameter that nobody gives: a module or a reservation, or one that must be asked for. */
function given(play: Play, { name: of }: FunctionDef, parameter: Declarator): Variable {
  if (isNamed(parameter)) return declare(play, byName(parameter));
  const { at, name } = parameter;
  return refuse(at, `must have a value: write /*@ run ${of}(…) */ behind the function, with a value for ${name}`);
}
