import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LESSON_LIMITS } from '../scenario/lesson/limits';
import { LESSON_PANELS } from '../scenario/lesson/panels';
import { askForm } from '../scenario/lesson/form-ask';
import { LIBRARY } from '../scenario/library-files';
import { parseLessonText } from '../scenario/lesson/parse';
import { played } from './lesson';

const DOCS = readFileSync('docs/lessons.md', 'utf8');
const [, example = ''] = /```json\n(.*?)```/s.exec(DOCS) ?? [];
const [, printed = ''] = /```\n(.*?)…/s.exec(DOCS.slice(DOCS.indexOf(example) + example.length + 3)) ?? [];

test('the lesson in docs/lessons.md can be read and played, and prints what stands there', () => {
  const read = parseLessonText(example, LIBRARY);
  const lines = read.ok ? played(read.value) : [];
  expect(lines).toHaveLength(6);
  expect(lines.filter(({ wrong }) => wrong)).toEqual([]);
  expect(printed.trim().split('\n')).toEqual(lines.slice(0, 4).map(({ says }) => says));
});

test('it names every panel, every question and the limits', () => {
  for (const name of [...LESSON_PANELS, ...askForm.options.map(({ pipe: [form] }) => form.entries.what.literal)])
    expect(DOCS).toContain(`\`${name}\``);
  expect(DOCS).toContain(`1 to ${LESSON_LIMITS.moves.max}`);
  expect(DOCS).toContain(`up to ${LESSON_LIMITS.says.max} characters`);
});
