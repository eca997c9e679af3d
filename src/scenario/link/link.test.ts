import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../../base/bytes';
import { LIBRARY, libraryScenario } from '../library-files';
import { scenarioArbitrary, scenarioOf } from '../scenario.fixture';
import { readDocument, writeDocument } from './document';
import { linkBytes, readLinkBytes, splitLink } from './link';
import { writeSections } from './sections';
import { SHAPES, type NamedField } from './shapes';
import { upgraded } from './upgrade';
import { WORDS } from './words';

const there = (document: unknown): unknown => {
  const read = readDocument(writeDocument(document));
  return read.ok ? read.value : read.error;
};
const saidOf = (bytes: Uint8Array): string => {
  const read = readLinkBytes(1, bytes);
  return read.ok ? 'no problem' : `${read.error.kind}: ${read.error.says}`;
};

describe('a scenario comes back from the bytes of its link', () => {
  test('whatever it is', () => {
    fc.assert(
      fc.property(scenarioArbitrary, (scenario) => {
        expect(readLinkBytes(1, linkBytes({ scenario }))).toEqual({ ok: true, value: { scenario } });
      }),
      { numRuns: 300 },
    );
  });

  test.each(LIBRARY)('$id', ({ id }) => {
    const scenario = libraryScenario(id)!;
    expect(readLinkBytes(1, linkBytes({ scenario }))).toEqual({ ok: true, value: { scenario } });
  });

  test('with another machine, half characters and the largest numbers', () => {
    const scenario = scenarioOf({
      version: 1,
      title: '\ud800 half',
      note: 'half \udc00\nand whole \u{1f4d6}',
      config: {
        regions: [
          { kind: 'ram', startMPN: 0, pages: '0x4_0000' },
          { kind: 'device', name: 'a bar, 100 %', startMPN: '0xf_0000', pages: 16 },
        ],
        resources: [{ name: 'bar', start: '0xf000_0000', length: 65536, attrs: ['SHAREABLE', 'PREFETCHABLE'] }],
        reservations: [{ name: 'r', module: 'net', resource: 'bar' }],
        policies: { ackTimeout: 10 ** 12 },
      },
      ops: [
        { op: 'map', as: 'big', module: -1, mapType: 0xffff_ffff, attrs: '0xffff_ffff_ffff_ffff', ranges: [] },
        { op: 'map', module: 0xffff_ffff, ranges: [{ startMPN: '0xffff_ffff_ffff_ffff', numPages: 0xffff_ffff }] },
        { op: 'map', module: 'net', ranges: [{ startMPN: 1, numPages: 0, count: 2 ** 20, stride: '0xfff_ffff_ffff' }] },
        { op: 'access', at: 'big+0xffff_ffff_ffff_ffff', kind: 'write', value: '0xffff_ffff_ffff_ffff' },
        { op: 'access', at: 'm2+4096', ac: true, privilege: 'user', stride: 0 },
        { op: 'access', at: '0xffff_ffff_ffff_ffff', note: '0xffff' },
        { op: 'access', at: 0, note: '' },
        { op: 'unmap', at: 'm3', context: 'nmi' },
      ],
    });
    expect(readLinkBytes(1, linkBytes({ scenario }))).toEqual({ ok: true, value: { scenario } });
  });

  test('what the list of operations does not know is kept too', () => {
    const ops = [
      { op: 'sync', note: 'a', more: { of: [1, -2, null, true, 'x', '0x10', 'x'] } },
      { op: 'reboot', how: 'cold', pcpu: 300 },
      { op: 'access', kind: 'prefetch', at: 'm1' },
    ];
    const document = { version: 1, title: 'Untitled', ops: [{ op: 'map', module: 'x', ranges: [] }, ...ops], more: 1 };
    expect(there(document)).toEqual(document);
  });
});

describe('sections', () => {
  const scenario = libraryScenario('example-2')!;
  const [place, lesson] = [Uint8Array.of(1, 2), Uint8Array.of(3)];

  test('ride along', () => {
    const read = readLinkBytes(1, linkBytes({ scenario, place, lesson }));
    expect(read).toEqual({ ok: true, value: { scenario, place, lesson } });
  });

  test('that are not known are skipped', () => {
    const to = new ByteWriter();
    to.number(99);
    to.block(Uint8Array.of(1, 2, 3));
    to.raw(linkBytes({ scenario, place }));
    expect(readLinkBytes(1, to.done())).toEqual({ ok: true, value: { scenario, place } });
  });
});

test('sections that are not known are skipped, as long as they are not too many', () => {
  const known = linkBytes({ scenario: libraryScenario('example-1')! });
  const withEmpty = (count: number) =>
    Uint8Array.from([...known, ...Array.from({ length: count }, () => [9, 0]).flat()]);
  expect(readLinkBytes(1, withEmpty(20))).toEqual(readLinkBytes(1, known));
  expect(readLinkBytes(1, withEmpty(100_000))).toMatchObject({ ok: false, error: { kind: 'damaged' } });
});

describe('what is said of bytes that hold no scenario', () => {
  const withOps = (...ops: object[]) => writeSections({ document: writeDocument({ version: 1, title: 'a', ops }) });
  const document = (...bytes: number[]) => writeSections({ document: Uint8Array.from(bytes) });

  test.each([
    ['nothing', new Uint8Array(0), 'damaged: This link was changed on its way'],
    ['half a section', Uint8Array.of(1, 200, 1), 'damaged: '],
    ['an impossible scenario', withOps({ op: 'flush', pcpu: 7 }), 'ops[0].pcpu is 7: must be below 4'],
    [
      'an unknown operation',
      withOps({ op: 'reboot' }),
      'invalid: This link holds a scenario that cannot be: ops[0].op',
    ],
    ['a mapping that nobody makes', document(8, 0, 0, 0), 'damaged: '],
    ['a word of later', document(0, 0x80, 0x7f), 'unknown: This link uses something that this Pagescope does not know'],
    ['a shape of later', document(8, 0, 30 << 3), 'unknown: '],
    ['a field of later', document(8, 0, (3 << 3) + 4, 0x40), 'unknown: '],
    ['more operations than there are', document(0xf8, 0x07, 0), 'damaged: '],
    ['more operations than there may be', document(0xf8, 0xff, 0x7f, 0), 'large: '],
    ['more nesting than there is', document(2, 0, ...Array.from({ length: 99 }, () => 13)), 'damaged: '],
    ['bytes behind the end', document(0, 0, 0), 'damaged: '],
  ])('%s', (_, bytes, message) => {
    expect(saidOf(bytes)).toContain(message);
  });

  test('any bytes are answered', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(saidOf(bytes)).toBeTruthy();
        expect(saidOf(document(...bytes))).toBeTruthy();
        expect(saidOf(document(8, 0, ...bytes))).toBeTruthy();
      }),
      { numRuns: 500 },
    );
  });
});

describe('the text of a link', () => {
  test.each([
    ['v1.abc', 'abc'],
    ['  #v1.abc\n', 'abc'],
    ['https://example.org/pagescope/?embed#v1.abc', 'abc'],
  ])('%s', (text, packed) => {
    expect(splitLink(text)).toEqual({ ok: true, value: { version: 1, packed } });
  });

  test.each(['', '#', 'v1', 'v1.', 'v0.abc', 'w1.abc', 'https://example.org/'])('%j is none', (text) => {
    expect(splitLink(text)).toHaveProperty('error.kind', 'none');
  });

  test('of a newer version says which', () => {
    expect(splitLink('#v3.abc')).toHaveProperty(
      'error.says',
      expect.stringContaining('newer Pagescope (v3); this one'),
    );
  });
});

test('older links are brought to the newest version step by step', () => {
  const step = (to: string) => (raw: { document: unknown }) => ({ document: `${String(raw.document)} ${to}` });
  const upgrades = { 1: step('two'), 2: step('three'), 3: step('four') };
  expect(upgraded({ document: 'one' }, 1, upgrades, 3)).toEqual({ document: 'one two three' });
  expect(upgraded({ document: 'three' }, 3, upgrades, 3)).toEqual({ document: 'three' });
});

const WORDS_PUBLISHED = { count: 198, digest: 'dc051899a5451573' };
/** Words, fields that are always there | fields that may be. */
const SHAPES_PUBLISHED = `
access: at | pcpu count stride privilege ac value note
access write: at | pcpu count stride privilege ac value note
access execute: at | pcpu count stride privilege ac value note
sync:  | note
map: module ranges | attrs as pcpu mapType context reservation note
unmap: at | pcpu context note
change: at attrs | pcpu context note
poke: ma value | pcpu note
invalidate invlpg: at | pcpu note
invalidate invpcid: type | pcpu at pcid note
invalidate cr3:  | pcpu pcid keep note
invalidate pge:  | pcpu note
set control: name value | pcpu note
set pat: slot type | pcpu note
set mtrrs: mtrrs | pcpu note
set policy: name value | pcpu note
set limit: name value | pcpu note
mask:  | pcpu masked note
fault: what | pcpu cycles times note
flush:  | pcpu note
load: module | pcpu note
unload: module | pcpu note
register: resource start length | attrs pcpu note
reserve: as module resource | pcpu note
release: reservation | pcpu note
va2ma: at | pcpu length note
`;

describe('what published links hold places of stays as it is; more may come behind it', () => {
  test('words', () => {
    const { count, digest } = WORDS_PUBLISHED;
    const published = JSON.stringify(WORDS.slice(0, count));
    expect(createHash('sha256').update(published).digest('hex').slice(0, 16)).toBe(digest);
    expect(new Set(WORDS).size).toBe(WORDS.length);
  });

  test('shapes of operations', () => {
    const namesOf = (fields: readonly NamedField[]): string => fields.map(([name]) => name).join(' ');
    const now = SHAPES.map(
      ({ words, always, maybe }) => `${Object.values(words).join(' ')}: ${namesOf(always)} | ${namesOf(maybe)}`,
    );
    const published = SHAPES_PUBLISHED.trim().split('\n');
    expect(now.map((line, i) => line.slice(0, published[i]?.length ?? 0))).toEqual(
      now.map((_, i) => published[i] ?? ''),
    );
    // One place means an operation as JSON.
    expect(SHAPES.length).toBeLessThan(32);
  });
});
