import { binary } from './arithmetic';
import { refuse, type Place } from './mistake';
import type { Play } from './play';
import { truth, type Value } from './value';

/** Two values and the sign between them. Addresses stay counted from their mapping as long as bytes are added. */
export function combine(play: Play, sign: string, a: Value, b: Value, at: Place): Value {
  if (a.kind === 'pointer' || b.kind === 'pointer') return pointers(play, sign, a, b, at);
  if (a.kind === 'va' && !a.before && b.kind === 'int' && !b.near && (sign === '+' || sign === '-')) {
    const offset = sign === '+' ? a.offset + b.value : a.offset - b.value;
    return { ...a, offset: BigInt.asUintN(64, offset) };
  }
  if (sign === '+' && b.kind === 'va' && a.kind !== 'va') return combine(play, sign, b, a, at);
  return binary(sign, play.number(a, at), play.number(b, at), at);
}

function pointers(play: Play, sign: string, a: Value, b: Value, at: Place): Value {
  if (a.kind === 'pointer' && b.kind !== 'pointer' && (sign === '+' || sign === '-')) {
    const by = Number(play.number(b, at).value);
    return { ...a, index: a.index + (sign === '+' ? by : -by) };
  }
  if (sign === '==' || sign === '!=') {
    const same =
      a.kind === b.kind && a.kind === 'pointer' && b.kind === 'pointer' && a.to === b.to && a.index === b.index;
    return truth(same === (sign === '=='));
  }
  return refuse(at, 'must be + or - with a number, == or !=: nothing else is understood of pointers');
}
