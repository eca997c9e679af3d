import type { Declarator, Expr, Init, InitItem } from './ast';
import { copyStruct, evaluate } from './evaluate';
import { fitted } from './fit';
import { refuse } from './mistake';
import type { Play } from './play';
import { typeText } from './types';
import type { Variable } from './value';
import { clear, declaredType, itemOf, variableOf } from './variable';

/** Makes the variable of a declaration and gives it its first value, which already sees it; a static one only once. */
export function declare(play: Play, item: Declarator, scope: (variable: Variable) => void = () => undefined): Variable {
  const before = play.kept.get(item);
  if (before) {
    scope(before);
    return before;
  }
  const variable = variableOf(
    declaredType(item, () => lengthOf(play, item)),
    item.name,
  );
  scope(variable);
  if (item.kept) {
    clear(variable);
    play.kept.set(item, variable);
  }
  if (item.init) initialise(play, variable, item.init);
  return variable;
}

/** `[n]`, or what the list of `[]` needs. */
function lengthOf(play: Play, { at, array, init }: Declarator): bigint {
  if (array?.length) return play.number(evaluate(play, array.length), array.length.at).value;
  if (init?.kind !== 'list') return refuse(at, 'must have a length, or a list of values');
  let [next, most] = [0n, 0n];
  for (const { where } of init.items) {
    next = (where && 'index' in where ? indexOf(play, where.index) : next) + 1n;
    if (next > most) most = next;
  }
  return most;
}

const indexOf = (play: Play, expr: Expr): bigint => play.number(evaluate(play, expr), expr.at).value;

function initialise(play: Play, variable: Variable, init: Init): void {
  if (init.kind === 'value') {
    const { value } = init;
    if (variable.kind === 'fields') return copyStruct(play, variable, value, 'a list in { }');
    if (variable.kind !== 'cell') refuse(value.at, `must be a list in { }, for ${typeText(variable.type)}`);
    variable.value = fitted(play, variable.type, evaluate(play, value), value.at);
    return;
  }
  // What the list leaves out is zero.
  clear(variable);
  if (variable.kind === 'cell') {
    if (init.items.length > 1) refuse(init.items[1].at, 'must not be here: one value is enough');
    if (init.items[0]) initialise(play, variable, init.items[0].init);
  } else initialiseParts(play, variable, init.items);
}

function initialiseParts(play: Play, variable: Exclude<Variable, { kind: 'cell' }>, items: readonly InitItem[]): void {
  const names = variable.kind === 'fields' ? [...variable.fields.keys()] : [];
  let next = 0;
  for (const { at, where, init } of items) {
    play.tick(at);
    if (where && 'field' in where) {
      next = names.indexOf(where.field);
      if (next < 0) refuse(at, names.length > 0 ? `must be one of ${names.join(', ')}` : 'must be an index in [ ]');
    } else if (where) {
      if (variable.kind !== 'row') refuse(at, 'must be the name of a field behind a dot');
      next = Number(indexOf(play, where.index));
    }
    const part = variable.kind === 'row' ? itemOf(variable, next) : variable.fields.get(names[next] ?? '');
    if (!part) refuse(at, `must not be here: ${typeText(variable.type)} has no more room`);
    // {0} is zeros for everything inside.
    if (part.kind !== 'cell' && init.kind === 'value' && items.length === 1 && isZero(init.value)) clear(part);
    else initialise(play, part, init);
    next++;
  }
}

const isZero = (expr: Expr): boolean => expr.kind === 'number' && expr.value === 0n;
