import { assert } from '../base/assert';
import { LIBRARY, LIBRARY_GROUPS, libraryScenario, type Scenario } from '../scenario';

const FIRST = 'example-2';

function required(id: string): Scenario {
  const scenario = libraryScenario(id);
  assert(scenario !== undefined, `the library has ${id}`);
  return scenario;
}

/** What the page opens on. */
export const firstScenario = required(FIRST);

/** The two examples of the header, a click away. */
export const EXAMPLES = [
  { id: 'example-2', name: 'Example 2' },
  { id: 'example-1', name: 'Example 1' },
] as const;

/** The others, by group. */
export const GROUPS = Object.entries(LIBRARY_GROUPS).map(([group, title]) => ({
  title,
  entries: LIBRARY.filter((entry) => entry.group === group && !EXAMPLES.some(({ id }) => id === entry.id)),
}));

/** The entry that a document came from, by its title. */
export const entryOf = ({ title }: Scenario) => LIBRARY.find((entry) => entry.title === title);
