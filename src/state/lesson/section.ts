/** A lesson in a link: which one and at which move. */
import { err, ok, type Result } from '../../base/result';
import type { Scenario } from '../../scenario';
import type { Lesson } from '../../scenario/lesson/lesson';
import { parseLesson, type Library } from '../../scenario/lesson/parse';
import { LinkReader, LinkWriter } from '../../scenario/link/stream';
import { json } from '../../scenario/link/value';
import { printScenario } from '../../scenario/print';
import { same } from '../../scenario/print-value';
import { describeProblem } from '../../scenario/problem';

/** Where somebody is in a lesson. */
export interface InLesson {
  readonly lesson: Lesson;
  readonly move: number;
}

/** The version of these bytes; another one is not read. */
const VERSION = 1;

/** One that comes with the program is only named. Of others the scenario is left out where it is that of the link. */
export function lessonSection({ lesson, move }: InLesson, inLink: Scenario): Uint8Array {
  const { id, document, scenario } = lesson;
  const { version: _, $schema: __, scenario: ___, ...rest } = document;
  const own = scenario === inLink ? rest : { ...rest, scenario: printScenario(scenario) };
  const to = new LinkWriter();
  to.number(VERSION);
  to.number(move);
  json.write(to, id ?? own);
  return to.done();
}

const FAULTS = {
  newer: 'The lesson in this link was made by a newer Pagescope. Reload the page to get the newest one.',
  damaged: 'The lesson in this link was changed on its way. Copy the link again from where it came.',
  unknown: 'This link names a lesson that this Pagescope does not have. Reload the page to get the newest one.',
} as const;

/** Any bytes are answered: with a lesson, or in words. `lessons` are those that come with the program. */
export function readLessonSection(
  bytes: Uint8Array,
  inLink: Scenario,
  lessons: readonly Lesson[],
  library: Library,
): Result<InLesson> {
  const from = new LinkReader(bytes);
  const version = from.number();
  if (!from.fault && version !== VERSION) return err(FAULTS.newer);
  const move = from.number();
  const value = json.read(from);
  if (from.fault || from.left > 0) return err(FAULTS.damaged);
  const lesson = typeof value === 'string' ? named(value, inLink, lessons) : own(value, inLink, library);
  return lesson.ok ? ok({ lesson: lesson.value, move: Math.min(move, lesson.value.moves.length - 1) }) : lesson;
}

/** Where the link has the scenario of the lesson, it is played on that: it is open already. */
function named(id: string, inLink: Scenario, lessons: readonly Lesson[]): Result<Lesson> {
  const lesson = lessons.find((one) => one.id === id);
  if (!lesson) return err(FAULTS.unknown);
  return ok(same(printScenario(lesson.scenario), printScenario(inLink)) ? { ...lesson, scenario: inLink } : lesson);
}

function own(value: unknown, inLink: Scenario, library: Library): Result<Lesson> {
  const isWhole = typeof value === 'object' && value !== null && 'scenario' in value;
  const document = { version: 1, ...(value as object), ...(!isWhole && { scenario: printScenario(inLink) }) };
  const read = parseLesson(document, library);
  if (!read.ok) return err(`This link holds a lesson that cannot be: ${describeProblem(read.error.first[0])}.`);
  return ok(isWhole ? read.value : { ...read.value, scenario: inLink });
}
