import type { ByteReader, ByteWriter } from '../base/bytes';

/** Parts of a whole that are told apart. */
const PARTS = 1024;

/** Whole numbers are written shortest; of others so many parts of one are kept. */
export function writeDecimal(to: ByteWriter, value: number): void {
  to.number(Number.isInteger(value) ? value * 2 : Math.round(value * PARTS) * 2 + 1);
}

export function readDecimal(from: ByteReader): number {
  const number = from.number();
  const value = Math.floor(number / 2);
  return number % 2 === 0 ? value : value / PARTS;
}

export function writeList<T>(to: ByteWriter, list: readonly T[], write: (item: T) => void): void {
  to.number(list.length);
  for (const item of list) write(item);
}

/** More than this nobody marks or opens by hand. */
const LONGEST = 400;

/** The items that are some, each once. */
export function readList<T>(from: ByteReader, read: () => T | undefined): readonly T[] {
  const items = new Set<T>();
  const count = from.count();
  for (let i = 0; i < count && items.size < LONGEST; i++) {
    const item = read();
    if (item !== undefined) items.add(item);
  }
  return [...items];
}

/** The number if it is below a bound. */
export const below = (value: number, bound: number): number | undefined => (value < bound ? value : undefined);

/** The one of these values that this is. */
export const oneOf = <T>(values: readonly T[], value: unknown): T | undefined => values.find((one) => one === value);
