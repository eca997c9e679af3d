import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { main as lesson } from './lesson';
import { main } from './scenario';
import { main as vectors } from './vectors';

const folder = mkdtempSync(join(tmpdir(), 'pagescope-'));
afterAll(() => rmSync(folder, { recursive: true }));

const said = vi.spyOn(console, 'error').mockReturnValue();
const printed = vi.spyOn(console, 'log').mockReturnValue();
beforeEach(() => vi.clearAllMocks());

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test('a lesson is called one, with the door that reads it', async () => {
  const [, lesson = ''] = /```json\n(.*?)```/s.exec(readFileSync('docs/lessons.md', 'utf8')) ?? [];
  const path = file('goes.json', lesson);
  expect(await main([path])).toBe(2);
  expect(said.mock.calls).toEqual([
    [`scenario: ${path}: it is a lesson, and no scenario: npm run -s lesson -- FILE reads it`],
  ]);
  expect(printed).not.toHaveBeenCalled();
});

const NONE =
  'This is not a link to a scenario: such a link has “v1.” and then letters, digits, - and _. Copy it again, whole.';

test.each([
  ['scenario', main, ['nope.json'], 'nope.json: there is no such file'],
  ['scenario', main, [folder], `${folder}: it is a folder; name a file`],
  ['scenario', main, ['package.json/a'], 'package.json/a: a part of this path is a file and no folder'],
  ['scenario', main, ['http://example.org/'], NONE],
  ['scenario', main, ['#v1'], NONE],
  [
    'scenario',
    main,
    ['v2.AAAA'],
    'This link was made by a newer Pagescope (v2); this one reads links up to v1. Get the newest one, or ask for the scenario as a file.',
  ],
  ['lesson', lesson, ['/nope.json'], '/nope.json: there is no such file'],
  [
    'lesson',
    lesson,
    ['http://example.org/a.json'],
    'http://example.org/a.json: it is an address, and nothing is fetched; save it as a file and name that',
  ],
  ['vectors', vectors, ['/nope.jsonl'], '/nope.jsonl: there is no such file'],
] as const)('%s: what cannot be read is said in words: %#', async (door, run, args, says) => {
  expect(await run(args)).toBe(2);
  expect(said.mock.calls).toEqual([[`${door}: ${says}`]]);
});

test('gzip that is cut off is called so', () => {
  const path = file('cut.jsonl.gz', '');
  writeFileSync(path, Uint8Array.of(0x1f, 0x8b, 8, 0));
  expect(vectors([path])).toBe(2);
  expect(said).toHaveBeenCalledWith(`vectors: ${path}: it begins as gzip does, and is damaged or not whole`);
});

test('tables that cannot be written are said with the folder that is missing', async () => {
  const path = file('empty.json', '{"version": 1, "ops": []}');
  expect(await main([path, '--tables', '/nope/x.json'])).toBe(2);
  expect(said).toHaveBeenCalledWith('scenario: --tables: /nope/x.json: there is no folder /nope to write it into');
});

test.each([
  ['bom.c', '\uFEFF * vmk_VA va;\n * vmk_Unmap(1);'],
  ['bom.json', '\uFEFF{"version": 1, "ops": []}'],
  ['bom.txt', '\uFEFFsync'],
  ['block.c', '{ vmk_Unmap(1); }'],
])('%s runs', async (name, text) => {
  expect(await main([file(name, text)])).toBe(0);
});
