import { refuse, type Place } from './mistake';
import { INT, LONG, UINT, ULONG, type IntType } from './types';

const MAX: Readonly<Record<string, bigint>> = {
  [INT.name]: 2n ** 31n - 1n,
  [UINT.name]: 2n ** 32n - 1n,
  [LONG.name]: 2n ** 63n - 1n,
  [ULONG.name]: 2n ** 64n - 1n,
};
const SUFFIX = /^(?:u?l{0,2}|l{1,2}u)$/i;

/** A number and the first type of C that holds it: decimal ones become unsigned only when they say so. */
export function literal(at: Place): { readonly value: bigint; readonly type: IntType } {
  const [, digits, suffix] = /^(0x[0-9a-f]+|\d+)(\w*)$/i.exec(at.text) ?? [];
  const octal = /^0\d/.test(digits);
  if (!SUFFIX.test(suffix) || digits.length > 40 || (octal && /[89]/.test(digits))) {
    refuse(at, 'must be a whole number as C writes it: 42, 052, 0x2a, with U or L behind it if you like');
  }
  const value = BigInt(octal ? `0o${digits}` : digits);
  const isUnsigned = /u/i.test(suffix);
  const isLong = /l/i.test(suffix);
  const type = [INT, UINT, LONG, ULONG].find((each) => {
    if (value > MAX[each.name] || (isLong && each.bits < 64)) return false;
    return each.signed ? !isUnsigned : isUnsigned || digits.startsWith('0');
  });
  return type ? { value, type } : refuse(at, 'must fit 64 bits');
}
