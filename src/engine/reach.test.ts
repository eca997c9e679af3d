import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined } from '../base/stretches';
import { lowVa, PAGE_SIZE, SPAN, TABLE_ENTRIES, type Level } from '../machine/address';
import { DEFAULT_CONFIG, type MachineConfig } from '../machine/config';
import type { Machine } from '../machine/machine';
import { map, range, run } from '../machine/machine.fixture';
import type { Op } from '../machine/op';
import { READWRITE } from '../machine/vmkapi';
import { libraryScenario } from '../scenario/library-files';
import { Timeline } from '../timeline/timeline';
import { frameAt, NOTHING, RESERVED, roleOf, TO_TABLE } from './entry-stretches';
import { reachOf } from './reach';
import type { Stretch } from './thing';

const SMALL: Partial<MachineConfig> = {
  regions: [{ kind: 'ram', name: 'memory', startMPN: 0, pages: 1536 }],
  tablePool: { startMPN: 1024, pages: 64 },
  alias: { vpn: 0x6400_0000_0000 / PAGE_SIZE, pages: 2 ** 20 },
  resources: [],
};
const ROOT = 1024;
const poke = (mpn: number, index: number, value: bigint): Op => ({
  op: 'poke',
  pcpu: 0,
  ma: BigInt(mpn * PAGE_SIZE + index * 8),
  value,
});
const entry = (mpn: number, bits = 3n): bigint => (BigInt(mpn) << 12n) | bits;

interface Found {
  readonly pages: readonly Stretch<number>[];
  readonly tables: readonly Stretch<number>[];
}

/** By every entry of every table from CR3 down, one by one. */
function slowTwin(m: Machine, mpn: number, count: number): Found {
  const pages: Stretch<number>[] = [];
  const tables: Stretch<number>[] = [];
  const into = (level: Level, table: number, prefix: number): void => {
    const words = m.memory.read(table).slice();
    for (let i = 0; i < TABLE_ENTRIES; i++) {
      const [lo, hi] = [words[i * 2], words[i * 2 + 1]];
      const role = roleOf(level, lo, hi, m.state.control);
      if (role === NOTHING || role === RESERVED) continue;
      const to = frameAt(level, lo, hi, m.state.control);
      const at = prefix * TABLE_ENTRIES + i;
      const start = at * SPAN[level];
      if (role === TO_TABLE) {
        if (to >= mpn && to < mpn + count) tables.push({ start, end: start + SPAN[level] });
        into((level - 1) as Level, to, at);
      } else {
        const [from, end] = [Math.max(to, mpn), Math.min(to + SPAN[level], mpn + count)];
        if (from < end) pages.push({ start: start + from - to, end: start + end - to });
      }
    }
  };
  into(4, m.state.directory.root, 0);
  return { pages: joined(pages), tables: joined(tables) };
}

function fast(m: Machine, mpn: number, count: number): Found {
  const { places, more } = reachOf(m, mpn, count);
  expect(more).toBe(false);
  const of = (what: 'page' | 'table'): readonly Stretch<number>[] =>
    joined(
      places
        .filter(({ as }) => as === what)
        .map(({ va, pages }) => ({ start: lowVa(va) / PAGE_SIZE, end: lowVa(va) / PAGE_SIZE + pages })),
    );
  return { pages: of('page'), tables: of('table') };
}

test('finds what a look at every entry finds, whatever was written into the tables by hand', () => {
  const written = fc.record({
    table: fc.integer({ min: ROOT, max: ROOT + 9 }),
    index: fc.constantFrom(0, 1, 3, 272, 300, 511),
    to: fc.oneof(fc.integer({ min: ROOT, max: ROOT + 9 }), fc.integer({ min: 0, max: 1535 })),
    bits: fc.constantFrom(3n, 1n, 0x83n, 0n),
  });
  const spans = fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.constantFrom(1, 1, 4, 600));
  fc.assert(
    fc.property(fc.array(written, { maxLength: 4 }), spans, (list, [mpn, count]) => {
      const pokes = list.map(({ table, index, to, bits }) => poke(table, index, entry(to, bits)));
      const m = run([map('a', READWRITE, [range(8, 600), range(700, 3), range(8, 2)]), ...pokes], SMALL);
      const asked: readonly (readonly [number, number])[] = [
        [mpn, count],
        [ROOT, 1],
        [8, 1],
      ];
      for (const [at, frames] of asked) expect(fast(m, at, frames)).toEqual(slowTwin(m, at, frames));
    }),
    // The first: a run of 2 MiB pages, taken for 1 GiB pages.
    { numRuns: 40, examples: [[[{ table: ROOT, index: 0, to: ROOT + 2, bits: 3n }], [0, 1]]] },
  );
}, 60_000);

test('a frame has its mapping, the linear alias, an entry by hand and a table that leads to itself', () => {
  const before = run([map('a', READWRITE, [range(8, 1)])], SMALL);
  const pt = before.state.directory.tables[1].at(0x4400_0000_0000 / PAGE_SIZE / 512)!;
  const m = run([map('a', READWRITE, [range(8, 1)]), poke(pt, 7, entry(8)), poke(ROOT, 300, entry(ROOT))], SMALL);
  const { places } = reachOf(m, 8, 1);
  expect(places.map(({ level, as, va, ma }) => [level, as, va, Math.floor(ma / PAGE_SIZE)])).toEqual([
    [2, 'page', 0x6400_0000_8000n, expect.anything()],
    [1, 'page', 0x4400_0000_0000n, pt],
    [1, 'page', 0x4400_0000_7000n, pt],
  ]);
  // The self-entry shows the tables themselves: PML4 as page table of its last level, page tables below it.
  const self = reachOf(m, ROOT, 1).places.map(({ level, as, va }) => [level, as, va]);
  expect(self).toContainEqual([4, 'table', 0xffff_9600_0000_0000n]);
  expect(self).toContainEqual([1, 'page', 0xffff_964b_2592_c000n]);
});

test('tables that lead in circles everywhere come to an end, and the answer says that there is more', () => {
  const all = Array.from({ length: 80 }, (_, i) => poke(ROOT, 300 + i * 2, entry(ROOT)));
  const m = run(all, SMALL);
  expect(reachOf(m, ROOT, 1)).toMatchObject({ more: true });
});

test.each([
  ['largest', 0x2_0000_1000, 1],
  ['scattered', 0x10_0002, 2],
])('of %s one frame is found', (id, mpn, found) => {
  const timeline = new Timeline(libraryScenario(id)!);
  timeline.play();
  timeline.seek(timeline.ops[1].last);
  const { machine } = timeline;
  const { places, more } = reachOf(machine, mpn, 1);
  expect([places.length, more]).toEqual([found, false]);
});

test('and on a 4 PiB machine with 10,000 intervals', () => {
  const ranges = [{ startMPN: 0x400_0000n, numPages: 16, count: 10_000, stride: 0x10_0000n }];
  const m = run([map('m', READWRITE, ranges)], {
    ...DEFAULT_CONFIG,
    maxPhyAddr: 52,
    regions: [{ kind: 'ram', name: 'memory', startMPN: 0, pages: 2 ** 40 }],
    resources: [],
  });
  const one = reachOf(m, 0x410_0003, 1);
  expect(one.places.map(({ va }) => va)).toContain(0x4400_0000_0000n + BigInt(19 * PAGE_SIZE));
  expect(reachOf(m, 0, 2 ** 40)).toMatchObject({ more: false });
});
