import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LESSONS } from '../../scenario/lesson/files';
import { parseLesson } from '../../scenario/lesson/parse';
import { LIBRARY, libraryScenario } from '../../scenario/library-files';
import { linkOf, readLink } from '../link';
import { lessonSection, readLessonSection } from './section';

/** As a teacher's file would be read: without an id. */
const OWN = LESSONS.map(({ document }) => parseLesson(document, LIBRARY)).flatMap((read) =>
  read.ok ? read.value : [],
);
const read = (bytes: Uint8Array, scenario = OWN[0].scenario) => readLessonSection(bytes, scenario, LESSONS, LIBRARY);

describe('a lesson in a link', () => {
  test.each(LESSONS)('$title is named, with its move', (lesson) => {
    const bytes = lessonSection({ lesson, move: 3 }, lesson.scenario);
    expect(bytes.length).toBeLessThan(24);
    expect(read(bytes)).toEqual({ ok: true, value: { lesson, move: 3 } });
  });

  test.each(OWN)('$title, as a teacher’s own, comes back whole with the scenario of the link', async (lesson) => {
    const link = await linkOf(lesson.scenario, undefined, lessonSection({ lesson, move: 1 }, lesson.scenario));
    const opened = link.ok ? await readLink(link.value) : link;
    expect(opened.ok).toBe(true);
    const { scenario, lesson: bytes } = opened.ok ? opened.value : {};
    const back = read(bytes!, scenario);
    expect(back.ok && back.value.lesson.moves).toEqual(lesson.moves);
    expect(back.ok && back.value.lesson.scenario).toEqual(lesson.scenario);
    expect(back.ok && back.value.move).toBe(1);
    expect(link.ok && link.value.length).toBeLessThan(4_500);
  });

  test('takes its scenario along when that of the link is another one', () => {
    const other = libraryScenario('example-2')!;
    const back = read(lessonSection({ lesson: OWN[1], move: 99 }, other), other);
    expect(back.ok && back.value.lesson.scenario).toEqual(OWN[1].scenario);
    expect(back.ok && back.value.move).toBe(OWN[1].moves.length - 1);
  });

  test('any bytes are answered', () => {
    const [bytes] = OWN.map((lesson) => lessonSection({ lesson, move: 0 }, lesson.scenario));
    const isAnswered = (of: Uint8Array): boolean => {
      const answer = read(of);
      return answer.ok || answer.error.length > 20;
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), isAnswered));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => isAnswered(bytes.with(at, value))),
      { numRuns: 300 },
    );
    expect(read(bytes.slice(0, 20)).ok).toBe(false);
    expect(read(Uint8Array.of(9, 0))).toMatchObject({ error: expect.stringContaining('newer') });
    expect(read(Uint8Array.of())).toMatchObject({ error: expect.stringContaining('changed on its way') });
  });
});
