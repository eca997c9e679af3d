import { err, ok, type Result } from '../../base/result';
import { shortValue } from '../problem';
import { assign } from './assign';
import { readLine } from './line';
import type { Wrong } from './part';

type Json = Readonly<Record<string, unknown>>;

/** An operation that stands on a line of its own somewhere else, as a document writes it; a comment behind it is its note. */
export function readOpLine(line: string): Result<Json, Omit<Wrong, 'to'>> {
  const { shape, parts, wrong, comment } = readLine(line);
  if (wrong.length > 0) return err(wrong[0]);
  if (!shape) return err({ from: 0, found: shortValue(line), rule: 'must be an operation' });
  const op: Record<string, unknown> = { ...shape.fixed, ...(comment && { note: comment.text }) };
  for (const { keys, value, from } of parts) {
    if (keys && !assign(op, keys, value)) return err({ from, found: 'given again', rule: 'must be given once' });
  }
  return ok(op);
}
