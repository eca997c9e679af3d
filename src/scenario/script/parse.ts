import { err, type Result } from '../../base/result';
import { parseScenario, type Scenario } from '../parse';
import type { Problem } from '../problem';
import { sizeProblem } from '../text-size';
import { readDocument, type Draft, type Spot } from './document';
import { foreignKind } from './foreign';
import { readLine } from './line';
import { Places } from './places';

/** A mistake in a script. `path` says where in words; lines and columns count from 1, and `end` is the column behind it. */
export interface ScriptProblem extends Problem {
  readonly line: number;
  readonly column: number;
  readonly end: number;
}

export interface ScriptProblems {
  readonly first: readonly ScriptProblem[];
  readonly count: number;
}

export interface ReadScript {
  readonly result: Result<Scenario, ScriptProblems>;
  /** What the script stands for, as far as it can be read. */
  readonly document: unknown;
  readonly places: Places;
}

const SHOWN = 20;

/** Reads any text. What lines say is checked by the form of the document, with the same rules and words. */
export function readScript(text: string): ReadScript {
  const size = sizeProblem(text);
  const draft = readDocument(size ? '' : text);
  const places = new Places(draft);
  const { document } = draft;
  if (size) return { result: err({ first: [{ ...size, line: 1, column: 1, end: 1 }], count: 1 }), document, places };
  const read = parseScenario(document);
  if (read.ok && draft.wrong.length === 0) return { result: read, document, places };
  const foreign = draft.opLines.length === 0 ? foreignKind(text) : undefined;
  if (foreign) {
    const is = problemAt({ line: 0, from: 0, to: 1 }, '', foreign, 'must be a script, one operation a line');
    return { result: err({ first: [is], count: 1 }), document, places };
  }
  const own = draft.wrong.map((wrong) => problemAt(wrong, '', wrong.found, wrong.rule));
  const lines = new Set(own.map(({ line }) => line));
  const all = read.ok ? [] : read.error.first.map((problem) => placed(problem, draft, places));
  // What is missing from a line that could not be read may well stand there.
  const others = all.filter(({ line, value }) => value !== 'missing' || !lines.has(line));
  const count = own.length + others.length + (read.ok ? 0 : read.error.count - all.length);
  const sorted = [...own, ...others].toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { result: err({ first: sorted.slice(0, SHOWN), count }), document, places };
}

/** A script as a scenario, or what is wrong with it. */
export const parseScript = (text: string): Result<Scenario, ScriptProblems> => readScript(text).result;

const placeText = ({ line, from }: Spot): string => `line ${line + 1}, column ${from + 1}`;

function problemAt(spot: Spot, field: string, value: string, rule: string): ScriptProblem {
  const path = `${placeText(spot)}${field === '' ? '' : `: ${field}`}`;
  return { path, value, rule, line: spot.line + 1, column: spot.from + 1, end: Math.max(spot.to, spot.from + 1) + 1 };
}

/** Paths that a rule speaks of, such as that of an earlier operation of the same name. */
const PATHS = /\b(?:ops|config)(?:\[\d+\]|\.[A-Za-z]\w*)+/g;

function placed({ path, value, rule }: Problem, draft: Draft, places: Places): ScriptProblem {
  const spot = places.find(path);
  const said = rule.replace(PATHS, (other) => placeText(places.find(other)));
  const usage = value === 'missing' ? usageAt(draft.lines[spot.line]) : '';
  return problemAt(spot, path.replace(/^(?:ops\[\d+\]|config)\.?/, ''), value, said + usage);
}

function usageAt(line = ''): string {
  const { shape } = readLine(line);
  return shape?.usage ? `; such a line is written "${shape.words} ${shape.usage}"` : '';
}
