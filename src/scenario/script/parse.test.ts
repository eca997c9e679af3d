import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeProblems } from '..';
import { scenarioArbitrary, scenarioOf } from '../scenario.fixture';
import { parseScript, printScript, readScript } from '.';

const said = (text: string): string => {
  const read = parseScript(text);
  return read.ok ? 'no problem' : describeProblems(read.error);
};
const documentOf = (text: string): unknown => readScript(text).document;
const opsOf = (text: string): unknown => (documentOf(text) as { ops: unknown }).ops;

test('what is unknown above a dot is what is wrong', () => {
  expect(said('machine polcies.shootdown.x lazy')).toContain('polcies is an object: must not be here');
  expect(said('machine polcies.shootdown.x lazy')).toContain('did you mean "policies"?');
  expect(said('machine pcpus.a.b=2')).toContain('pcpus is an object: must be a whole number');
});

test.each([
  ['{"version": 1, "ops": []}', 'line 1, column 1 is JSON: must be a script, one operation a line'],
  ['{\n  "version": 1,\n  "title": "x"\n}', 'line 1, column 1 is JSON: must be a script, one operation a line'],
  ['/* x */\nvmk_VA va;\nvmk_Unmap(va);', 'line 1, column 1 is C: must be a script, one operation a line'],
  ['# vmk_Unmap(va);\ntitle vmk_Map(a);\nsinc', 'line 3, column 1 is "sinc": must be one of'],
  ['{\nsync', 'line 1, column 1 is "{": must be one of'],
])('%j is called what it is', (text, message) => {
  expect(said(text)).toContain(message);
  expect(said(text).split('\n')).toHaveLength(1);
});

test('a word that is none, above the title, is the only mistake', () => {
  expect(said('sinc\ntitle A\nmachine pcpus 2')).toMatch(/^line 1, column 1 is "sinc": [^\n]*did you mean "sync"\?$/);
  expect(said('sync\ntitle A')).toContain('line 2, column 1 is "title": must stand above the first operation');
});

test('a list of names has an end', () => {
  expect(said(`map a module=net attrs=${'READWRITE|'.repeat(100)}READWRITE`)).toContain('must be at most 100 names');
});

describe('what a line stands for', () => {
  test.each([
    [
      'map va module=net attrs=READWRITE|MIGHTCHANGE 6+15 42+9',
      {
        op: 'map',
        as: 'va',
        module: 'net',
        attrs: ['READWRITE', 'MIGHTCHANGE'],
        ranges: [
          { startMPN: 6, numPages: 15 },
          { startMPN: 42, numPages: 9 },
        ],
      },
    ],
    [
      'map module=3 0x10+1 x20 stride=64 7+1',
      {
        op: 'map',
        module: 3,
        ranges: [
          { startMPN: '0x10', numPages: 1, count: 20, stride: 64 },
          { startMPN: 7, numPages: 1 },
        ],
      },
    ],
    [
      'map a ranges=[{"startMPN":1,"numPages":2}] module=net',
      { op: 'map', as: 'a', module: 'net', ranges: [{ startMPN: 1, numPages: 2 }] },
    ],
    ['unmap va context=nmi pcpu=1', { op: 'unmap', at: 'va', context: 'nmi', pcpu: 1 }],
    ['change va READWRITE | EXECUTABLE', { op: 'change', at: 'va', attrs: ['READWRITE', 'EXECUTABLE'] }],
    ['change va 0x1f', { op: 'change', at: 'va', attrs: '0x1f' }],
    ['read {"mapping": "va", "offset": 8}', { op: 'access', kind: 'read', at: { mapping: 'va', offset: 8 } }],
    [
      'write va+0xf000 user ac x24 stride=4096',
      { op: 'access', kind: 'write', at: 'va+0xf000', privilege: 'user', ac: true, count: 24, stride: 4096 },
    ],
    ['access va execute', { op: 'access', at: 'va', kind: 'execute' }],
    [
      'access va kind=write value=18446744073709551615',
      { op: 'access', at: 'va', kind: 'write', value: '18446744073709551615' },
    ],
    ['poke 0x1006000 = 0x7', { op: 'poke', ma: '0x1006000', value: '0x7' }],
    ['poke 0x1006000=7', { op: 'poke', ma: '0x1006000', value: 7 }],
    ['invalidate invpcid va type=0 pcid=5', { op: 'invalidate', how: 'invpcid', at: 'va', type: 0, pcid: 5 }],
    ['invalidate cr3 keep', { op: 'invalidate', how: 'cr3', keep: true }],
    ['set CR0.WP off', { op: 'set', what: 'control', name: 'CR0.WP', value: false }],
    ['set control CR0.WP true', { op: 'set', what: 'control', name: 'CR0.WP', value: true }],
    ['set pat 1 WC', { op: 'set', what: 'pat', slot: 1, type: 'WC' }],
    ['set policy fastPath on', { op: 'set', what: 'policy', name: 'fastPath', value: 'on' }],
    ['set limit flushCeiling 8', { op: 'set', what: 'limit', name: 'flushCeiling', value: 8 }],
    ['set mtrrs {"enabled": false}', { op: 'set', what: 'mtrrs', mtrrs: { enabled: false } }],
    ['mask pcpu=2', { op: 'mask', pcpu: 2 }],
    ['unmask', { op: 'mask', masked: false }],
    ['fault delayIpi x3 cycles=50 pcpu=1', { op: 'fault', what: 'delayIpi', times: 3, cycles: 50, pcpu: 1 }],
    ['\tsync   # until all are idle', { op: 'sync', note: 'until all are idle' }],
    [
      'register bar 0x1000+4096 attrs=SHAREABLE',
      { op: 'register', resource: 'bar', start: '0x1000', length: 4096, attrs: ['SHAREABLE'] },
    ],
    ['reserve r resource=bar module=net', { op: 'reserve', as: 'r', resource: 'bar', module: 'net' }],
    ['unload -1', { op: 'unload', module: -1 }],
    ['va2ma va length=8', { op: 'va2ma', at: 'va', length: 8 }],
    ['load "true" note="a\\nb"', { op: 'load', module: 'true', note: 'a\nb' }],
  ])('%s', (line, op) => {
    expect(opsOf(line)).toEqual([op]);
  });
});

test('what stands above the operations', () => {
  const text = [
    'title One # two',
    'machine pcpus 2',
    'machine pat WB WT UC- UC WB WC UC- UC',
    'machine modules net',
    'machine modules.x 1',
    'machine policies.shootdown lazy',
    'machine policies fastPath=on lazyPages=3',
    'machine control CR0.WP=off CR4.PGE=true',
    'machine control.CR4.SMEP on',
    'machine alias off',
    'machine regions kind=ram name="low memory" startMPN=0 pages=160',
    'machine regions kind=rom name=7 startMPN=200 pages=8',
    'machine resources []',
    'machine maxPhyAddr=40 costs=haswell',
    'machine tlb.l2 {"entries": 32, "ways": 4}',
  ];
  expect(documentOf(text.filter((line) => !line.includes('.x')).join('\n'))).toEqual({
    version: 1,
    title: 'One # two',
    config: {
      pcpus: 2,
      pat: ['WB', 'WT', 'UC-', 'UC', 'WB', 'WC', 'UC-', 'UC'],
      modules: ['net'],
      policies: { shootdown: 'lazy', fastPath: 'on', lazyPages: 3 },
      control: { 'CR0.WP': false, 'CR4.PGE': true, 'CR4.SMEP': true },
      alias: false,
      regions: [
        { kind: 'ram', name: 'low memory', startMPN: 0, pages: 160 },
        { kind: 'rom', name: '7', startMPN: 200, pages: 8 },
      ],
      resources: [],
      maxPhyAddr: 40,
      costs: 'haswell',
      tlb: { l2: { entries: 32, ways: 4 } },
    },
    ops: [],
  });
  expect(said(text.join('\n'))).toBe(
    'line 5, column 19 is given again: must be given once: modules.x is given already',
  );
});

test('comments belong to the operation below, or to the whole', () => {
  const read = readScript(
    [
      '# whole',
      '#',
      '# same',
      '',
      '# more',
      'title a',
      '# machine',
      '',
      '# first',
      '#  two',
      'sync # three',
      '',
      '# x',
      '',
      '# y',
      'sync',
      '# end',
    ].join('\r\n'),
  );
  expect(read.document).toEqual({
    version: 1,
    title: 'a',
    note: 'whole\n\nsame\n\nmore\n\nmachine\n\nend',
    ops: [
      { op: 'sync', note: 'first\n two\nthree' },
      { op: 'sync', note: 'x\n\ny' },
    ],
  });
  expect(opsOf('# only\nsync note="a" # b')).toEqual([{ op: 'sync', note: 'only\na\nb' }]);
});

describe('what is said of a wrong script', () => {
  test.each([
    ['mpa va module=net 6+1\nunmap va', 'line 1, column 1 is "mpa": must be one of map, unmap'],
    ['mpa va module=net 6+1\nunmap va', 'did you mean "map"?'],
    ['titel x', 'did you mean "title"?'],
    ['unmap', 'line 1, column 1: at is missing: must be given; such a line is written "unmap ADDRESS"'],
    [
      'map va modul=net 6+1',
      'line 1, column 14: modul is "net": must not be here: there is no field of this name; did you mean "module"?',
    ],
    [
      'map va module=net attrs=READWRITE|EXECUTABL 6+1',
      'line 1, column 35: attrs[1] is "EXECUTABL": must be one of READONLY',
    ],
    ['map va module=net 6+1 42+9q', 'line 1, column 26: ranges[1].numPages is "9q": must be a whole number'],
    ['map va module=net 6+1+2', 'line 1, column 21: ranges[0].numPages is "1+2": must be a whole number'],
    ['map va module=net 6', 'ranges[0].numPages is missing: must be given'],
    [
      'map va module=net 6+1\nmap va module=net 6+1',
      'line 2, column 5: as is "va": must be unique; line 1, column 1 has this name',
    ],
    ['map va module=net ranges=[{}] 6+1', 'line 1, column 31 is given again: must be given once'],
    [
      'map va module=net 6+1\n\nread vaa pcpu=4',
      'line 3, column 6: at is "vaa": must name a mapping that an earlier map operation makes; did you mean "va"?',
    ],
    ['map va module=net 6+1\n\nread vaa pcpu=4', 'line 3, column 15: pcpu is 4: must be below 4'],
    ['read 0 pcpu=1 pcpu=2', 'line 1, column 20 is "2": must be given once: pcpu is given already'],
    ['read 0 kind=write', 'line 1, column 13 is "write": must be given once: kind is given already'],
    ['read 0 wirte', 'line 1, column 8 is "wirte": must not be here: such a line is written "read ADDRESS'],
    ['read 0 usr', 'did you mean "user"?'],
    ['read 0 pcpu= 1', 'line 1, column 13 is missing: must have its value right behind ='],
    ['set', 'line 1, column 1 is "set": set must be followed by one of control, pat'],
    [
      'set polcy shootdown lazy',
      'line 1, column 5 is "polcy": must be, behind set, one of control, pat, policy, limit, mtrrs; did you mean "policy"?',
    ],
    ['set CR0.WPP off', 'line 1, column 5: name is "CR0.WPP": must be one of CR0.WP'],
    ['set CR0.WP of', 'line 1, column 12: value is "of": must be true or false'],
    ['set mtrrs {"enabled":fals}', 'line 1, column 22 is "fals": must be a value'],
    ['set mtrrs {"enabled":', 'is the end of the line: must be a value'],
    ['set mtrrs {"a[b":5}', 'line 1, column 11: mtrrs["a[b"] is 5: must not be here'],
    ['set mtrrs {"enabled":5}', 'line 1, column 11: mtrrs.enabled is 5: must be true or false'],
    ['machine', 'line 1, column 1 is "machine": machine must be followed by a part of the machine'],
    ['machine pcpus', 'line 1, column 9 is "pcpus": must be followed by its value'],
    [
      'machine pcpuss 2',
      'line 1, column 16: pcpuss is 2: must not be here: there is no field of this name; did you mean "pcpus"?',
    ],
    [
      'machine pcpus 2\nmachine pcpus 3',
      'line 2, column 15 is given again: must be given once: pcpus is given already',
    ],
    [
      'machine regions kind=ram startMPN=0 pages=0',
      'line 1, column 43: regions[0].pages is 0: must be a whole number from 1',
    ],
    [
      'machine tlb.l2 entries=33 ways=2',
      'line 1, column 24: tlb.l2 is 33 entries in 2 ways: must have a power of two of sets',
    ],
    ['machine __proto__.x 1', 'line 1, column 9 is "__proto__.x": must be a part of the machine'],
    ['sync\ntitle a', 'line 2, column 1 is "title": must stand above the first operation'],
    ['version 2', 'line 1, column 9: version is 2: must be 1, the version that this program understands'],
    ['note hello', 'line 1, column 6 is "hello": note must be followed by one text in quotes'],
    ['title', 'line 1, column 1 is "title": title must be followed by one line of text'],
  ])('%j', (text, message) => {
    expect(said(text)).toContain(message);
  });

  test('the limits of documents hold, and reading ends after many mistakes', () => {
    expect(said('sync\n'.repeat(20_001))).toContain('ops is a list of 20001: must have at most 20 000 entries');
    expect(said(`# ${'x'.repeat(2001)}\nsync`)).toContain('line 1, column 1: note is "xxx');
    expect(said('\n'.repeat(200_000))).toBe('line 1, column 1 is longer: must have at most 200 000 lines');
    expect(said('sync frob\n'.repeat(300))).toContain('and 80 more');
  });

  test('an empty script is an empty scenario', () => {
    expect(parseScript('\uFEFF')).toEqual({ ok: true, value: scenarioOf({ version: 1, ops: [] }) });
  });
});

/** What is wrong with how a text is answered; nothing may be. */
function faultsOf(text: string): unknown[] {
  const { result, places } = readScript(text);
  const problems = result.ok ? [] : result.error.first;
  const last = Math.max(1, places.lineCount);
  const lost = problems.filter(({ line, column, end }) => line < 1 || line > last || column < 1 || end <= column);
  const again = result.ok ? parseScript(printScript(result.value)) : result;
  return [
    ...lost,
    ...(result.ok || problems.length > 0 ? [] : ['failed without a problem']),
    ...differences(again, result),
  ];
}
const differences = (a: unknown, b: unknown): unknown[] => (isDeepStrictEqual(a, b) ? [] : [a, b]);

describe('any text is answered', () => {
  const words = ['map', 'x2', 'va', '0x', '9', 'machine', 'set', 'pat', '__proto__', 'note', 'title'];
  const bits = fc.constantFrom(...words, ...Array.from(' \n#"{[]}=|+\\.\r'));
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(bits, { maxLength: 40 }).map((all) => all.join('')),
  );

  test('random text', () => {
    fc.assert(
      fc.property(text, (script) => {
        expect(faultsOf(script)).toEqual([]);
      }),
      { numRuns: 800 },
    );
  });

  test('scripts with random changes', () => {
    const change = fc.record({ at: fc.nat(), drop: fc.nat(6), put: fc.oneof(bits, fc.string({ maxLength: 3 })) });
    const changed = (before: string, { at, drop, put }: typeof change extends fc.Arbitrary<infer C> ? C : never) => {
      const from = at % (before.length + 1);
      return before.slice(0, from) + put + before.slice(from + drop);
    };
    fc.assert(
      fc.property(scenarioArbitrary, fc.array(change, { minLength: 1, maxLength: 4 }), (scenario, changes) => {
        expect(faultsOf(changes.reduce(changed, printScript(scenario)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

test('a line of very many characters is answered', () => {
  const size = 100_000;
  const lines = [
    '['.repeat(size),
    `"${'\\"'.repeat(size)}`,
    'a|'.repeat(size),
    `${' '.repeat(size)}|`,
    '='.repeat(2000),
    `note "${'a'.repeat(size)}"`,
    `sync ${'= '.repeat(size)}`,
    `map a attrs=${'|'.repeat(40 * size)}`,
    `machine ${'a.'.repeat(size)}a 1`,
    `machine ${'a.'.repeat(size)}a=1`,
    `machine policies ${'a.'.repeat(size)}a=1`,
  ];
  for (const line of lines) expect(said(`set mtrrs ${line}\n${line}`)).not.toBe('no problem');
});

test('lines and operations find each other', () => {
  const { places } = readScript('title a\n\n# one\n#\nsync\n\nsync # two\n');
  expect([0, 1, 2].map((op) => places.lineOfOp(op))).toEqual([5, 7, undefined]);
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((line) => places.opOfLine(line))).toEqual([
    undefined,
    undefined,
    0,
    0,
    0,
    undefined,
    1,
    undefined,
  ]);
});
