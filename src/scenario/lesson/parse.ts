import * as v from 'valibot';
import { err, ok, type Result } from '../../base/result';
import type { LibraryEntry } from '../library';
import { suggestion } from '../nearest';
import { jsonOf, parseScenario, problemsOf, type Scenario } from '../parse';
import { Report, shortValue, type Problems } from '../problem';
import { checkMoves } from './check';
import { LESSON_VERSION, lessonForm } from './form-lesson';
import type { Lesson } from './lesson';

/** The scenarios that a lesson may name. */
export type Library = readonly Pick<LibraryEntry, 'id' | 'document'>[];

/** Reads a value as JSON.parse gives it. Any value at all is answered by a lesson or by what is wrong with it. */
export function parseLesson(value: unknown, library: Library): Result<Lesson, Problems> {
  const version = (value as { readonly version?: unknown } | null | undefined)?.version;
  if (version !== undefined && version !== LESSON_VERSION) {
    return failure(
      'version',
      shortValue(version),
      `must be ${LESSON_VERSION}, the version that this program understands`,
    );
  }
  const read = v.safeParse(lessonForm, value);
  if (!read.success) return err(named(problemsOf(read.issues)));
  const { title, about, sources, scenario: written, moves } = read.output;
  const scenario = scenarioOf(written, title, library);
  if (!scenario.ok) return scenario;
  const report = new Report();
  if (moves.length === 0) report.add('moves', 'an empty list', 'must have at least 1 entry');
  checkMoves(moves, scenario.value, report);
  if (report.count > 0) return err(report.problems());
  return ok({
    title,
    about,
    ...(sources !== undefined && { sources }),
    scenario: scenario.value,
    moves,
    document: value as Lesson['document'],
  });
}

/** Reads the text of a file. */
export function parseLessonText(text: string, library: Library): Result<Lesson, Problems> {
  const value = jsonOf(text);
  return value.ok ? parseLesson(value.value, library) : value;
}

const failure = (path: string, value: string, rule: string): Result<never, Problems> =>
  err({ first: [{ path, value, rule }], count: 1 });

/** A mistake of the whole is one of the lesson; scenarios have no name for it. */
const named = ({ first, count }: Problems): Problems => ({
  first: first.map((problem) => (problem.path === '' ? { ...problem, path: 'the lesson' } : problem)),
  count,
});

/** A scenario without a title has that of the lesson: the page shows it. */
function scenarioOf(written: unknown, title: string, library: Library): Result<Scenario, Problems> {
  if (typeof written !== 'string') {
    const own = written as { readonly title?: unknown };
    return within(parseScenario((own.title ?? '') === '' ? { ...own, title } : own));
  }
  const entry = library.find(({ id }) => id === written);
  if (entry) return within(parseScenario(entry.document));
  const guess = suggestion(
    written,
    library.map(({ id }) => id),
  );
  return failure('scenario', shortValue(written), `must be a scenario, {…}, or the id of one of the library${guess}`);
}

/** Places in the scenario as places in the lesson. */
const within = (read: Result<Scenario, Problems>): Result<Scenario, Problems> =>
  read.ok
    ? read
    : err({
        first: read.error.first.map((problem) => ({
          ...problem,
          path: problem.path === '' ? 'scenario' : `scenario.${problem.path}`,
        })),
        count: read.error.count,
      });
