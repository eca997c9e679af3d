import { suggestion } from '../nearest';
import type { Expr } from './ast';
import { unary } from './arithmetic';
import { combine, direct } from './combine';
import { constant, CONSTANT_NAMES } from './constants';
import { fitted } from './fit';
import { refuse, type Place } from './mistake';
import type { Play } from './play';
import { INT, sizeOf, STATUS, typeText, ULONG } from './types';
import { staticType } from './static-type';
import { itemOf, pointersTo, rowOf, variableOf } from './variable';
import { intOf, NULL, truth, type Cell, type PointerValue, type Value, type Variable } from './value';

/** The value of an expression; a call that returns nothing has none. */
export function evaluate(play: Play, expr: Expr): Value {
  return play.inside(expr.at, () =>
    expr.kind === 'call'
      ? (play.call(play, expr) ?? refuse(expr.at, 'must return a value, and this call returns none'))
      : valueOf(play, expr),
  );
}

/** Evaluates for its effects only. */
export function carryOut(play: Play, expr: Expr): void {
  if (expr.kind === 'call') play.call(play, expr);
  else valueOf(play, expr);
}

function valueOf(play: Play, expr: Exclude<Expr, { kind: 'call' }>): Value {
  const { at } = expr;
  play.tick(at);
  switch (expr.kind) {
    case 'number':
      return intOf(expr.type.kind === 'int' ? expr.type : INT, expr.value);
    case 'text':
      return refuse(at, 'must be a number or a variable: texts are only understood in log messages');
    case 'placeholder':
      return { kind: 'named', type: INT, name: undefined };
    case 'stand-in':
      return standIn(play, expr);
    case 'name':
      return constant(expr.name) ?? held(variable(play, expr), at);
    case 'unary':
      return unaryValue(play, expr);
    case 'step': {
      const cell = cellOf(play, expr.of);
      const before = held(cell, at);
      const after = combine(play, '+', before, intOf(INT, BigInt(expr.by)), at);
      cell.value = fitted(play, cell.type, after, at);
      return expr.first ? cell.value : before;
    }
    case 'binary':
      return binaryValue(play, expr);
    case 'choice':
      return chosen(play, expr);
    case 'assign':
      return assigned(play, expr);
    case 'member':
    case 'index':
      return held(variable(play, expr), at);
    case 'cast':
      return castValue(play, expr);
    case 'sizeofType':
      return intOf(ULONG, BigInt(sizeOf(pointersTo(expr.type.base, expr.type.pointers))));
    default:
      return intOf(ULONG, BigInt(sizeOf(staticType(play, expr.of) ?? refuse(expr.of.at, 'must have a size'))));
  }
}

/** One of two values, in the type in which both would meet. */
function chosen(play: Play, expr: Extract<Expr, { kind: 'choice' }>): Value {
  const value = evaluate(play, isTrue(play, expr.test) ? expr.yes : expr.no);
  const type = staticType(play, expr);
  return type?.kind === 'int' && value.kind !== 'named' && value.kind !== 'pointer'
    ? fitted(play, type, value, expr.at)
    : value;
}

function castValue(play: Play, { type, of, at }: Extract<Expr, { kind: 'cast' }>): Value {
  const to = pointersTo(type.base, type.pointers);
  if (to.kind !== 'void') return fitted(play, to, evaluate(play, of), at);
  // (void) says that nobody uses the value, if there is one.
  carryOut(play, of);
  return NULL;
}

/** A reservation has the variable's name; so has a module, or it is told to stand for the first, where it is used. */
function standIn(play: Play, { name, type }: Extract<Expr, { kind: 'stand-in' }>): Value {
  const known = type.kind === 'handle' || ['vmkernel', ...play.config.modules].includes(name);
  return { kind: 'named', type, name: known ? name : undefined };
}

export function isTrue(play: Play, expr: Expr): boolean {
  const value = evaluate(play, expr);
  return value.kind === 'pointer' || play.number(value, expr.at).value !== 0n;
}

function unaryValue(play: Play, expr: Extract<Expr, { kind: 'unary' }>): Value {
  const { sign, of, at } = expr;
  if (sign === '&') return pointerTo(play, of);
  if (sign === '*') return held(variable(play, expr), at);
  if (sign === '!') return truth(!isTrue(play, of));
  return unary(sign, play.number(evaluate(play, of), of.at));
}

/** `&x`; of a whole array it points to its first element, as the header's second example has it. */
function pointerTo(play: Play, of: Expr): PointerValue {
  if (of.kind === 'index') {
    const base = evaluate(play, of.of);
    if (base.kind === 'pointer') return { ...direct(base, of.at), index: base.index + indexOf(play, of.index) };
  }
  const target = variable(play, of);
  return { kind: 'pointer', to: target.kind === 'row' ? target : rowOf(target), index: 0 };
}

function binaryValue(play: Play, { sign, left, right, at }: Extract<Expr, { kind: 'binary' }>): Value {
  if (sign === '&&') return truth(isTrue(play, left) && isTrue(play, right));
  if (sign === '||') return truth(isTrue(play, left) || isTrue(play, right));
  if (sign === ',') {
    carryOut(play, left);
    return evaluate(play, right);
  }
  return combine(play, sign, evaluate(play, left), evaluate(play, right), at);
}

function assigned(play: Play, { sign, to, value, at }: Extract<Expr, { kind: 'assign' }>): Value {
  const struct = sign === '' ? staticType(play, to) : undefined;
  if (struct?.kind === 'struct') {
    copyStruct(play, variable(play, to), value, 'be set field by field');
    return NULL;
  }
  const right = evaluate(play, value);
  if (to.kind === 'name' && to.name === 'status' && !play.scopes.find(to.name)) {
    play.remark(to.at, 'status is declared nowhere; it is taken as a VMK_ReturnStatus.');
    play.scopes.declareEarly(to.name, variableOf(STATUS, to.name));
  }
  const cell = cellOf(play, to);
  const result = sign === '' ? right : combine(play, sign, held(cell, to.at), right, at);
  cell.value = fitted(play, cell.type, result, at);
  return cell.value;
}

/** A struct is copied with all its fields, also those that nothing has set. */
export function copyStruct(play: Play, to: Variable, value: Expr, or: string): void {
  const from = staticType(play, value)?.kind === 'struct' ? variable(play, value) : undefined;
  if (to.kind !== 'fields' || from?.kind !== 'fields' || typeText(from.type) !== typeText(to.type)) {
    return refuse(value.at, `must be another ${typeText(to.type)}, or ${or}`);
  }
  for (const [name, field] of to.fields) {
    const source = from.fields.get(name);
    if (field.kind === 'cell' && source?.kind === 'cell') field.value = source.value;
  }
}

export function cellOf(play: Play, expr: Expr): Cell {
  const found = variable(play, expr);
  return found.kind === 'cell' ? found : refuse(expr.at, 'must be set field by field, or element by element');
}

const indexOf = (play: Play, expr: Expr): number => Number(play.number(evaluate(play, expr), expr.at).value);

/** The variable that an expression names. */
export function variable(play: Play, expr: Expr): Variable {
  const { at } = expr;
  switch (expr.kind) {
    case 'name': {
      const { scopes } = play;
      const names = (): string[] => [...scopes.names(), ...CONSTANT_NAMES];
      return (
        scopes.find(expr.name) ??
        refuse(at, `must be declared, or be a constant of vmkapi${suggestion(expr.name, names())}`)
      );
    }
    case 'member': {
      const of = expr.arrow ? pointed(evaluate(play, expr.of), 0, at) : variable(play, expr.of);
      if (of.kind !== 'fields')
        refuse(at, `must stand behind a struct${expr.arrow ? '' : ', or behind -> of a pointer'}`);
      const names = [...of.fields.keys()];
      return (
        of.fields.get(expr.name) ?? refuse(at, `must be one of ${names.join(', ')}${suggestion(expr.name, names)}`)
      );
    }
    case 'index':
      return pointed(evaluate(play, expr.of), indexOf(play, expr.index), expr.index.at);
    case 'unary':
      if (expr.sign === '*') return pointed(evaluate(play, expr.of), 0, at);
      break;
    default:
  }
  return refuse(at, 'must be a variable, a field or an element');
}

function pointed(value: Value, by: number, at: Place): Variable {
  if (value.kind !== 'pointer') {
    return refuse(
      at,
      'must not go through an address: the machine is accessed by a comment such as /*@ {"op":"access","at":"va"} */',
    );
  }
  const index = direct(value, at).index + by;
  return itemOf(value.to, index) ?? refuse(at, `must be an element from 0 to ${value.to.length - 1}, not ${index}`);
}

/** What a variable holds; an array is a pointer to its first element. */
export function held(from: Variable, at: Place): Value {
  if (from.kind === 'row') return { kind: 'pointer', to: from, index: 0 };
  if (from.kind === 'fields') return refuse(at, 'must be used field by field, or by its address with &');
  return from.value ?? refuse(at, 'must be set before it is read');
}
