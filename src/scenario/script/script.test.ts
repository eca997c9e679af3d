import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeProblems } from '..';
import { LIBRARY, libraryScenario } from '../library-files';
import { scenarioArbitrary } from '../scenario.fixture';
import { parseScript, printScript } from '.';

/** Read and printed again, it stays as it is. */
function expectStable(text: string): void {
  const read = parseScript(text);
  expect(read.ok ? printScript(read.value) : describeProblems(read.error)).toBe(text);
}

test('a scenario that was printed is read as the same scenario', () => {
  fc.assert(
    fc.property(scenarioArbitrary, (scenario) => {
      const text = printScript(scenario);
      const read = parseScript(text);
      expect(read.ok ? '' : `${text}${describeProblems(read.error)}`).toBe('');
      expect(read).toEqual({ ok: true, value: scenario });
      expectStable(text);
    }),
    { numRuns: 500 },
  );
});

test('notes and titles of any text survive', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.stringMatching(/^[\s#"\\=\u2028a\ud800]{0,12}$/),
    fc
      .array(fc.constantFrom('', ' ', '#', '# a', '"', '\t', 'b ', '\r', '\n', '\u2028', '\ud800'), { maxLength: 6 })
      .map((all) => all.join('\n')),
  );
  fc.assert(
    fc.property(scenarioArbitrary, text, text, text, (base, title, note, own) => {
      const scenario = { ...base, title, note, ops: base.ops.map((op) => ({ ...op, note: own })) };
      expect(parseScript(printScript(scenario))).toEqual({ ok: true, value: scenario });
    }),
    { numRuns: 300 },
  );
});

test.each(LIBRARY)('$id survives printing', ({ id }) => {
  const scenario = libraryScenario(id)!;
  const text = printScript(scenario);
  expect(parseScript(text)).toEqual({ ok: true, value: scenario });
  expectStable(text);
});
