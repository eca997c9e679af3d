import { refuse, type Place } from './mistake';
import { intOf, truth, type IntValue } from './value';
import { INT, LONG, UINT, ULONG, type IntType } from './types';

/** Types below 32 bits become int before anything is done with them. */
export const promoted = (type: IntType): IntType => {
  if (type.bits < 32) return INT;
  return type.bits === 32 ? (type.signed ? INT : UINT) : type.signed ? LONG : ULONG;
};

/** The type in which two values meet: the wider one, and of equal width the unsigned one. */
export function commonType(a: IntType, b: IntType): IntType {
  const [left, right] = [promoted(a), promoted(b)];
  if (left.bits !== right.bits) return left.bits > right.bits ? left : right;
  return left.signed ? right : left;
}

/** The same value in another type, cut off as C does it. */
export const converted = (type: IntType, { value, near }: IntValue): IntValue => intOf(type, value, near);

const COMPARES: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};
const COMPUTES: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
};

/** Exactly what C computes with two's complement. What C leaves undefined has no value here. */
export function binary(sign: string, a: IntValue, b: IntValue, at: Place): IntValue {
  if (sign === '<<' || sign === '>>') return shift(sign, a, b, at);
  const type = commonType(a.type, b.type);
  const [left, right] = [converted(type, a).value, converted(type, b).value];
  if (Object.hasOwn(COMPARES, sign)) return truth(COMPARES[sign](left, right));
  if ((sign === '/' || sign === '%') && right === 0n) refuse(at, 'must not divide by 0');
  // Of two addresses only the distance is left.
  const near = a.near && b.near ? undefined : (a.near ?? b.near);
  return intOf(type, COMPUTES[sign](left, right), near);
}

function shift(sign: string, a: IntValue, b: IntValue, at: Place): IntValue {
  const type = promoted(a.type);
  if (b.value < 0n || b.value >= BigInt(type.bits)) {
    refuse(
      at,
      `must shift by 0 to ${type.bits - 1} bits: the value on the left has ${type.bits}, and by ${b.value} C has no result`,
    );
  }
  return intOf(type, sign === '<<' ? a.value << b.value : a.value >> b.value, a.near);
}

export function unary(sign: '-' | '+' | '~', a: IntValue): IntValue {
  const type = promoted(a.type);
  return intOf(type, sign === '-' ? -a.value : sign === '~' ? ~a.value : a.value);
}
