import type { Key } from './part';

/** Puts a value where the keys lead; false when something else stands in the way. */
export function assign(into: object, keys: readonly Key[], value: unknown): boolean {
  let at: unknown = into;
  const last = keys.length - 1;
  for (let i = 0; i < last; i++) {
    const here = branch(at, keys[i]);
    if (!here) return false;
    if (!Object.hasOwn(here, keys[i])) here[keys[i]] = typeof keys[i + 1] === 'number' ? [] : {};
    at = here[keys[i]];
  }
  const here = branch(at, keys[last]);
  // Every document has a version before the script gives one.
  if (!here || (Object.hasOwn(here, keys[last]) && keys[last] !== 'version')) return false;
  here[keys[last]] = value;
  return true;
}

/** A list for a number, an object for a name. */
const branch = (at: unknown, key: Key): Record<Key, unknown> | undefined =>
  typeof at === 'object' && at !== null && Array.isArray(at) === (typeof key === 'number')
    ? (at as Record<Key, unknown>)
    : undefined;

export function lengthOf(document: object, path: readonly Key[]): number {
  let at: unknown = document;
  for (const key of path) at = typeof at === 'object' && at !== null ? (at as Record<Key, unknown>)[key] : undefined;
  return Array.isArray(at) ? at.length : 0;
}
