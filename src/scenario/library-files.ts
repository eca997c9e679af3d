import { libraryOf, type LibraryFiles } from './library';
import { scenarioOf } from './library-scenario';
import type { Scenario } from './parse';

/** All files at once, for commands and tests. The page fetches them when it needs them. */
const files = import.meta.glob<LibraryFiles[string]>('./library/*.json', { eager: true, import: 'default' });

/** Every scenario that comes with the program; adding one costs one file. */
export const LIBRARY = libraryOf(
  Object.fromEntries(Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ''), file])),
);

/** A scenario of the library by id. */
export function libraryScenario(id: string): Scenario | undefined {
  const entry = LIBRARY.find((one) => one.id === id);
  return entry && scenarioOf(entry);
}
