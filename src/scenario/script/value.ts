import { err, ok, type Result } from '../../base/result';
import { readJson } from '../json-error';
import type { Field } from './fields';
import { isJson } from './lex';

/** What is wrong with a part of a line; `at` counts from its start. */
export interface Misread {
  readonly at: number;
  readonly found: string;
  readonly rule: string;
}

const COUNTED = /^-?\d{1,15}$/;

/** Reads a value as JSON.parse would give it. What it may be is for the form of the document to say. */
export function readValue(text: string, field: Field | undefined): Result<unknown, Misread> {
  if (isJson(text)) return readJsonPart(text);
  if (field?.kind === 'switch')
    return ok(text === 'on' || text === 'true' || (text !== 'off' && text !== 'false' && text));
  return ok(field?.kind === 'text' || !COUNTED.test(text) ? text : Number(text));
}

function readJsonPart(text: string): Result<unknown, Misread> {
  const value = readJson(text);
  if (value.ok) return value;
  const { column, found, rule } = value.error;
  return err({ at: column - 1, found: found === 'the end of the text' ? 'the end of the line' : found, rule });
}

/** Text that stands for itself wherever text may stand. */
const BARE = /^[A-Za-z0-9_][\w.+'-]*$/;

/** A value so that it is read as the same. */
export function printValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && BARE.test(value) && !COUNTED.test(value)) return value;
  const names = Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string');
  return names && value.every((name) => BARE.test(name)) ? value.join('|') : JSON.stringify(value);
}
