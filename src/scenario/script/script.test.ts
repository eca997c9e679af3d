import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeProblems } from '..';
import { LIBRARY, libraryScenario } from '../library-files';
import { scenarioArbitrary, scenarioOf } from '../scenario.fixture';
import { OP_WORDS } from './fields';
import { shapeFor } from './shapes';
import { parseScript, printScript } from '.';

/** The script read and printed again; it must stay as it is. */
function again(text: string): string {
  const read = parseScript(text);
  return read.ok ? printScript(read.value) : describeProblems(read.error);
}

test('a scenario that was printed is read as the same scenario', () => {
  fc.assert(
    fc.property(scenarioArbitrary, (scenario) => {
      const text = printScript(scenario);
      const read = parseScript(text);
      expect(read.ok ? '' : `${text}${describeProblems(read.error)}`).toBe('');
      expect(read).toEqual({ ok: true, value: scenario });
      expect(again(text)).toBe(text);
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
  expect(again(text)).toBe(text);
});

test('every part of the machine survives printing', () => {
  const config = {
    pcpus: 2,
    regions: [
      { kind: 'ram', name: 'low memory', startMPN: 0, pages: '0x4_0000' },
      { kind: 'device', name: '123', startMPN: '0xf_0000', pages: 16 },
    ],
    tablePool: { startMPN: 4096, pages: 128 },
    modules: ['net'],
    resources: [
      { name: 'bar', start: '0xf000_0000', length: 65536, attrs: ['SHAREABLE', 'CACHEABLE'] },
      { name: 'other', start: 0, length: 1 },
    ],
    reservations: [{ name: 'true', module: 'net', resource: 'bar' }],
    control: { 'CR4.PGE': true, 'CR0.WP': false },
    pat: ['WB', 'WT', 'UC-', 'UC', 'WB', 'WC', 'WP', 'UC'],
    mtrrs: {
      enabled: false,
      defaultType: 'UC',
      fixed: [{ start: '0xa0000', end: '0xc0000', type: 'WC' }],
      variable: [],
    },
    tlb: { l2: { entries: 32, ways: 4 }, l1i: { entries: 8, ways: 2 } },
    structureCaches: false,
    window: { va: '0x410000000000', pages: '0x100000' },
    alias: false,
    policies: { shootdown: 'lazy', fastPath: 'off', flushCeiling: 8 },
    costs: 'haswell',
  };
  const scenario = scenarioOf({ version: 1, title: 'a', config, ops: [] });
  const text = printScript(scenario);
  expect(parseScript(text)).toEqual({ ok: true, value: scenario });
  expect(again(text)).toBe(text);
  const none = scenarioOf({
    version: 1,
    config: { modules: [], resources: [], alias: { va: 4096, pages: 512 } },
    ops: [],
  });
  expect(parseScript(printScript(none))).toEqual({ ok: true, value: none });
});

test('every operation of the document has a line', () => {
  expect(
    OP_WORDS.filter((words) => !Object.entries(words).every(([key, word]) => shapeFor(words)?.fixed[key] === word)),
  ).toEqual([]);
});

test('the example of docs/script.md is a script as it is printed', () => {
  const [, example] = /```text\n(.*?)```/s.exec(readFileSync('docs/script.md', 'utf8')) ?? [];
  expect(again(example)).toBe(example);
});
