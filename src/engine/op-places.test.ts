import { expect, test } from 'vitest';
import { access, at, map, range, run, unmap } from '../machine/machine.fixture';
import { READWRITE } from '../machine/vmkapi';
import { opPlaces, touchedPages } from './op-places';

const BASE = 0x4400_0000_0000 / 4096;
const pages = (start: number, end = start + 1) => ({ start: BASE + start, end: BASE + end });

test.each([
  ['within a page', 8n, 0, 512, [pages(0)]],
  ['over the border of a page', 8n, 0, 513, [pages(0, 2)]],
  ['a part of it', 4096n, 3, 6, [pages(3, 6)]],
  ['every third page', 3n * 4096n, 0, 3, [pages(0), pages(3), pages(6)]],
  ['far too many to tell apart', 2n * 4096n, 0, 1000, [pages(0, 1999)]],
  ['backwards', 2n ** 64n - 4096n, 0, 1, [pages(0)]],
] as const)('a burst touches %s', (_, stride, from, to, touched) => {
  expect(touchedPages(BASE * 4096, stride, from, to)).toEqual(touched);
});

test('each operation has the pages it is about, and the vmk_Map they come from', () => {
  const m = run([
    map('a', READWRITE, [range(100, 4)]),
    access('a', 'write', { at: at('a', 4096n), count: 2 }),
    access('a', 'read', { at: { va: 0x4400_0000_2008n } }),
    unmap('a'),
    map('b', READWRITE, [range(200, 2)]),
    access('b', 'read', { at: { va: 0x4400_0000_0000n } }),
    access('none', 'read', { at: { va: 1n << 47n } }),
    { op: 'poke', pcpu: 0, ma: 0x12_3008n, value: 0n },
    { op: 'va2ma', pcpu: 0, at: at('b', 4090n), length: 16n },
    unmap('a'),
  ]);
  const places = opPlaces(m).map((place) => [place.map, place.pages, place.frames]);
  expect(places).toEqual([
    [0, [pages(0, 4)], []],
    [0, [pages(1, 3)], []],
    [0, [pages(2)], []],
    [0, [pages(0, 4)], []],
    [4, [pages(0, 2)], []],
    [4, [pages(0)], []],
    [-1, [], []],
    [-1, [], [{ start: 0x123, end: 0x124 }]],
    [4, [pages(0, 2)], []],
    // By an old name, which now means the address of the other.
    [4, [pages(0, 2)], []],
  ]);
  expect(opPlaces(m)[7].entry).toBe(0x12_3008);
});
