import { parseScenario, type Scenario } from './parse';
import { describeProblems } from './problem';
import { assert } from '../base/assert';
import { LIBRARY_GROUPS, type LibraryGroup } from './library-groups';

/** What a file of src/scenario/library says about itself, beside being a document like any other. */
interface About {
  readonly group: LibraryGroup;
  readonly why: string;
  readonly source: string;
  /** Where to look first. */
  readonly look: string;
}

export interface LibraryEntry extends About {
  /** The file's name without its ending. */
  readonly id: string;
  readonly title: string;
  readonly document: unknown;
}

const files = import.meta.glob<{ readonly title: string; readonly about: About }>('./library/*.json', {
  eager: true,
  import: 'default',
});

const entryOf = ([path, document]: [string, { readonly title: string; readonly about: About }]): LibraryEntry => ({
  ...document.about,
  id: path.replace(/^.*\/|\.json$/g, ''),
  title: document.title,
  document,
});
const groups = Object.keys(LIBRARY_GROUPS);

/** Every scenario that comes with the program; adding one costs one file. */
export const LIBRARY: readonly LibraryEntry[] = Object.entries(files)
  .map(entryOf)
  .toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || (a.id < b.id ? -1 : 1));

/** A scenario of the library, ready to run. */
export function libraryScenario(id: string): Scenario | undefined {
  const entry = LIBRARY.find((one) => one.id === id);
  if (!entry) return undefined;
  const read = parseScenario(entry.document);
  assert(read.ok, read.ok ? '' : `library/${id}.json: ${describeProblems(read.error)}`);
  return read.value;
}
