import { assert } from '../../base/assert';
import { describeProblems } from '../problem';
import type { Lesson } from './lesson';
import { parseLesson, type Library } from './parse';

/** The lessons that come with the program, in the order of a course. Each is a file of its name in `library`. */
export const LESSON_IDS = [
  'walk',
  'rights',
  'nx',
  'accessed-dirty',
  'tlb-reach',
  'readonly',
  'shootdown',
  'missing-flush',
  'write-combining',
  'device-memory',
] as const;

/** The files by id, as they are stored. */
export type LessonFiles = Readonly<Record<string, unknown>>;

/** All of them, ready to run. */
export const lessonsOf = (files: LessonFiles, library: Library): readonly Lesson[] =>
  LESSON_IDS.map((id) => {
    const read = parseLesson(files[id], library);
    assert(read.ok, read.ok ? '' : `lesson/library/${id}.json: ${describeProblems(read.error)}`);
    return Object.assign(read.value, { id });
  });
