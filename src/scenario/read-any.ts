import { err, ok, type Result } from '../base/result';
import { readC, type Remark } from './c';
import { parseScenarioText, type Scenario } from './parse';
import type { Problems } from './problem';
import { parseScript } from './script';

/** A scenario, and what its reader may want to know of how it was read. */
export interface Reading {
  readonly scenario: Scenario;
  readonly remarks: readonly Remark[];
}

/** One way in which a scenario is written down. */
interface Kind {
  /** How the names of such files end. */
  readonly endings: readonly string[];
  /** Whether a text can be nothing else. */
  readonly is?: (text: string) => boolean;
  /** `follow` makes machines, for sources that ask how their calls end. */
  readonly read: (text: string, follow: Follow) => Result<Reading, Problems>;
}
type Follow = Parameters<typeof readC>[1];

const plain =
  (read: (text: string) => Result<Scenario, Problems>): Kind['read'] =>
  (text) => {
    const result = read(text);
    return result.ok ? ok({ scenario: result.value, remarks: [] }) : result;
  };

function readSource(text: string, follow: Follow): Result<Reading, Problems> {
  const read = readC(text, follow);
  if (read.ok) return read;
  const { line, column, found, rule } = read.error;
  return err({ first: [{ path: `line ${line}, column ${column}`, value: found, rule }], count: 1 });
}

const SCRIPT: Kind = { endings: ['pagescope'], read: plain(parseScript) };

const JSON_TEXT: Kind = {
  endings: ['json'],
  is: (text) => /^\s*[{["]/.test(text),
  read: plain(parseScenarioText),
};

/** Another kind is another row. */
const KINDS: readonly Kind[] = [
  JSON_TEXT,
  SCRIPT,
  { endings: ['c', 'h'], is: (text) => /\bvmk_[A-Za-z]\w*[\s*(;)]/.test(text) && text.includes(';'), read: readSource },
];

/** The ending of its name tells of which kind a text is, or else what it says; undefined where neither does. */
function kindOf(text: string, name: string): Kind | undefined {
  const [, ending = ''] = /\.([^.]+)$/.exec(name.toLowerCase()) ?? [];
  return KINDS.find(({ endings }) => endings.includes(ending)) ?? KINDS.find(({ is }) => is?.(text));
}

export const isJson = (text: string, name: string): boolean => kindOf(text, name) === JSON_TEXT;
/** Whether a text is of a kind that is known, and need not be taken for a script. */
export const isKnown = (text: string, name: string): boolean => kindOf(text, name) !== undefined;

/** Reads a text of any kind; one of no other kind is a script. */
export function readAny(text: string, name: string, follow: Follow): Result<Reading, Problems> {
  // Some editors put a byte order mark in front.
  const plain = text.replace(/^\uFEFF/, '');
  return (kindOf(plain, name) ?? SCRIPT).read(plain, follow);
}
