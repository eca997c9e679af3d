import { boundText, parseInteger } from '../base/number';
import { err, ok, type Result } from '../base/result';
import { leaf, type Form } from './form';

/** Integers in a document: a JSON number, or a string as `parseInteger` reads it. */
export const MAX_UINT64 = 0xffff_ffff_ffff_ffffn;

const SEPARATED = (digit: string): string => `${digit}+(?:(?:[_']|\\s+)${digit}+)*`;
/** For the JSON schema; the same as `parseInteger` reads. */
export const INTEGER_TEXT = `^\\s*(?:0[xX]${SEPARATED('[0-9a-fA-F]')}|${SEPARATED('[0-9]')})\\s*$`;

export const integerJson = (min: number, max: number): Record<string, unknown> => ({
  anyOf: [
    { type: 'integer', minimum: min, maximum: Math.min(max, Number.MAX_SAFE_INTEGER) },
    { $ref: '#/$defs/integerText' },
  ],
});

const HOW = 'in decimal (42) or hex ("0x2a"), with _ or spaces between digits if you like';

export const integerRule = (min: number, max: number | bigint): string =>
  `must be a whole number from ${min} to ${boundText(max)}, ${HOW}`;

/** How numbers are written is said to whoever wrote no number. */
const wrong = (value: unknown, min: number, max: number | bigint): string =>
  typeof value === 'string' && parseInteger(value).ok
    ? `must be a whole number from ${min} to ${boundText(max)}`
    : integerRule(min, max);

/** A number between two bounds, both exact in a JS number. */
export function readInteger(value: unknown, min: number, max: number): Result<number> {
  if (typeof value === 'number') {
    return Number.isInteger(value) && value >= min && value <= max ? ok(value + 0) : err(integerRule(min, max));
  }
  const read = typeof value === 'string' ? parseInteger(value, BigInt(max)) : undefined;
  if (!read?.ok || read.value < BigInt(min)) return err(wrong(value, min, max));
  return ok(Number(read.value));
}

/** An unsigned number of up to 64 bits. */
export function readInteger64(value: unknown, max: bigint = MAX_UINT64): Result<bigint> {
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value > Number.MAX_SAFE_INTEGER) {
      return err('must be written as a string: JSON numbers above 2^53 are not exact');
    }
    const right = Number.isInteger(value) && value >= 0 && value <= max;
    return right ? ok(BigInt(value)) : err(integerRule(0, max));
  }
  const read = typeof value === 'string' ? parseInteger(value, max) : undefined;
  return read?.ok ? read : err(wrong(value, 0, max));
}

export const integer = (min: number, max: number): Form<number> =>
  leaf(integerJson(min, max), (value) => readInteger(value, min, max));

export const integer64 = (max: bigint = MAX_UINT64): Form<bigint> =>
  leaf(integerJson(0, Number(max)), (value) => readInteger64(value, max));
