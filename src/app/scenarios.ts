import { LIBRARY_GROUPS } from '../scenario/library-groups';
import type { LibraryEntry, Scenario } from '../scenario';

/** The two examples of the header, a click away. */
export const EXAMPLES = [
  { id: 'example-2', name: 'Example 2' },
  { id: 'example-1', name: 'Example 1' },
] as const;

/** The groups of the list; it is short, and the gallery has all. */
const LISTED: ReadonlySet<string> = new Set(['header', 'callers', 'extremes', 'mistakes']);

/** What the list holds, by group, with the one that is open. */
export const groupsOf = (library: readonly LibraryEntry[], current: LibraryEntry | undefined) =>
  Object.entries(LIBRARY_GROUPS)
    .map(([group, title]) => ({
      title,
      entries: library.filter((entry) => entry.group === group && (LISTED.has(group) || entry === current)),
    }))
    .filter(({ entries }) => entries.length > 0);

/** The entry that a document came from, by its title. */
export const entryOf = (library: readonly LibraryEntry[], { title }: Scenario): LibraryEntry | undefined =>
  library.find((entry) => entry.title === title);
