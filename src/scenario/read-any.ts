import type { Result } from '../base/result';
import { parseScenarioText, type Scenario } from './parse';
import type { Problems } from './problem';
import { parseScript } from './script';

/** One way in which a scenario is written down. */
interface Kind {
  /** How the names of such files end. */
  readonly endings: readonly string[];
  /** Whether a text can be nothing else, whatever its name. */
  readonly is?: (text: string) => boolean;
  readonly read: (text: string) => Result<Scenario, Problems>;
}

const SCRIPT: Kind = { endings: ['pagescope', 'txt'], read: parseScript };

/** Tried in this order; another kind is another row. No script begins as JSON does. */
const KINDS: readonly Kind[] = [
  { endings: ['json'], is: (text) => /^\uFEFF?\s*[{["]/.test(text), read: parseScenarioText },
  SCRIPT,
];

/** Reads a text of any kind: what it says tells the kind, or else the ending of its name; else it is a script. */
export function readAny(text: string, name = ''): Result<Scenario, Problems> {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const kind = KINDS.find(({ is }) => is?.(text)) ?? KINDS.find(({ endings }) => endings.includes(ending));
  return (kind ?? SCRIPT).read(text);
}
