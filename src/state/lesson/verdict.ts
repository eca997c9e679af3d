import { parseInteger } from '../../base/number';
import type { Ask } from '../../scenario/lesson/lesson';
import { answerOf, isNear, isRight, type Answer, type Seen } from './answer';

/** A choice by its index, or a number as it was typed. */
export type Given = number | string;

/** What the machine made of an answer. */
export interface Verdict {
  readonly given: Given;
  /** What it answered itself; undefined when it has no answer. */
  readonly answer: Answer | undefined;
  /** Undefined: nobody can say. */
  readonly right: boolean | undefined;
  /** The choice that is right, by its index. */
  readonly choice: number | undefined;
}

export function verdictOf(ask: Ask, given: Given, seen: Seen): Verdict {
  const answer = answerOf(ask, seen);
  const choice = answer && ask.choices?.findIndex(({ is }) => isRight(is, answer.is));
  return { given, answer, right: answer && rightness(ask, given, answer), choice: choice === -1 ? undefined : choice };
}

/** Undefined as well when no choice is what the machine answered. */
function rightness({ choices, number }: Ask, given: Given, { is }: Answer): boolean | undefined {
  if (choices)
    return choices.some((choice) => isRight(choice.is, is)) ? isRight(choices[Number(given)].is, is) : undefined;
  const typed = parseInteger(String(given));
  return typed.ok && isNear(Number(typed.value), is, number?.within);
}

/** Whether there is an answer to judge. */
export const isGiven = ({ choices }: Ask, given: Given | undefined): given is Given =>
  given !== undefined && (choices ? Number(given) in choices : parseInteger(String(given)).ok);
