import type { Scenario } from '../scenario';
import type { Documents } from './documents';
import type { Storage } from './storage';
import type { Theme } from './view';

/** A document that an earlier visit left behind, or why it cannot be read. */
export interface Kept {
  /** As it is stored. */
  readonly text: string;
  readonly document: Scenario | undefined;
  readonly problem?: string;
}

/** So many are kept beside the newest. */
const MOST_EARLIER = 4;

/** The document as it is stored: what printScenario gives, as text. */
export const documentText = ({ printScenario }: Documents, document: Scenario): string =>
  JSON.stringify(printScenario(document));

/** The texts that are stored, newest first. */
function textsOf(storage: Storage): readonly string[] {
  const newest = storage.read('document');
  return [...(newest === undefined ? [] : [newest]), ...earlierOf(storage)];
}

function earlierOf(storage: Storage): readonly string[] {
  try {
    const read: unknown = JSON.parse(storage.read('earlier') ?? '[]');
    return Array.isArray(read) ? read.filter((text) => typeof text === 'string') : [];
  } catch {
    return []; // Cut off, or not ours.
  }
}

const writeEarlier = (storage: Storage, texts: readonly string[]): void =>
  void storage.write('earlier', texts.length > 0 ? JSON.stringify(texts.slice(0, MOST_EARLIER)) : undefined);

/** What earlier visits left behind, newest first, without what the page opens on anyway. */
export function keptDocuments(documents: Documents, storage: Storage, first: Scenario): readonly Kept[] {
  const known = new Set([documentText(documents, first)]);
  return textsOf(storage).flatMap((text) => {
    if (known.has(text)) return [];
    known.add(text);
    return [readKept(documents, text)];
  });
}

function readKept({ parseScenarioText, describeProblem }: Documents, text: string): Kept {
  const read = parseScenarioText(text);
  return read.ok
    ? { text, document: read.value }
    : { text, document: undefined, problem: read.error.first.map(describeProblem)[0] };
}

/** Stores a document, and others behind it. False: the browser refused. */
export function storeDocument(storage: Storage, text: string, aside: readonly string[]): boolean {
  writeEarlier(
    storage,
    [...new Set(aside)].filter((one) => one !== text),
  );
  return storage.write('document', text);
}

/** Forgets a stored document for good. */
export function forgetKept(storage: Storage, text: string): void {
  if (storage.read('document') === text) storage.write('document', undefined);
  writeEarlier(
    storage,
    earlierOf(storage).filter((one) => one !== text),
  );
}

export const keptTheme = (storage: Storage): Theme | undefined =>
  (['light', 'dark'] as const).find((theme) => theme === storage.read('theme'));
