import type { Key } from './part';

/** Puts a value where the keys lead; false when something else stands in the way. */
export function assign(into: object, keys: readonly Key[], value: unknown): boolean {
  let at: unknown = into;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (typeof at !== 'object' || at === null) return false;
    const here = at as Record<Key, unknown>;
    if (Array.isArray(at) !== (typeof key === 'number')) return false;
    if (i === keys.length - 1) {
      if (Object.hasOwn(here, key) && key !== 'version') return false;
      here[key] = value;
    } else {
      if (!Object.hasOwn(here, key)) here[key] = typeof keys[i + 1] === 'number' ? [] : {};
      at = here[key];
    }
  }
  return true;
}

export function lengthOf(document: object, path: readonly Key[]): number {
  let at: unknown = document;
  for (const key of path) at = typeof at === 'object' && at !== null ? (at as Record<Key, unknown>)[key] : undefined;
  return Array.isArray(at) ? at.length : 0;
}
