import libraryUrl from 'virtual:library-url';
import type { LibraryFiles } from '../scenario';

/**
 * What reads and writes documents, and the scenarios that come with the program. They come after the first picture, which does not
 * need them. Without the library, the rest still works.
 */
export async function loadDocuments() {
  const files = fetch(libraryUrl)
    .then((response) => response.json() as Promise<LibraryFiles>)
    .catch((): LibraryFiles => ({}));
  const scenario = await import('../scenario');
  return { ...scenario, LIBRARY: scenario.libraryOf(await files) };
}
export type Documents = Awaited<ReturnType<typeof loadDocuments>>;
