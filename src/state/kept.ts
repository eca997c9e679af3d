import { describeProblem, parseScenarioText, printScenario, type Scenario } from '../scenario';
import { quickLinkOf, readLink } from './link';
import { placeOf, type Place } from './place';
import type { Storage } from './storage';
import type { View } from './view';

/** A document that an earlier visit left behind, or why it cannot be read. */
export interface Kept {
  /** As it is stored. */
  readonly text: string;
  readonly document: Scenario | undefined;
  /** Where it was left; not known of documents that were stored as JSON. */
  readonly place?: Place | undefined;
  readonly problem?: string;
}

/** So many are kept beside the newest. */
const MOST_EARLIER = 4;

const jsonOf = (document: Scenario): string => JSON.stringify(printScenario(document));

/** A document as it is stored: a link to the place where the reader is; JSON when it is too much for a link. */
export function textOf(document: Scenario, view: View): string {
  const link = quickLinkOf(document, placeOf(view));
  return link.ok ? link.value : jsonOf(document);
}

/** The texts that are stored, newest first. */
export function textsOf(storage: Storage): readonly string[] {
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

/** All that is stored, newest first. */
export const keptDocuments = (storage: Storage): Promise<readonly Kept[]> =>
  Promise.all(textsOf(storage).map(readKept));

/** Each document once, without one that is on screen anyway. */
export function unlike(kept: readonly Kept[], shown: Scenario): readonly Kept[] {
  const known = new Set([jsonOf(shown)]);
  return kept.filter(({ text, document }) => {
    const what = document ? jsonOf(document) : text;
    return !known.has(what) && known.add(what);
  });
}

async function readKept(text: string): Promise<Kept> {
  if (!/^v\d/.test(text)) {
    const read = parseScenarioText(text);
    if (read.ok) return { text, document: read.value };
    return { text, document: undefined, problem: read.error.first.map(describeProblem)[0] };
  }
  const read = await readLink(text);
  if (read.ok) return { text, document: read.value.scenario, place: read.value.place };
  const newer = read.error.kind === 'newer';
  const problem = newer ? 'a newer Pagescope stored it. Reload the page to get that' : 'what is stored was damaged';
  return { text, document: undefined, problem };
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

/** Stores a document again that was forgotten. */
export function storeAgain(storage: Storage, text: string): void {
  if (storage.read('document') === undefined) storage.write('document', text);
  else writeEarlier(storage, [text, ...earlierOf(storage)]);
}
