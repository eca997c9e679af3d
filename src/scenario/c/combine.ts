import { binary } from './arithmetic';
import { refuse, type Place } from './mistake';
import type { Play } from './play';
import { LONG, sizeOf, type CType } from './types';
import { intOf, truth, type PointerValue, type Value } from './value';
import { itemOf } from './variable';

/** Two values and the sign between them. Addresses stay counted from their mapping as long as bytes are added. */
export function combine(play: Play, sign: string, a: Value, b: Value, at: Place): Value {
  if (a.kind === 'pointer' || b.kind === 'pointer') return pointers(play, sign, a, b, at);
  if (sign === '+' && (pointee(a) ? false : pointee(b) || (b.kind === 'va' && a.kind !== 'va'))) {
    return combine(play, sign, b, a, at);
  }
  const of = sign === '+' || sign === '-' ? pointee(a) : undefined;
  if (of && pointee(b)) return distance(play, sign, a, b, of, at);
  const by = of ? intOf(LONG, play.number(b, at).value * BigInt(sizeOf(of))) : b;
  if (a.kind === 'va' && !a.before && by.kind === 'int' && !by.near && (sign === '+' || sign === '-')) {
    const offset = sign === '+' ? a.offset + by.value : a.offset - by.value;
    return { ...a, offset: BigInt.asUintN(64, offset) };
  }
  const result = binary(sign, play.number(a, at), play.number(by, at), at);
  return of && a.kind !== 'named' && a.type.kind === 'int' ? intOf(a.type, result.value, result.near) : result;
}

/** What lies at an address that was made a pointer; a step of it is as long as that. */
const pointee = (value: Value): CType | undefined =>
  value.kind !== 'pointer' && value.type.kind === 'int' ? value.type.to : undefined;

function distance(play: Play, sign: string, a: Value, b: Value, of: CType, at: Place): Value {
  if (sign === '+') refuse(at, 'must not stand between two addresses');
  const bytes = binary(sign, play.number(a, at), play.number(b, at), at).value;
  return intOf(LONG, BigInt.asIntN(64, bytes) / BigInt(sizeOf(of)));
}

/** A pointer that can be used as it is. */
export function direct(pointer: PointerValue, at: Place): PointerValue {
  return pointer.cast ? refuse(at, 'must first be cast to a pointer to what it points to') : pointer;
}

function pointers(play: Play, sign: string, a: Value, b: Value, at: Place): Value {
  if (a.kind === 'pointer' && b.kind !== 'pointer' && (sign === '+' || sign === '-')) {
    const by = Number(play.number(b, at).value);
    return { ...direct(a, at), index: a.index + (sign === '+' ? by : -by) };
  }
  if (sign === '==' || sign === '!=') {
    return truth((a.kind === 'pointer' && b.kind === 'pointer' && isSame(a, b)) === (sign === '=='));
  }
  return refuse(at, 'must be + or - with a number, == or !=: nothing else is understood of pointers');
}

/** A variable alone is a row of its own each time that its address is taken. */
const isSame = (a: PointerValue, b: PointerValue): boolean =>
  (a.to === b.to && a.index === b.index) ||
  (itemOf(a.to, a.index) !== undefined && itemOf(a.to, a.index) === itemOf(b.to, b.index));
