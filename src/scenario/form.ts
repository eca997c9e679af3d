/**
 * Building blocks for the forms of a document. A form is a valibot schema: it says how JSON is written (the JSON schema is
 * made from it) and reads it. Where valibot's own loop would not do, only `~run` is replaced: an object must not be an array,
 * a list must stop after its first mistakes, and a choice must name the mistake of the alternative that was meant.
 */
import * as v from 'valibot';
import type { Result } from '../base/result';
import { DOCUMENT_LIMITS } from './limits';
import { nearest, suggestion } from './nearest';
import { decimalGroups } from '../base/number';

export type Form<T> = v.GenericSchema<unknown, T>;
type Run<T> = Form<T>['~run'];
type Issue = v.BaseIssue<unknown>;

const withRun = <S extends Form<unknown>>(form: S, run: Run<unknown>): S => ({ ...form, '~run': run });

const failed = (form: Form<unknown>, dataset: v.UnknownDataset, config: v.Config<Issue>, message: string) => {
  v._addIssue(form as never, 'value', dataset, config, { message });
  return dataset as unknown as v.OutputDataset<unknown, Issue>;
};

/** Adds a sentence for the reader of the JSON schema. */
export const says = <S extends Form<unknown>>(form: S, text: string) => v.pipe(form, v.description(text));

/** A value read by a function; `json` describes it as JSON schema. */
export function leaf<T>(json: Record<string, unknown>, read: (value: unknown) => Result<T>): Form<T> {
  const form = v.pipe(v.unknown(), v.metadata(json));
  return withRun(form, (dataset, config) => {
    const result = read(dataset.value);
    if (!result.ok) return failed(form, dataset, config, result.error);
    return { typed: true, value: result.value };
  }) as unknown as Form<T>;
}

const OBJECT = 'must be an object';

/** valibot takes a list for an object. */
const noList = <S>(form: S): S =>
  withRun(form as unknown as Form<unknown>, (dataset, config) => {
    const object = form as unknown as Form<unknown>;
    return Array.isArray(dataset.value) ? failed(object, dataset, config, OBJECT) : object['~run'](dataset, config);
  }) as unknown as S;

/** An object with these fields and no others. */
export const shape = <const E extends v.ObjectEntries>(entries: E) =>
  noList(v.strictObject(entries, (issue) => shapeRule(issue, Object.keys(entries))));

/** An object whose fields have any names. */
export const fieldsOf = <T>(value: Form<T>) => noList(v.record(v.string(), value, OBJECT));

function shapeRule(issue: Issue, names: readonly string[]): string {
  if (!issue.path) return OBJECT;
  if (issue.expected !== 'never') return 'must be given';
  const guess = nearest(String(issue.input), names);
  return `must not be here: there is no field of this name${guess === undefined ? `; there are ${names.join(', ')}` : `; did you mean "${guess}"?`}`;
}

/** A list of `min` to `max` items, read until it has too many mistakes. */
export function list<T>(item: Form<T>, max: number, min = 0): Form<T[]> {
  const form = v.pipe(v.array(item), v.maxLength(max), v.metadata(min > 0 ? { minItems: min } : {}));
  const size = min === max ? `exactly ${max}` : `at most ${decimalGroups(max)}`;
  const run: Run<unknown> = (dataset, config) => {
    const input = dataset.value;
    if (!Array.isArray(input)) return failed(form, dataset, config, 'must be a list: […]');
    if (input.length > max || input.length < min) return failed(form, dataset, config, `must have ${size} entries`);
    return readItems(item, input, config);
  };
  return withRun(form as unknown as Form<unknown>, run) as unknown as Form<T[]>;
}

function readItems(item: Form<unknown>, input: readonly unknown[], config: v.Config<Issue>) {
  const value: unknown[] = [];
  const issues: Issue[] = [];
  for (let key = 0; key < input.length && issues.length < DOCUMENT_LIMITS.problems.max; key++) {
    const read = item['~run']({ value: input[key] }, config);
    value.push(read.value);
    if (!read.issues) continue;
    const step = { type: 'array', origin: 'value', input, key, value: input[key] } as v.ArrayPathItem;
    for (const issue of read.issues) issues.push({ ...issue, path: [step, ...(issue.path ?? [])] });
  }
  return (issues.length > 0 ? { typed: false, value, issues } : { typed: true, value }) as v.OutputDataset<
    unknown,
    Issue
  >;
}

/** The same form with a short cut for common values; `read` gives undefined for what the form shall read. */
export const withShortcut = <T>(form: Form<T>, read: (value: unknown) => T | undefined): Form<T> =>
  withRun(form, (dataset, config) => {
    const value = read(dataset.value);
    return value === undefined ? form['~run'](dataset, config) : { typed: true, value };
  });

/** One of several forms; `choose` says from the value which was meant. */
export function either<T>(options: readonly Form<T>[], choose: (value: unknown) => Form<T>): Form<T> {
  const form = v.union(options as Form<T>[]);
  return withRun(form as unknown as Form<unknown>, (dataset, config) =>
    choose(dataset.value)['~run'](dataset, config),
  ) as unknown as Form<T>;
}

/** One of these words. */
export const oneOf = <const T extends readonly string[]>(names: T) =>
  v.picklist(names, (issue) => `must be one of ${names.join(', ')}${suggestion(issue.input, names)}`);

export const flag = () => v.boolean('must be true or false');

/** The value of a field that may be absent, as JSON writes it. */
export const byDefault = <T>(form: Form<T>, value: unknown) =>
  v.optional(form, value as never) as unknown as DefaultForm<T>;
/** Optional in the document, always there once read. */
type DefaultForm<T> = v.OptionalSchema<Form<T>, T>;

/** Objects told apart by the word in one field. */
export function byWord<const O extends v.VariantOptions<K>, K extends string>(key: K, options: O) {
  return v.variant(key, options, (issue) => {
    if (!issue.path) return OBJECT;
    const words = [...(issue.expected ?? '').matchAll(/"([^"]*)"/g)].map(([, word]) => word);
    const unique = [...new Set(words)];
    return `must be one of ${unique.join(', ')}${suggestion(issue.input, unique)}`;
  });
}
