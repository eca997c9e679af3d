import { err, ok, type Result } from './result';

const DECIMAL = /^\d+$/;
const HEX = /^0x[0-9a-f]+$/i;
/** Between two digits: one underscore, one apostrophe, or spaces. */
const GROUPS = /(?<=[0-9a-fA-F])(?:[_']|\s+)(?=[0-9a-fA-F])/g;

/**
 * Reads an unsigned integer as people write one: `42`, `0x2a`, `0x4400_0000_0000`, `1 048 576`.
 * The error says what was read and what would be right.
 */
export function parseInteger(text: string, max: bigint = 0xffff_ffff_ffff_ffffn): Result<bigint> {
  const digits = text.trim().replace(GROUPS, '');
  if (digits === '') return err('is empty; write a decimal or 0x number');
  if (digits.length > 80) return err(`has ${digits.length} characters; no number here needs more than 80`);
  if (!DECIMAL.test(digits) && !HEX.test(digits)) {
    return err(
      `"${clip(text)}" is not a number; write decimal (42) or hex (0x2a), with _ or spaces between digits if you like`,
    );
  }
  const value = BigInt(digits);
  return value > max ? err(`${clip(text)} is too large; the largest value here is ${boundText(max)}`) : ok(value);
}

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}…` : text);

/** `0x` and lower-case digits without leading zeros. */
export const hex = (value: bigint | number): string => `0x${value.toString(16)}`;

/** Hex with its digits in groups of four from the right, as addresses are read: `0x4400 0000 3a10`. */
export function hexGroups(value: bigint | number, digits = 1): string {
  const text = value.toString(16).padStart(digits, '0');
  return `0x${text.replace(/\B(?=(?:.{4})+$)/g, ' ')}`;
}

/** Decimal with digits in groups of three: `4 294 967 295`. */
export const decimalGroups = (value: bigint | number): string => value.toString().replace(/\B(?=(?:\d{3})+$)/g, ' ');

/** A limit as it is read: counts in decimal, what is wider in hex. */
export const boundText = (value: bigint | number): string => (value <= 2 ** 32 ? decimalGroups(value) : hex(value));

/** The low 32 bits of a 64-bit value, as an int32. */
export const low32 = (value: bigint): number => Number(BigInt.asIntN(32, value));
/** The high 32 bits of a 64-bit value, as an int32. */
export const high32 = (value: bigint): number => Number(BigInt.asIntN(32, value >> 32n));
/** The 64-bit value of two halves, whatever their signs. */
export const join64 = (lo: number, hi: number): bigint => (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
