import type { Scenario } from '../scenario';
import type { Documents } from './documents';
import type { Storage } from './storage';
import type { Theme } from './view';

/** The document as it is stored: what printScenario gives, as text. */
export const documentText = ({ printScenario }: Documents, document: Scenario): string =>
  JSON.stringify(printScenario(document));

/** The document that an earlier visit left behind, unless it is what the page opens on anyway. */
export function keptDocument(documents: Documents, storage: Storage, first: Scenario): Scenario | undefined {
  const text = storage.read('document');
  if (text === undefined || text === documentText(documents, first)) return undefined;
  try {
    const read = documents.parseScenario(JSON.parse(text));
    return read.ok ? read.value : undefined;
  } catch {
    return undefined; // Cut off, or not ours.
  }
}

export const keptTheme = (storage: Storage): Theme | undefined =>
  (['light', 'dark'] as const).find((theme) => theme === storage.read('theme'));
