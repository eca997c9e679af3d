/** What outlives a reload. A browser may refuse to store anything; the page works without. */
export interface Storage {
  read(key: StorageKey): string | undefined;
  /** False: it was refused. */
  write(key: StorageKey, text: string | undefined): boolean;
}
export type StorageKey =
  'document' | 'earlier' | 'draft' | 'tabs' | 'typed' | 'pokes' | 'theme' | 'layout' | 'keys' | 'lessons';

const PREFIX = 'pagescope.';

export const browserStorage: Storage = {
  read(key) {
    try {
      return localStorage.getItem(PREFIX + key) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write(key, text) {
    try {
      if (text === undefined) localStorage.removeItem(PREFIX + key);
      else localStorage.setItem(PREFIX + key, text);
      return true;
    } catch {
      return false; // Full or forbidden.
    }
  },
};

export function memoryStorage(): Storage {
  const kept = new Map<StorageKey, string>();
  return {
    read: (key) => kept.get(key),
    write(key, text) {
      if (text === undefined) kept.delete(key);
      else kept.set(key, text);
      return true;
    },
  };
}
