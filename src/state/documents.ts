import libraryUrl from 'virtual:library-url';
import { libraryOf, type LibraryEntry, type LibraryFiles } from '../scenario/library';

/** What reads and writes documents. It is loaded when a document is to be read or written, which the first picture does not need. */
export const loadDocuments = () => import('../scenario');
export type Documents = Awaited<ReturnType<typeof loadDocuments>>;

/** The scenarios that come with the program; none when they cannot be had, and then the rest still works. */
export async function loadLibrary(): Promise<readonly LibraryEntry[]> {
  try {
    const response = await fetch(libraryUrl);
    return libraryOf((await response.json()) as LibraryFiles);
  } catch {
    return [];
  }
}
