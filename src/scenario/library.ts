import { parseScenario, type Scenario } from './parse';
import { describeProblems } from './problem';
import { assert } from '../base/assert';
import { VERSION } from './form-document';

/** The parts of the library, in the order of a reader. */
export const LIBRARY_GROUPS = {
  header: 'The examples of vmkapi_mapping.h',
  callers: 'What public drivers do',
  extremes: 'As far as the interface goes',
  mistakes: 'Going wrong',
} as const;
export type LibraryGroup = keyof typeof LIBRARY_GROUPS;

/** One file of src/scenario/library: a document, and why it is worth a look. */
export interface LibraryEntry {
  /** The file's name without its ending. */
  readonly id: string;
  readonly group: LibraryGroup;
  readonly title: string;
  readonly why: string;
  readonly source: string;
  /** Where to look first. */
  readonly look: string;
  readonly scenario: { readonly config?: unknown; readonly ops: unknown };
}

const files = import.meta.glob<Omit<LibraryEntry, 'id'>>('./library/*.json', { eager: true, import: 'default' });

const withId = (path: string, entry: Omit<LibraryEntry, 'id'>): LibraryEntry => ({
  ...entry,
  id: path.replace(/^.*\/|\.json$/g, ''),
});
const groups = Object.keys(LIBRARY_GROUPS);

/** Every scenario that comes with the program; adding one costs one file. */
export const LIBRARY: readonly LibraryEntry[] = Object.entries(files)
  .map(([path, entry]) => withId(path, entry))
  .toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || (a.id < b.id ? -1 : 1));

/** A scenario of the library, ready to run. */
export function libraryScenario(id: string): Scenario | undefined {
  const entry = LIBRARY.find((one) => one.id === id);
  if (!entry) return undefined;
  const read = parseScenario({ version: VERSION, title: entry.title, ...entry.scenario });
  assert(read.ok, read.ok ? '' : `library/${id}.json: ${describeProblems(read.error)}`);
  return read.value;
}
