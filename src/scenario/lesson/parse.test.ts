import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIBRARY } from '../library-files';
import { FOREIGN, placesOf } from '../scenario.fixture';
import { describeProblems } from '../problem';
import { LESSONS } from './files';
import { LESSON_IDS } from './library';
import { isLesson } from './lesson';
import { parseLesson, parseLessonText } from './parse';

const SCENARIO = {
  version: 1,
  title: 'Two pages',
  config: { pcpus: 2 },
  ops: [
    { op: 'map', as: 'buffer', module: 'net', attrs: ['READWRITE'], ranges: [{ startMPN: 16384, numPages: 2 }] },
    { op: 'access', at: 'buffer' },
  ],
};
const ASK = {
  what: 'walks',
  of: { op: 1 },
  question: 'How many?',
  choices: [
    { text: 'One', is: 1 },
    { text: 'Two', is: 2 },
  ],
};
const lesson = (move: object = {}, rest: object = {}) => ({
  version: 1,
  title: 'A lesson',
  scenario: SCENARIO,
  moves: [{ says: 'Look.', at: { op: 'buffer' }, look: ['walk'], ...move }],
  ...rest,
});
const wrong = (value: unknown): string => {
  const read = parseLesson(value, LIBRARY);
  return read.ok ? '' : describeProblems(read.error);
};

describe('a lesson', () => {
  test('is read with its scenario, and what is left out has its default', () => {
    const read = parseLesson(lesson({ ask: ASK, select: { address: 'buffer+0x1000', level: 2 } }), LIBRARY);
    expect(read.ok && read.value).toMatchObject({
      about: '',
      scenario: { title: 'Two pages' },
      moves: [
        { at: { op: 'buffer', when: 'end' }, select: { address: { mapping: 'buffer', offset: 4096n }, level: 2 } },
      ],
    });
  });

  test('gives its title to a scenario that has none', () => {
    const titleOf = (scenario: object): unknown => {
      const read = parseLesson(lesson({}, { scenario: { ...SCENARIO, ...scenario } }), LIBRARY);
      return read.ok && read.value.scenario.title;
    };
    expect([{}, { title: undefined }, { title: '' }].map(titleOf)).toEqual(['Two pages', 'A lesson', 'A lesson']);
    expect(wrong(lesson({}, { scenario: { ...SCENARIO, title: 0 } }))).toContain('scenario.title is 0: must be text');
  });

  test('may name a scenario of the library', () => {
    const read = parseLesson(lesson({ at: 'end' }, { scenario: 'example-2' }), LIBRARY);
    expect(read.ok && read.value.scenario.ops).toHaveLength(15);
    expect(wrong(lesson({}, { scenario: 'example-3' }))).toContain('did you mean "example-');
  });

  test.each([
    [lesson({}, { version: 2 }), 'version is 2: must be 1'],
    [null, 'the lesson is null: must be an object'],
    [lesson({ look: ['walks'] }), 'moves[0].look[0] is "walks": must be one of request, mappings, walk'],
    [lesson({ look: ['walks'] }), 'did you mean "walk"?'],
    [lesson({ say: 'x' }), 'moves[0].say is "x": must not be here'],
    [lesson({ at: { op: 9 } }), 'moves[0].at.op is 9: must be below 2, the number of operations'],
    [lesson({ at: { op: 'bufer' } }), 'moves[0].at.op is "bufer": must name a mapping'],
    [lesson({ at: 'middle' }), 'moves[0].at is "middle": must be one of start, end'],
    [lesson({ at: {} }), 'moves[0].at.op is missing: must be given'],
    [lesson({ select: { pcpu: 2 } }), 'moves[0].select.pcpu is 2: must be below 2, the number of PCPUs'],
    [lesson({ select: { address: 'other+0x10' } }), 'moves[0].select.address is "other+0x10": must name a mapping'],
    [lesson({ select: { level: 5 } }), 'moves[0].select.level is 5: must be a level'],
    [lesson({ ask: { ...ASK, what: 'walk' } }), 'did you mean "walks"?'],
    [lesson({ ask: { ...ASK, of: {} } }), 'moves[0].ask.of.op is missing: must be given'],
    [lesson({ ask: { ...ASK, choices: undefined } }), 'moves[0].ask.choices is missing: must be given, or else number'],
    [lesson({ ask: { ...ASK, choices: [ASK.choices[0]] } }), 'must have at least 2 entries'],
    [
      lesson({ ask: { ...ASK, choices: [ASK.choices[0], { text: 'Some', is: { from: 0, to: 9 } }] } }),
      'moves[0].ask.choices[1].is is 0 to 9: must not be what choices[0] is: only one can be right',
    ],
    [
      lesson({ ask: { ...ASK, what: 'fault', choices: [{ text: 'x', is: 'nxe' }] } }),
      'moves[0].ask.choices[0].is is "nxe": must be one of none, not-present',
    ],
    [lesson({}, { moves: [] }), 'moves is an empty list: must have at least 1 entry'],
    [lesson({}, { scenario: { ...SCENARIO, ops: [{ op: 'mop' }] } }), 'scenario.ops[0].op is "mop": must be one of'],
    [lesson({}, { scenario: 7 }), 'scenario is 7: must be a scenario'],
    [lesson({ says: 'x'.repeat(601) }), 'must be text of at most 600 characters'],
  ])('%#: what is wrong is named with its place', (value, message) => {
    expect(wrong(value)).toContain(message);
  });

  test('a text that is no JSON is answered with line and column', () => {
    const read = parseLessonText('{\n  "version": 1,\n  "moves": [,]\n}', LIBRARY);
    expect(read.ok ? '' : describeProblems(read.error)).toMatch(/^line 3, column 13 is ","/);
  });

  test('any value is answered', () => {
    const isAnswered = (value: unknown): boolean => typeof parseLesson(value, LIBRARY).ok === 'boolean';
    fc.assert(fc.property(fc.jsonValue(), isAnswered), { numRuns: 300 });
    expect(() =>
      fc.assert(fc.property(fc.anything(), (value) => isAnswered(lesson({ at: value, ask: value })))),
    ).not.toThrow();
  });

  test('what is said of a wrong value is in words of this program, not of the library that checks', () => {
    const junk = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, [], {}, null, 1, 'x', true));
    const documents = fc.constantFrom(...LESSONS.map(({ document }) => document));
    fc.assert(
      fc.property(documents, fc.nat(), junk, (document, where, value) => {
        const copy = structuredClone(document);
        const places = placesOf(copy);
        const [holder, key] = places[where % places.length];
        (holder as Record<string, unknown>)[key] = value;
        expect(wrong(copy)).not.toMatch(FOREIGN);
      }),
      { numRuns: 1000 },
    );
  });

  test('is told from a scenario', () => {
    expect(isLesson(lesson())).toBe(true);
    expect(isLesson({ ...lesson(), moves: undefined })).toBe(true);
    expect(isLesson({ version: 1, scenario: SCENARIO })).toBe(true);
    expect(isLesson(SCENARIO)).toBe(false);
    expect(isLesson({ ...SCENARIO, scenario: 1 })).toBe(false);
    expect(isLesson('moves')).toBe(false);
  });
});

describe('the ten lessons', () => {
  test('are there, in the order of a course', () => {
    expect(LESSONS.map(({ id }) => id)).toEqual(LESSON_IDS);
    expect(LESSON_IDS).toHaveLength(10);
  });

  test.each(LESSONS)(
    '$title: 5 to 9 moves, each with something to look at, and a question',
    ({ moves, about, sources }) => {
      expect(moves.length).toBeGreaterThanOrEqual(5);
      expect(moves.length).toBeLessThanOrEqual(9);
      expect(moves.filter(({ ask }) => ask).length).toBeGreaterThan(0);
      for (const { look, select, ask } of moves) {
        expect(look.length).toBeGreaterThan(0);
        expect(select).toBeDefined();
        expect(!ask || ask.after !== undefined).toBe(true);
      }
      expect(about.length).toBeGreaterThan(10);
      expect(sources?.length).toBeGreaterThan(10);
    },
  );
});
