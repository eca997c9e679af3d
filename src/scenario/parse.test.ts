import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultMtrrs, defaultPool } from '../machine/config';
import { describeProblems, DOCUMENT_LIMITS, parseScenario, parseScenarioText } from '.';
import { documentArbitrary, FOREIGN, placesOf, scenarioOf } from './scenario.fixture';

const saidOf = (document: unknown): string => {
  const read = parseScenario(document);
  return read.ok ? 'no problem' : describeProblems(read.error);
};
const saidOfText = (text: string): string => {
  const read = parseScenarioText(text);
  return read.ok ? 'no problem' : describeProblems(read.error);
};
const withOps = (...ops: unknown[]): unknown => ({ version: 1, ops });
const withConfig = (config: unknown): unknown => ({ version: 1, config, ops: [] });
const map = (fields: object = {}): object => ({
  op: 'map',
  module: 'net',
  ranges: [{ startMPN: 6, numPages: 1 }],
  ...fields,
});

describe('what is said of a wrong document', () => {
  test.each([
    [5, 'the scenario is 5: must be an object'],
    [[], 'the scenario is a list of 0: must be an object'],
    [{ ops: [] }, 'version is missing: must be given'],
    [{ version: 2, anything: 1 }, 'version is 2: must be 1, the version that this program understands'],
    [{ version: '1', ops: [] }, 'version is "1": must be 1, the version that this program understands'],
    [{ version: 1 }, 'ops is missing: must be given'],
    [{ version: 1, ops: {} }, 'ops is an object: must be a list: […]'],
    [
      { version: 1, opps: [], ops: [] },
      'opps is a list of 0: must not be here: there is no field of this name; did you mean "ops"?',
    ],
    [JSON.parse('{"version":1,"ops":[],"__proto__":1}'), 'there is no field of this name; there are $schema, version,'],
    [{ version: 1, ops: [], constructor: 1 }, 'constructor is 1: must not be here'],
    [{ version: 1, title: 'x'.repeat(201), ops: [] }, 'must be text of at most 200 characters'],
    [{ version: 1, title: 3, ops: [] }, 'title is 3: must be text'],
    [{ version: 1, about: 'x', ops: [] }, 'about is "x": must be an object'],
    [{ version: 1, about: [], ops: [] }, 'about is a list of 0: must be an object'],
    [{ version: 1, about: { why: 1 }, ops: [] }, 'about.why is 1: must be a text'],
    [
      { version: 1, ops: Array.from({ length: 20_001 }, () => ({ op: 'sync' })) },
      'ops is a list of 20001: must have at most 20 000 entries',
    ],
  ])('%j', (document, message) => {
    expect(saidOf(document)).toContain(message);
  });
});

describe('what is said of a wrong operation', () => {
  test.each([
    [{ op: 'mapp' }, 'ops[0].op is "mapp": must be one of map, unmap, change'],
    [{ op: 'mapp' }, 'did you mean "map"?'],
    [{}, 'ops[0].op is missing: must be one of map,'],
    [7, 'ops[0] is 7: must be an object'],
    [[], 'ops[0].op is missing'],
    [map({ pcpu: 7 }), 'ops[0].pcpu is 7: must be below 4, the number of PCPUs'],
    [map({ pcpus: 7 }), 'ops[0].pcpus is 7: must not be here: there is no field of this name; did you mean "pcpu"?'],
    [
      map({ module: 'nett' }),
      'ops[0].module is "nett": must name a module of the configuration, or one that an earlier load operation loads; did you mean "net"?',
    ],
    [map({ module: true }), 'ops[0].module is true: must be the name of a module or a vmk_ModuleID'],
    [{ op: 'map', ranges: [] }, 'ops[0].module is missing: must be given'],
    [map({ mapType: 'DEVIC' }), 'must be NONE, DEFAULT, DEVICE or a number of 32 bits; did you mean "DEVICE"?'],
    [map({ attrs: 'READWRITE' }), 'ops[0].attrs is "READWRITE": must be a list of names'],
    [map({ attrs: ['READWRIT'] }), 'ops[0].attrs[0] is "READWRIT": must be one of READONLY, READWRITE,'],
    [map({ ranges: 3 }), 'ops[0].ranges is 3: must be a list'],
    [
      map({ ranges: [{ startMPN: '0xzz', numPages: 1 }] }),
      'ops[0].ranges[0].startMPN is "0xzz": must be a whole number from 0 to 0xffffffffffffffff, in decimal (42) or hex ("0x2a")',
    ],
    [
      map({ ranges: [{ startMPN: 2 ** 60, numPages: 1 }] }),
      'must be written as a string: JSON numbers above 2^53 are not exact',
    ],
    [map({ ranges: [{ startMPN: 1.5, numPages: 1 }] }), 'startMPN is 1.5: must be a whole number'],
    [
      map({ ranges: [{ startMPN: 1, numPages: 2 ** 32 }] }),
      'numPages is 4294967296: must be a whole number from 0 to 4 294 967 295',
    ],
    [map({ ranges: [{ startMPN: 1, numPages: -1 }] }), 'numPages is -1: must be a whole number'],
    [
      map({ ranges: [{ startMPN: 1, numPages: 1, count: 2 ** 20 + 1 }] }),
      'count is 1048577: must be a whole number from 1 to 1 048 576',
    ],
    [
      map({
        ranges: [
          { startMPN: 1, numPages: 1, count: 2 ** 20 },
          { startMPN: 1, numPages: 1 },
        ],
      }),
      'ops[0].ranges is 1 048 577 ranges: must be at most 1 048 576',
    ],
    [
      map({ ranges: [{ startMPN: '0xffffffffffffffff', numPages: 1, count: 2 }] }),
      'stride is 1: must leave the last startMPN within 64 bits',
    ],
    [map({ reservation: 'bar' }), 'ops[0].reservation is "bar": must name a reservation'],
    [map({ as: '1st' }), 'ops[0].as is "1st": must be a name of at most 64 characters'],
    [{ op: 'unmap', at: 'm1' }, 'ops[0].at is "m1": must name a mapping that an earlier map operation makes'],
    [{ op: 'unmap', at: '0xx' }, 'ops[0].at is "0xx": must be a virtual address'],
    [{ op: 'unmap', at: 'm1+zz' }, 'the offset must be a whole number'],
    [{ op: 'unmap', at: { mapping: 'm1', offset: -1 } }, 'ops[0].at.offset is -1: must be a whole number'],
    [{ op: 'unmap', at: { va: null } }, 'ops[0].at.va is null: must be a whole number'],
    [{ op: 'unmap', at: [] }, 'ops[0].at is a list of 0: must be a virtual address'],
    [{ op: 'access', at: 0, kind: 'load' }, 'ops[0].kind is "load": must be one of read, write, execute'],
    [{ op: 'access', at: 0, ac: 1 }, 'ops[0].ac is 1: must be true or false'],
    [{ op: 'access', at: 0, value: 1 }, 'ops[0].value is 1: must be left out unless kind is "write"'],
    [
      { op: 'access', at: 0, count: 2 ** 24 + 1 },
      'ops[0].count is 16777217: must be a whole number from 1 to 16 777 216',
    ],
    [{ op: 'poke', ma: 4, value: 0 }, 'ops[0].ma is 4: must be a multiple of 8'],
    [{ op: 'poke', ma: '0x4000_0000_0000', value: 0 }, 'must be below 0x400000000000, 2^MAXPHYADDR'],
    [
      { op: 'invalidate', how: 'invlpgb' },
      'ops[0].how is "invlpgb": must be one of invlpg, invpcid, cr3, pge; did you mean "invlpg"?',
    ],
    [{ op: 'invalidate' }, 'ops[0].how is missing: must be one of invlpg'],
    [{ op: 'invalidate', how: 'invpcid', type: 0 }, 'ops[0].at is missing: must be given for type 0'],
    [{ op: 'set', what: 'control', name: 'CR4.PGF', value: true }, 'did you mean "CR4.PGE"?'],
    [
      { op: 'set', what: 'policy', name: 'shootdown', value: 'eager' },
      'ops[0].value is "eager": must be one of classic, lazy',
    ],
    [{ op: 'set', what: 'limit', name: 'flushCeiling', value: 1e9 }, 'must be at most 1024, the largest flushCeiling'],
    [
      { op: 'set', what: 'mtrrs', mtrrs: { fixed: [{ start: 1, end: 2, type: 'WB' }] } },
      'ops[0].mtrrs.fixed[0].start is 1: must lie where a fixed entry begins',
    ],
    [{ op: 'fault', what: 'delayIpi', pcpu: 1 }, 'ops[0].cycles is 0: must be at least 1 for delayIpi'],
    [
      { op: 'reserve', as: 'r', module: 'net', resource: 'nick' },
      'ops[0].resource is "nick": must name an IO resource',
    ],
    [{ op: 'release', reservation: 'r' }, 'ops[0].reservation is "r": must name a reservation'],
  ])('%j', (op, message) => {
    expect(saidOf(withOps(op))).toContain(message);
  });

  test('names are known only to later operations, and given once', () => {
    expect(saidOf(withOps(map(), { op: 'unmap', at: 'm1' }))).toBe('no problem');
    expect(saidOf(withOps({ op: 'unmap', at: 'm1' }, map()))).toContain('ops[0].at is "m1"');
    expect(saidOf(withOps(map({ as: 'a' }), map({ as: 'a' })))).toBe(
      'ops[1].as is "a": must be unique; ops[0] has this name',
    );
    expect(saidOf(withOps(map({ as: 'm2' }), map()))).toContain('ops[1].as is "m2": must be unique');
    expect(saidOf(withOps(map({ module: 'later' }), { op: 'load', module: 'later' }))).toContain(
      'ops[0].module is "later"',
    );
    expect(saidOf(withOps({ op: 'load', module: 'later' }, map({ module: 'later' })))).toBe('no problem');
    const reserve = { op: 'reserve', as: 'r', module: 'net', resource: 'nic' };
    expect(saidOf(withOps(reserve, map({ reservation: 'r' }), { op: 'release', reservation: 'r' }))).toBe('no problem');
    expect(saidOf(withOps(reserve, reserve))).toBe('ops[1].as is "r": must be unique; ops[0] has this name');
  });

  test('sums over all operations have limits', () => {
    const million = map({ ranges: [{ startMPN: 1, numPages: 1, count: 2 ** 20, stride: 2 }] });
    expect(saidOf(withOps(million, million, million, million))).toBe('no problem');
    expect(saidOf(withOps(million, million, million, million, map()))).toBe(
      'ops[4].ranges is 4 194 305 ranges in all so far: must be at most 4 194 304',
    );
    const burst = { op: 'access', at: 0, count: 2 ** 24 };
    expect(saidOf(withOps(burst, burst, burst, burst, { op: 'access', at: 0 }))).toContain(
      'ops[4].count is 67 108 865 accesses in all so far',
    );
    const loads = Array.from({ length: 62 }, (_, i) => ({ op: 'load', module: `x${i}` }));
    expect(saidOf(withOps(...loads))).toContain(
      'ops[61].module is "x61": must not be loaded: with it there are 65 modules; the limit is 64',
    );
  });

  test('only the first mistakes are listed, and reading a list ends', () => {
    const read = parseScenario(withOps(...Array.from({ length: 5000 }, () => ({ op: 'no' }))));
    expect(read.ok ? undefined : [read.error.first.length, read.error.count]).toEqual([
      20,
      DOCUMENT_LIMITS.problems.max,
    ]);
    expect(saidOf(withOps(...Array.from({ length: 30 }, () => ({ op: 'sync', pcpu: 1 }))))).toContain('and 10 more');
  });
});

describe('what is said of a wrong machine', () => {
  test.each([
    [[], 'config is a list of 0: must be an object'],
    [{ pcpus: 0 }, 'config.pcpus is 0: must be a whole number from 1 to 256'],
    [{ maxPhyAddr: 53 }, 'config.maxPhyAddr is 53: must be a whole number from 36 to 52'],
    [{ regions: [] }, 'config.regions is without RAM: must have RAM'],
    [
      {
        regions: [
          { kind: 'ram', startMPN: 0, pages: 9999 },
          { kind: 'rom', startMPN: 5, pages: 1 },
        ],
      },
      'config.regions[1] is MPN 5 to 5: must fit, but starts at MPN 5, inside the region before it',
    ],
    [
      { maxPhyAddr: 36, regions: [{ kind: 'ram', startMPN: 0, pages: 2 ** 25 }] },
      'config.regions[0] is MPN 0 to 33554431: must fit, but ends at MPN',
    ],
    [
      { regions: [{ kind: 'ram', startMPN: 0, pages: 9999 }], tablePool: { startMPN: 9998, pages: 64 } },
      'config.tablePool is MPN 9998 to 10061: must lie in RAM',
    ],
    [
      { tablePool: { startMPN: 4096, pages: 2 } },
      'config.tablePool is a pool of 2 pages for tables: must have at least',
    ],
    [
      { resources: [{ name: 'a', start: '0x3fff_ffff_f000', length: 8192 }] },
      'config.resources[0].length is 8192: must end at or below 0x400000000000',
    ],
    [
      {
        resources: [
          { name: 'a', start: 0, length: 1 },
          { name: 'a', start: 0, length: 1 },
        ],
      },
      'config.resources[1].name is "a": must be unique; config.resources[0].name is the same',
    ],
    [
      { reservations: [{ name: 'r', module: 'ne', resource: 'nic' }] },
      'config.reservations[0].module is "ne": must name a module',
    ],
    [
      { reservations: [{ name: 'r', module: 'net', resource: 'x' }] },
      'config.reservations[0].resource is "x": must name an IO resource',
    ],
    [
      {
        reservations: [
          { name: 'r', module: 'net', resource: 'nvme' },
          { name: 's', module: 'net', resource: 'nvme' },
        ],
      },
      'must be reserved once, since it is not SHAREABLE',
    ],
    [{ modules: ['a', 'a'] }, 'config.modules[1] is "a": must be unique'],
    [{ modules: ['vmkernel'] }, 'config.modules[0] is "vmkernel": must not be listed'],
    [{ modules: ['x'.repeat(32)] }, 'must be a name of at most 31 characters'],
    [
      { modules: Array.from({ length: 64 }, (_, i) => `x${i}`) },
      'config.modules is a list of 64: must have at most 63 entries',
    ],
    [{ control: { 'CR4.PGE': 1 } }, 'config.control["CR4.PGE"] is 1: must be true or false'],
    [{ pat: 'windows' }, 'config.pat is "windows": must be linux, power-on, a list of 8 types'],
    [{ pat: 2 }, 'must be a value that IA32_PAT takes: slot 0 of IA32_PAT holds 0x2'],
    [{ pat: ['WB'] }, 'config.pat is a list of 1: must have exactly 8 entries'],
    [
      { mtrrs: { variable: [{ start: 0, size: 5000, type: 'UC' }] } },
      'config.mtrrs.variable[0] is no pair of registers: must be one that the machine takes: size 5000',
    ],
    [{ mtrrs: { variable: [{ start: 4096, size: 8192, type: 'UC' }] } }, 'start 0x1000 is no multiple of the size'],
    [{ mtrrs: { variable: [{ base: 2, mask: 0 }] } }, 'has type 2'],
    [
      {
        mtrrs: {
          fixed: [
            { start: 0, end: '0x20000', type: 'UC' },
            { start: '0x10000', end: '0x20000', type: 'WC' },
          ],
        },
      },
      'config.mtrrs.fixed[1] is 65536–131072: must not overlap',
    ],
    [{ tlb: 'tiny' }, 'config.tlb is "tiny": must be one of full, teaching'],
    [
      { tlb: { l1i: { entries: 12, ways: 4 } } },
      'config.tlb.l1i is 12 entries in 4 ways: must have a power of two of sets',
    ],
    [{ window: { va: 1 } }, 'config.window.va is 1: must be a multiple of 4096'],
    [{ window: { va: '0xffff_8000_0000_0000' } }, 'the lower canonical half'],
    [{ window: { va: '0x6400_0000_0000' } }, 'must not overlap the linear alias'],
    [{ alias: { va: '0x7fff_ffff_f000', pages: 2 } }, 'config.alias.pages is 2: must be at most 1'],
    [
      { policies: { shootdown: 'lasy' } },
      'config.policies.shootdown is "lasy": must be one of classic, lazy; did you mean "lazy"?',
    ],
    [{ policies: { ackTimeout: 1e13 } }, 'config.policies.ackTimeout is 10000000000000: must be a whole number'],
    [{ costs: 'zen' }, 'config.costs is "zen": must be one of haswell'],
  ])('%j', (config, message) => {
    expect(saidOf(withConfig(config))).toContain(message);
  });

  test('what depends on other parts follows them', () => {
    const { config } = scenarioOf(
      withConfig({ maxPhyAddr: 40, regions: [{ kind: 'ram', startMPN: 0, pages: 65536 }] }),
    );
    expect(config.mtrrs).toEqual(defaultMtrrs(40));
    expect(config.tablePool).toEqual(defaultPool(config.regions));
    expect(config.resources).toEqual([]);
    expect(config.regions[0].name).toBe('ram');
  });
});

describe('text', () => {
  test.each([
    ['', 'line 1, column 1 is the end of the text: must be a value'],
    ['{"version":1,\n "ops": [}', 'line 2, column 10 is "}": must be a value or ]'],
    [
      '{"version":1,}',
      'line 1, column 14 is "}": must be a name in double quotes; the last field has no comma behind it',
    ],
    ['{version:1}', 'line 1, column 2 is "version": must be a name in double quotes or }'],
    ['{"version" 1}', 'line 1, column 12 is "1": must be a colon'],
    ['{"version":1 "ops":[]}', 'line 1, column 14 is "\\"": must be a comma'],
    ['{"version":01}', 'line 1, column 13 is "1": must be a comma'],
    ['{"version":1,"ops":[]} x', 'line 1, column 24 is "x": must not be here'],
    ['{"version":1,"ops":[', 'column 21 is the end of the text'],
    ['{"title":"a\nb"}', 'line 1, column 12 is "\\n"'],
    ['{"title":"\\x"}', 'line 1, column 11 is "\\\\"'],
    ['{"title":"a', 'is the end of the text: must be part of a text in double quotes'],
    ["{'version':1}", 'must be a name in double quotes'],
    ['[1,2', 'the end of the text'],
    ['[1}', 'is "}": must be a comma'],
  ])('%j', (text, message) => {
    expect(saidOfText(text)).toContain(message);
  });

  test('the place is found wherever JSON.parse fails, and nowhere else', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-0.5e3',
      'true',
      'nul',
      ' ',
      '\n',
      '"',
      '\\',
      '"\\u00e9"',
      '01',
      '.5',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let fails = false;
        try {
          JSON.parse(text);
        } catch {
          fails = true;
        }
        expect(/^line \d+, column \d+ is /.test(saidOfText(text))).toBe(fails);
      }),
      { numRuns: 3000 },
    );
  });

  test('a byte order mark is skipped, and too much text refused unread', () => {
    expect(saidOfText('\uFEFF{"version":1,"ops":[]}')).toBe('no problem');
    const { max } = DOCUMENT_LIMITS.textBytes;
    expect(saidOfText(`"${'x'.repeat(max)}"`)).toBe(
      'the scenario is 67 108 866 bytes: must have at most 67 108 864 bytes',
    );
    expect(saidOfText(`"${'é'.repeat(max / 2)}"`)).toContain('67 108 866 bytes');
  });
});

describe('whatever it is given, it answers', () => {
  test('any value', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), (value) => {
        expect(typeof saidOf(value)).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });

  test('a valid document with something else in one place', () => {
    const junk = fc.oneof(fc.jsonValue(), fc.constantFrom(NaN, -0, Infinity, 1e300, '__proto__', [], {}, null));
    fc.assert(
      fc.property(documentArbitrary, fc.nat(), junk, (document, where, value) => {
        const copy = structuredClone({ ...document, about: { source: 'here' } });
        const places = placesOf(copy);
        const [holder, key] = places[where % places.length];
        (holder as Record<string, unknown>)[key] = value;
        expect(saidOf(copy)).not.toMatch(FOREIGN);
      }),
      { numRuns: 1000 },
    );
  });

  test('deep nesting', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(saidOfText(deep)).toBe('line 1, column 101 is "[": must not lie inside more than 100 others');
    expect(saidOfText('['.repeat(200_000))).toContain('column 101');
    expect(saidOfText(`{"version":1,"ops":[{"op":"unmap","at":${deep}}]}`)).toContain('must not lie inside');
    expect(saidOfText(`{"version":1,"title":"]\\"${'['.repeat(150)}","ops":7}`)).toBe('ops is 7: must be a list: […]');
    const shallow = '['.repeat(100) + ']'.repeat(100);
    expect(saidOfText(shallow)).toContain('must be an object');
  });
});

describe('size', () => {
  test('a document in which no name is right is answered soon', () => {
    const nameOf = (i: number): string => `${'a.-_'.repeat(14)}${i.toString(36)}`;
    const maps = Array.from({ length: 5_000 }, (_, i) => map({ as: nameOf(i) }));
    const wrong = Array.from({ length: 5_000 }, (_, i) => ({ op: 'unmap', at: `${nameOf(i)}zzz` }));
    expect(parseScenario(withOps(...maps, ...wrong))).toMatchObject({ ok: false, error: { count: 5_000 } });
    const reservations = maps
      .slice(0, 1_000)
      .map((_, i) => ({ name: `r${i}`, module: 'x', resource: `${nameOf(i)}zzz` }));
    const resources = reservations.map((_, i) => ({ name: nameOf(i), start: i, length: 1 }));
    expect(parseScenario(withConfig({ resources, reservations }))).toMatchObject({
      ok: false,
      error: { count: 2_000 },
    });
  });

  test('an end in line 40 000 001 is found', () => {
    expect(saidOfText('\n'.repeat(40_000_000))).toContain('line 40000001, column 1 is the end of the text');
  });

  test('a million ranges written out are read, right or wrong', () => {
    const ranges = Array.from({ length: 1_000_000 }, (_, i) => ({ startMPN: 2 * i, numPages: 1 }));
    const { ops } = scenarioOf(withOps(map({ ranges })));
    expect(ops[0]).toHaveProperty('ranges.length', 1_000_000);
    const wrong = parseScenario(withOps(map({ ranges: ranges.map(() => ({ startMPN: -1 })) })));
    expect(wrong).toMatchObject({ ok: false, error: { count: 100 } });
  });

  test('a million ranges in short are one entry', () => {
    const { ops } = scenarioOf(
      withOps(map({ ranges: [{ startMPN: '0x10_0000', numPages: 1, count: 1_000_000, stride: 2 }] })),
    );
    expect(ops[0]).toMatchObject({ ranges: [{ startMPN: 0x10_0000n, numPages: 1, count: 1_000_000, stride: 2n }] });
  });
});
