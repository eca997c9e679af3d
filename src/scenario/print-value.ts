import { hex } from '../base/number';

type Json = Record<string, unknown>;

/** Addresses and 64-bit values: hex text. */
export const hexText = hex;

const COUNTED = 100_000;

/** Page numbers and lengths: as a number while people would count, as hex text beyond. */
export const countOrHex = (value: number | bigint): number | string => (value < COUNTED ? Number(value) : hex(value));

/** Equal as JSON would show it; bigints count as their digits. */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (a === b) return true;
  const keys = Object.keys(a);
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && same((a as Json)[key], (b as Json)[key]));
}

/** The fields of `value` that are not as in `usual`. */
export function differing(value: object, usual: object): Json {
  return Object.fromEntries(Object.entries(value).filter(([key, field]) => !same(field, (usual as Json)[key])));
}

/** Without fields that are undefined. */
export const defined = (fields: Json): Json =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
