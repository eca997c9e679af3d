import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { printWords, readWords } from './image-words';
import { parseScenario } from './parse';
import { printScenario } from './print';
import { describeProblems } from './problem';
import { scenarioOf } from './scenario.fixture';
import { configDocument, wholeConfig } from './whole-config';

const half = fc.oneof(fc.constant(0), fc.constant(0x1000), fc.integer());
const words = fc.array(fc.tuple(fc.nat(1023), half, fc.nat(8)), { maxLength: 40 }).map((list) => {
  const all = new Int32Array(1024);
  for (const [at, value, count] of list) for (let i = 0; i <= count; i++) all[(at + 2 * i) & 1023] = value + i * 4096;
  return all;
});

test('the words of a table come back from their text', () => {
  fc.assert(
    fc.property(words, (all) => {
      expect(readWords(printWords(all))).toEqual({ ok: true, value: all });
    }),
  );
});

test('a table that goes up evenly is one run, and an empty one no text', () => {
  const all = new Int32Array(1024);
  for (let i = 0; i < 512; i++) all[i * 2] = (i + 16) * 4096 + 3;
  expect(printWords(all)).toBe('0:0x10003+0x1000*512');
  expect(printWords(new Int32Array(1024))).toBe('');
});

const document = (image: unknown, config: object = {}) => ({
  version: 1,
  config: { alias: false, image, ...config },
  ops: [],
});
const FRAMES = [
  { mpn: '0x1000', words: '136:0x1001027' },
  { mpn: 4097, words: '' },
];

test('a document with tables is read and printed alike, and settings do not lose them', () => {
  const scenario = scenarioOf(document({ cr3: '0x1000000', frames: FRAMES }));
  expect(scenario.config.image?.tables).toEqual([{ level: 3, prefix: 136, mpn: 4097, count: 1 }]);
  expect(printScenario(scenario)).toEqual({
    version: 1,
    title: 'Untitled',
    config: {
      alias: false,
      image: {
        cr3: '0x1000000',
        frames: [
          { mpn: 4096, words: '136:0x1001027' },
          { mpn: 4097, words: '' },
        ],
      },
    },
    ops: [],
  });
  const again = { ...document(undefined), config: configDocument(wholeConfig(scenario.config)) };
  expect(scenarioOf(again).config).toEqual(scenario.config);
});

test.each([
  [{ cr3: '0x1000008', frames: FRAMES }, {}, 'config.image.cr3 is 0x1000008: must be a multiple of 4096'],
  [{ cr3: '0x3000', frames: FRAMES }, {}, 'must be the address of one of the frames; the PML4 is missing'],
  [{ cr3: '0x1000000', frames: [...FRAMES, FRAMES[0]] }, {}, 'config.image.frames[2].mpn is 4096: must be unique'],
  [{ cr3: '0x1000000', frames: FRAMES }, { alias: true }, 'config.alias is true: must be false beside an image'],
  [{ cr3: '0x1000000', frames: [{ mpn: 4096, words: '1=2' }] }, {}, 'must list words as "index:value"'],
  [{ cr3: '0x1000000', frames: [{ mpn: 4096, words: '511:0x1*2' }] }, {}, 'must stay within words 0 to 511'],
  [{ cr3: '0x1000000', frames: [{ mpn: 4096, words: '0:0x1*3 2:0x1' }] }, {}, 'must name each word once'],
  [{ cr3: '0x1000000', frames: [] }, {}, 'config.image.frames is a list of 0'],
  [
    {
      cr3: 0,
      frames: [
        { mpn: 0, words: '' },
        { mpn: 2 ** 24, words: '' },
      ],
    },
    { maxPhyAddr: 36 },
    'must be below 0x1000000',
  ],
] as const)('a wrong image is told by its place: %#', (image, config, says) => {
  const read = parseScenario(document(image, config));
  expect(read.ok ? 'read' : describeProblems(read.error)).toContain(says);
});
