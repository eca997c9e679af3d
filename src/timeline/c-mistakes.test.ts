/** What is not understood, and where: the caret ^ under a line of a source marks the column that the message must name. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeMistake, readC } from '../scenario/c';
import { DRIVERS, EXAMPLE_1, EXAMPLE_2 } from './c-examples.fixture';
import { follow } from './follow';

const REQUEST = `
vmk_MpnRange r = {16, 1};
vmk_MapRequest q = {VMK_MAPTYPE_DEFAULT, 0, 1, &r, NULL};
vmk_VA va;
`;

/** A source, a line with a caret under what is wrong, and a part of the message. */
const MALFORMED: readonly (readonly [source: string, says: string])[] = [
  ['mRange.startMPN = 12;\n^', 'must be declared'],
  [`${REQUEST}vmk_Mapp(1, &q, &va);\n^`, 'must be a call that is understood'],
  [`${REQUEST}vmk_Mapp(1, &q, &va);\n^`, 'did you mean "vmk_Map"'],
  [`${REQUEST}vmk_Map(1, &q);\n^`, 'must get 3 arguments, not 2'],
  [`${REQUEST}vmk_Map(1, q, &va);\n           ^`, 'must be used field by field'],
  [`${REQUEST}vmk_Map(1, &r, &va);\n           ^`, 'must point to a vmk_MapRequest'],
  [`${REQUEST}vmk_Map(1, &q, va);\n               ^`, 'must be set before it is read'],
  ['vmk_VA va;\nvmk_Unmap(va);\n          ^', 'must be set before it is read'],
  [
    `vmk_MapRequest q;\nvmk_VA va;\nq.numElements = 0;\nvmk_Map(1, &q, &va);\n           ^`,
    'must have its field mapType set',
  ],
  [`${REQUEST}q.numElements = 2;\nvmk_Map(1, &q, &va);\n           ^`, 'must have an array of 2 ranges'],
  [`${REQUEST}q.numElement = 2;\n  ^`, 'did you mean "numElements"'],
  [`${REQUEST}q.mapType = VMK_MAPTYPE_DEVISE;\n            ^`, 'did you mean "VMK_MAPTYPE_DEVICE"'],
  ['vmk_MpnRange r[2];\nr[2].startMPN = 1;\n  ^', 'must be an element from 0 to 1, not 2'],
  ['int x = 1;\nx = x << 32;\n      ^', 'must shift by 0 to 31 bits'],
  ['int x = 4 / (2 - 2);\n          ^', 'must not divide by 0'],
  ['vmk_VA va = 4096\nvmk_Unmap(va);\n^', 'must be ; behind the declaration'],
  ['int x;\nif (x == 1 {\n           ^', 'must be ) behind the condition'],
  ['vmk_Bar b;\n^', 'must be a type that is understood'],
  ['switch (1) { }\n^', 'must be something that is understood'],
  ['float x = 1;\n^', 'must be a type that is understood'],
  ['int x = 1.5;\n        ^', 'must be a whole number as C writes it'],
  ['int x = 08;\n        ^', 'must be a whole number as C writes it'],
  ['/* never closed\n^', 'must end with */'],
  ['#ifdef DEBUG\n^', 'must be #include, or #define'],
  ['int a;\n   goto out;\n        ^', 'must name a label'],
  ['for (;;) { }\n         ^', 'must end: after'],
  ['void f(vmk_MPN mpn) { }\n               ^', 'must have a value: write /*@ run f(…) */'],
  ['int x = "text";\n        ^', 'must be a number or a variable'],
  ['vmk_VA va\nvmk_Unmap(va);\n^', 'must be ; behind the declaration of line 1'],
  [`${REQUEST}vmk_Map(nett, &q, &va);\n        ^`, 'a module is written <net>, vmk_ModuleCurrentID'],
  ['vmk_MpnRange r = { 1, 2 };\nr = 5;\n    ^', 'must be another vmk_MpnRange, or be set field by field'],
  ['vmk_VA va = 0x1000;\n*(int *)va = 5;\n^', 'must not go through an address'],
  ['/*@ {"op":"nothing"} */\n^', 'must be one of'],
  ['/*@ {"op":"access","at":"va"} */\n^', 'must name a mapping'],
  ['/*@ {"op":} */\n^', 'must be JSON'],
  ['/*@ write va pcpu=x */\n^', 'pcpu'],
  ['/*@ sync sync */\n^', '"sync" must not be here'],
  ['/*@ title A */\n^', '"title A" must be an operation'],
  ['/*@ jump */\n^', 'must be an operation as a script writes it'],
  ['int x = 0;\n/*@ with {"pcpu":1} */\n^\nx = 1;', 'must stand right above a call'],
  ['vmk_Unmap($);\n          ^', 'C has no such sign'],
  ["vmk_Unmap('a');\n          ^", 'characters in quotes are not understood'],
  ['vmk_Log("a\n        ^\n");', 'must be the beginning of a text that ends on its line'],
  ['vmk_Log("\\\n        ^', 'must be the beginning of a text that ends on its line'],
  ['int a; #define B 1\n       ^', 'must stand at the start of a line'],
  ['#define A #define B 1\n          ^', 'must stand at the start of a line'],
  ['/*@ run /*@ run f() */\n        ^', 'must stand in a comment of its own'],
  ['int n = 1;\n{ int n = n + 1; }\n          ^', 'must be set before it is read'],
  ['int a;\nint a;\n    ^', 'must not be declared twice'],
  ['void f(int a, int a) { }\n                  ^\n/*@ run f(1, 2) */', 'must not be declared twice'],
  ['vmk_MpnRange r[2] = { 0, { 1, 2 } };\n                      ^', 'must be another vmk_MpnRange, or a list in { }'],
  ['vmk_uint64 a[2] = { 1, 2 };\nint x = ((int *)a)[1];\n                   ^', 'must first be cast to a pointer'],
  ['vmk_MpnRange r[2];\nmemset((char *)r + 16, 0, 16);\n                 ^', 'must first be cast to a pointer'],
];

/** The source without its caret, and where that points. */
function marked(source: string): { readonly text: string; readonly line: number; readonly column: number } {
  const lines = source.split('\n');
  const at = lines.findIndex((line) => /^ *\^$/.test(line));
  return { text: lines.toSpliced(at, 1).join('\n'), line: at, column: lines[at].indexOf('^') + 1 };
}

test.each(MALFORMED)('%s', (source, says) => {
  const { text, line, column } = marked(source);
  const read = readC(text, follow);
  if (read.ok) throw new Error('it was read');
  expect(describeMistake(read.error)).toContain(says);
  expect([read.error.line, read.error.column]).toEqual([line, column]);
});

test('functions that call themselves end with a message', () => {
  const read = readC('void g(void);\nvoid f(void) { g(); }\nvoid g(void) { f(); }\nf();', follow);
  expect(read.ok ? '' : read.error.rule).toContain('functions must not call themselves');
});

const SOURCES = [EXAMPLE_1, EXAMPLE_2, ...DRIVERS.map(({ source }) => source)];

/** Sources with something taken out, doubled or put in. */
const mutated = fc
  .tuple(fc.constantFrom(...SOURCES), fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.nat(), fc.nat(3)), { maxLength: 4 }))
  .map(([source, cuts]) =>
    cuts.reduce((text, [at, length, from, how]) => {
      const start = at % (text.length + 1);
      const put = how === 0 ? '' : text.slice(from % (text.length + 1)).slice(0, length * how);
      return text.slice(0, start) + put + text.slice(start + (how === 3 ? 0 : length));
    }, source),
  );

const words = [
  'vmk_VA',
  'va',
  '=',
  '(',
  ')',
  '{',
  '}',
  ';',
  '&',
  '*',
  '[',
  ']',
  '1',
  ',',
  'if',
  'for',
  'goto',
  'x:',
  '/*@',
];
const random = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc
    .array(fc.constantFrom(...words, '*/', '#define va', '\n', '"', '->', '<', '>', '-', '0x'), { maxLength: 40 })
    .map((all) => all.join(' ')),
);

/** Answers at once, as if every call succeeded or failed. */
const quick = (status: string) => () => () => ({ status, va: status === 'VMK_OK' ? 0x4400_0000_0000n : undefined });

test('any text is answered, and soon', () => {
  fc.assert(
    fc.property(fc.oneof(mutated, random), fc.constantFrom('VMK_OK', 'VMK_NO_MEMORY'), (text, status) => {
      const read = readC(text, quick(status));
      if (read.ok) return;
      const lines = text.split('\n');
      expect(read.error.line).toBeLessThanOrEqual(lines.length);
      expect(read.error.column).toBeLessThanOrEqual(lines[read.error.line - 1].length + 1);
      expect(read.error.rule).toMatch(/^must /);
    }),
    { seed: 7, numRuns: 1500 },
  );
});

/** Functions, each of which calls the next one. */
const chain = (body: (next: string) => string): string =>
  [
    ...Array.from({ length: 23 }, (_, i) => `int f${i}(void) { ${body(`f${i + 1}`)} }`),
    'int f23(void) { return 1; }',
  ].join('\n');

test.each([
  ['parentheses', () => `int x = ${'('.repeat(100_000)}`],
  ['brackets', () => `int x = ${'{'.repeat(100_000)}`],
  ['blocks', () => '{'.repeat(100_000)],
  ['a sum', () => `int x = ${'1+'.repeat(100_000)}1;`],
  ['signs', () => `int x = ${'-'.repeat(100_000)}1;`],
  ['ifs', () => 'if (1) '.repeat(100_000)],
  ['comments', () => '/*@ with {} */'.repeat(100_000)],
  [
    'names that double',
    () =>
      `#define a0 1+1\n${Array.from({ length: 60 }, (_, i) => `#define a${i + 1} a${i}+a${i}\n`).join('')}int x = a60;`,
  ],
  [
    'names that double and stand for nothing',
    () =>
      `#define a0\n${Array.from({ length: 45 }, (_, i) => `#define a${i + 1} a${i} a${i}\n`).join('')}int x = a45 1;`,
  ],
  ['comments in comments', () => `${'/*@ run '.repeat(100_000)} f() */`],
  ['directives in directives', () => '#define A '.repeat(100_000)],
  ['a long sum that only its type is asked of', () => `int i; for (i = 0; ; i++) sizeof(i${' + i'.repeat(390)});`],
  [
    'a walk over labels',
    () => `int i = 0; l: i++; ${Array.from({ length: 3000 }, (_, i) => `goto m${i}; m${i}: ;`).join('')} goto l;`,
  ],
  [
    'a long chain of names',
    () => `#define a0 1\n${Array.from({ length: 9999 }, (_, i) => `#define a${i + 1} a${i}\n`).join('')}int x = a9999;`,
  ],
  ['calls in long sums', () => chain((next) => `return ${next}()${' + 1'.repeat(399)};`)],
  ['calls in deep blocks', () => chain((next) => `${'{'.repeat(50)} ${next}(); ${'}'.repeat(50)} return 1;`)],
  ['an array', () => 'vmk_MpnRange r[1000000000];'],
  ['a loop in a loop', () => 'int i, j; for (i = 0; i < 100000; i++) for (j = 0; j < 100000; j++) ;'],
  [
    'a walk over a large array',
    () => 'vmk_MpnRange r[1000000]; int i; for (i = 0; i < 1000000; i++) r[i].numPages = 1;',
  ],
])('%s beyond all bounds end with a message', (_, textOf) => {
  const read = readC(textOf(), quick('VMK_OK'));
  expect(read.ok ? '' : read.error.rule).toMatch(/^must /);
});

test('no part of a text is too long to be read', () => {
  const long = 20_000_000;
  expect(saidOf(`#define A ${'x'.repeat(long)}\nint`)).toContain('line 2');
  expect(saidOf(`vmk_Log("${'\\"'.repeat(long / 2)}");\nint`)).toContain('line 2');
  expect(saidOf(`${' '.repeat(long)}${'\\\n'.repeat(long / 2)}int`)).toContain(`line ${long / 2 + 1}`);
});

test('thousands of functions are read, and a few of them are named', () => {
  const read = readC(Array.from({ length: 20_000 }, (_, i) => `void f${i}(void) { }`).join('\n'), follow);
  expect(read.ok && read.value.remarks[0].says).toBe(
    'f0, f1, f2, f3, f4, f5, f6, f7, 19992 more run one after the other, as nothing calls them; /*@ run f(…) */ says otherwise.',
  );
});

function saidOf(text: string): string {
  const read = readC(text, follow);
  return read.ok ? '' : describeMistake(read.error);
}
