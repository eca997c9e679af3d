import { expect, test } from 'vitest';
import { LESSONS } from '../scenario/lesson/files';
import { LIBRARY } from '../scenario/library-files';
import { parseLesson } from '../scenario/lesson/parse';
import { played } from './lesson';

test.each(LESSONS)('$title runs through: every move is there, and every question has one right answer', (lesson) => {
  const lines = played(lesson);
  expect(lines.filter(({ wrong }) => wrong)).toEqual([]);
  expect(lines.filter(({ says }) => says.startsWith('  ?'))).toHaveLength(lesson.moves.filter(({ ask }) => ask).length);
});

test('a reader who would be stuck is foreseen', () => {
  const read = parseLesson(
    {
      version: 1,
      title: 'Stuck',
      scenario: {
        version: 1,
        ops: [
          { op: 'map', as: 'a', module: 99, ranges: [{ startMPN: 1, numPages: 1 }] },
          { op: 'access', at: 'a' },
          { op: 'access', at: '0x1000' },
        ],
      },
      moves: [
        { says: 'It was never mapped.', select: { address: 'a' } },
        { says: 'No hazard.', select: { hazard: 'stale-hit' } },
        {
          says: 'None of the choices.',
          ask: {
            what: 'fault',
            of: { op: 2 },
            question: '?',
            choices: [
              { text: 'None', is: 'none' },
              { text: 'No execute', is: 'nx' },
            ],
          },
        },
        { says: 'No code.', ask: { what: 'walks', of: { op: 1 }, question: '?', number: {} } },
      ],
    },
    LIBRARY,
  );
  const lines = read.ok ? played(read.value) : [];
  expect(lines.filter(({ wrong }) => wrong).map(({ says }) => says.slice(0, 24))).toEqual([
    'WRONG: moves[0].select n',
    'WRONG: moves[1].select f',
    '  WRONG ? → not-present:',
    expect.stringContaining('WRONG'),
  ]);
});
