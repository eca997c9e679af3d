import { assert } from '../base/assert';
import type { LibraryEntry } from './library';
import { parseScenario, type Scenario } from './parse';
import { describeProblems } from './problem';

/** A scenario of the library, ready to run. */
export function scenarioOf({ id, document }: LibraryEntry): Scenario {
  const read = parseScenario(document);
  assert(read.ok, read.ok ? '' : `library/${id}.json: ${describeProblems(read.error)}`);
  return read.value;
}
