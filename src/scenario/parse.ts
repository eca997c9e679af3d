import * as v from 'valibot';
import { err, ok, type Result } from '../base/result';
import type { MachineConfig } from '../machine/config';
import type { Op } from '../machine/op';
import { buildConfig } from './build-config';
import { buildOps } from './build-ops';
import { documentForm, VERSION } from './form-document';
import { readJson } from './json-error';
import { pathText, Report, shortValue, type Problems } from './problem';
import { sizeProblem } from './text-size';

/** A document as the machine runs it: checked, with every default filled in. */
export interface Scenario {
  readonly version: typeof VERSION;
  readonly title: string;
  /** What a reader is told of the whole. */
  readonly note?: string | undefined;
  readonly config: MachineConfig;
  readonly ops: readonly Op[];
}

const failure = (path: string, value: string, rule: string): Result<never, Problems> =>
  err({ first: [{ path, value, rule }], count: 1 });

/** Reads a value as JSON.parse gives it. Any value at all is answered by a scenario or by what is wrong with it. */
export function parseScenario(value: unknown): Result<Scenario, Problems> {
  const version = otherVersion(value);
  if (version !== undefined) {
    const rule = `must be ${VERSION}, the version that this program understands`;
    return failure('version', shortValue(version), rule);
  }
  const read = v.safeParse(documentForm, value);
  if (!read.success) return err(problemsOf(read.issues));
  const report = new Report();
  const config = buildConfig(read.output.config, report);
  const ops = buildOps(read.output.ops, config, report);
  if (report.count > 0) return err(report.problems());
  const { title, note } = read.output;
  return ok({ version: VERSION, title, ...(note !== undefined && { note }), config, ops });
}

/** The version of a document of another one, whose other fields may mean anything. */
function otherVersion(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'version')) return undefined;
  const { version } = value as { version: unknown };
  return version === VERSION ? undefined : version;
}

/** What a form says of a value that is not of it. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[]): Problems {
  const report = new Report();
  for (const issue of issues) {
    const steps = issue.path ?? [];
    const last = steps.at(-1);
    const value = last?.origin === 'key' ? last.value : issue.input;
    report.add(pathText(steps.map(({ key }) => key)), shortValue(value), issue.message);
  }
  return report.problems();
}

/** Reads the text of a file or a link. */
export function parseScenarioText(text: string): Result<Scenario, Problems> {
  const value = jsonOf(text);
  return value.ok ? parseScenario(value.value) : value;
}

/** The value of a text that is JSON. */
export function jsonOf(text: string): Result<unknown, Problems> {
  const size = sizeProblem(text);
  if (size) return err({ first: [size], count: 1 });
  const value = readJson(text.replace(/^\uFEFF/, ''));
  if (value.ok) return value;
  const { line, column, found, rule } = value.error;
  return failure(`line ${line}, column ${column}`, found, rule);
}
