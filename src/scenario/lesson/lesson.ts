import type { Scenario } from '../parse';
import type { Ask } from './form-ask';
import type { Move } from './form-lesson';

/** A lesson as the page runs it: checked, with its scenario read. */
export interface Lesson {
  /** The file's name, for those that come with the program. */
  readonly id?: string | undefined;
  readonly title: string;
  readonly about: string;
  readonly sources?: string | undefined;
  readonly scenario: Scenario;
  readonly moves: readonly Move[];
  /** As it was written; the lesson in a link is made from it. */
  readonly document: Readonly<Record<string, unknown>>;
}

export type { Ask, Move };
export type { Is, What } from './form-ask';
export type { At, OpRef, Select } from './form-place';

/** Whether a value is meant to be a lesson: both are JSON, and no scenario has moves, or a scenario inside. */
export const isLesson = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('moves' in value || ('scenario' in value && !('ops' in value)));

/** The operation that a reference means: a vmk_Map by the name of its mapping. Undefined: there is none. */
export function opOf(ref: number | string, { ops }: Pick<Scenario, 'ops'>): number | undefined {
  const index = typeof ref === 'number' ? ref : ops.findIndex((op) => op.op === 'map' && op.as === ref);
  return index in ops ? index : undefined;
}
