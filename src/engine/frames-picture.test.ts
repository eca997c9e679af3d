import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, type MachineConfig } from '../machine/config';
import type { Machine } from '../machine/machine';
import { map, range, run } from '../machine/machine.fixture';
import { effectiveType, patIndex, typeEncoding } from '../machine/memory-type';
import { TABLE_LEVELS } from '../machine/tables';
import { step } from '../machine/step';
import { start as boot, worlds } from '../machine/world.fixture';
import { framesPicture } from './frames-picture';
import { FRAME_KINDS, MIXED, type FrameKind } from './picture';
import type { FrameWindow } from './protocol';

/** A frame by itself, from the machine's own lists. */
function frameFacts(m: Machine, mpn: number) {
  const region = m.config.regions.find(({ startMPN, pages }) => mpn >= startMPN && mpn < startMPN + pages);
  const { directory, pool, types } = m.state;
  const level =
    mpn === directory.root
      ? 4
      : (TABLE_LEVELS.find((at) =>
          [...directory.tables[at].all()].some(({ start, end, value }) => mpn >= value && mpn < value + end - start),
        ) ?? 0);
  const holders = [...m.state.mappings.values(), ...m.state.aliases.values()].toSorted((a, b) => a.id - b.id);
  const places = holders.flatMap((one) =>
    Array.from(one.ranges.starts, (from, i) => ({ one, from, to: from + one.ranges.pages[i] })).filter(
      ({ from, to }) => mpn >= from && mpn < to,
    ),
  );
  const own = types.mtrr.typeAt(mpn * 4096);
  const each = places.map(({ one }) => effectiveType(own, types.pat[patIndex(one.written.lo, false)]).type);
  const inPool = mpn >= pool.start && mpn < pool.end;
  const kind: FrameKind =
    level > 0
      ? 'table'
      : places.length > 1
        ? 'shared'
        : places.length === 1
          ? 'mapped'
          : inPool
            ? 'pool'
            : (region?.kind ?? 'hole');
  const memory = region !== undefined || inPool || level > 0;
  return {
    kind,
    level,
    mapping: places[0]?.one.id ?? -1,
    owner: places[0]?.one.module ?? (kind === 'table' || kind === 'pool' ? 0 : -1),
    times: places.length,
    type: each.length > 0 ? typeEncoding(each[0]) + 1 : memory ? typeEncoding(own) + 1 : 0,
    conflict: new Set(each).size > 1,
  };
}

const ORDER: readonly FrameKind[] = ['table', 'shared', 'mapped', 'pool', 'device', 'rom', 'reserved', 'ram', 'hole'];

/** The same picture, frame by frame. */
function slowTwin(m: Machine, { start, cells, perCell }: FrameWindow) {
  const all = Array.from({ length: cells * perCell }, (_, i) => frameFacts(m, start + i));
  const groups = Array.from({ length: cells }, (_, i) => all.slice(i * perCell, (i + 1) * perCell));
  const differ = (group: typeof all, of: (one: (typeof all)[number]) => unknown): boolean =>
    new Set(group.map(of)).size > 1;
  return groups.map((group) => {
    const told = ORDER.find((kind) => group.some((one) => one.kind === kind))!;
    const ids = group.filter(({ mapping }) => mapping >= 0).toSorted((a, b) => a.mapping - b.mapping);
    return {
      kind: told,
      mixed:
        (differ(group, ({ kind, mapping }) => `${kind} ${mapping}`) ? MIXED.kind : 0) |
        (differ(group, ({ owner }) => owner) ? MIXED.owner : 0) |
        (differ(group, ({ level }) => level) ? MIXED.level : 0) |
        (differ(group, ({ times }) => times) ? MIXED.times : 0) |
        (differ(group, ({ type }) => type) || group.some(({ conflict }) => conflict) ? MIXED.type : 0),
      mapping: ids[0]?.mapping ?? -1,
      owner: ids[0]?.owner ?? Math.max(...group.map(({ owner }) => owner)),
      level: Math.max(...group.map(({ level }) => level)),
      times: Math.max(...group.map(({ times }) => times)),
      type: group.find(({ kind }) => kind === told)!.type,
    };
  });
}

const cellsOf = (m: Machine, window: FrameWindow) => {
  const { kinds, mixed, mappings, owners, levels, times, types } = framesPicture(m, window);
  return Array.from(kinds, (kind, i) => ({
    kind: FRAME_KINDS[kind],
    mixed: mixed[i],
    mapping: mappings[i],
    owner: owners[i],
    level: levels[i],
    times: times[i],
    type: types[i],
  }));
};

type Twin = ReturnType<typeof slowTwin>[number];
const TALLIED = [
  ['mappings', ({ mapping }: Twin) => mapping],
  ['owners', ({ owner }: Twin) => owner],
  ['levels', ({ level }: Twin) => level],
  ['times', ({ times }: Twin) => times],
  ['types', ({ type }: Twin) => type],
] as const;

/** Windows over all that the small machines hold: 16 384 frames are enough. */
const windows = fc
  .record({ perCell: fc.integer({ min: 0, max: 8 }), start: fc.nat(10_000), cells: fc.constantFrom(1, 7, 16) })
  .map(({ perCell, start, cells }): FrameWindow => ({ start, cells, perCell: 2 ** perCell }));
const places = fc.constantFrom(0, 10, 500, 1000, 2040, 4090, 8180);

describe('the frames of a window', () => {
  test('are those of a slow twin, in every field', () => {
    fc.assert(
      fc.property(
        worlds(['map', 'map', 'unmap', 'change', 'sync'], 14),
        fc.nat(400),
        windows,
        places,
        (world, steps, window, place) => {
          const m = boot(world);
          for (let i = 0; i < steps && step(m); i++);
          const here = { ...window, start: place + (window.start % 64) };
          expect(cellsOf(m, here)).toEqual(slowTwin(m, here));
          const counted = slowTwin(m, { start: here.start, cells: here.cells * here.perCell, perCell: 1 });
          const { counts, tallies } = framesPicture(m, here);
          expect(counts).toEqual(FRAME_KINDS.map((kind) => counted.filter((one) => one.kind === kind).length));
          for (const [name, of] of TALLIED) {
            for (const { code, frames } of tallies[name]) {
              expect(frames).toBe(counted.filter((one) => of(one) === code).length);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  const BUSY: Partial<MachineConfig> = {
    regions: [
      { kind: 'ram', name: 'low', startMPN: 0, pages: 160 },
      { kind: 'reserved', name: 'kept', startMPN: 160, pages: 40 },
      { kind: 'rom', name: 'BIOS', startMPN: 240, pages: 16 },
      { kind: 'ram', name: 'memory', startMPN: 256, pages: 8192 },
      { kind: 'device', name: 'bar', startMPN: 8448, pages: 300 },
    ],
    tablePool: { startMPN: 4096, pages: 300 },
  };

  test.each([1, 2, 4, 16, 64, 256])('also where kinds, types and mappings overlap, at %i frames a cell', (perCell) => {
    const m = run(
      [
        map('a', 1n, [range(300, 40), range(320, 10), range(700, 3)]),
        map('b', 9n, [range(310, 100)]),
        map('c', 5n, [range(316, 2), range(2, 5)], { module: 'storage' }),
      ],
      BUSY,
    );
    for (const start of [0, 3, 128, 290, 4000, 8400]) {
      const window = { start, cells: 24, perCell };
      expect(cellsOf(m, window)).toEqual(slowTwin(m, window));
    }
  });

  test('MTRR masks with holes give the type of each frame', () => {
    const { mtrrs } = DEFAULT_CONFIG;
    const all = (1n << 46n) - 1n;
    const mask = (all & ~0xfffn & ~0x5000n) | (1n << 11n);
    const m = run([map('a', 1n, [range(300, 40)])], {
      ...BUSY,
      mtrrs: { ...mtrrs, variable: [...mtrrs.variable, { base: 0x14_0000n | 1n, mask }] },
    });
    const window = { start: 301, cells: 64, perCell: 1 };
    expect(cellsOf(m, window)).toEqual(slowTwin(m, window));
    expect(new Set(cellsOf(m, window).map(({ type }) => type)).size).toBeGreaterThan(1);
  });

  test('stay within the machine', () => {
    const m = run([], BUSY);
    const total = 2 ** 34;
    const { kinds, counts } = framesPicture(m, { start: total - 10, cells: 16, perCell: 4 });
    expect(kinds).toHaveLength(3);
    expect(counts.reduce((sum, n) => sum + n)).toBe(10);
  });

  test('of all memory are counted to the last one', () => {
    const m = run([map('a', 1n, [range(300, 40)])], BUSY);
    const { counts } = framesPicture(m, { start: 0, cells: 1024, perCell: 2 ** 24 });
    expect(counts.reduce((sum, n) => sum + n)).toBe(2 ** 34);
    expect(counts[FRAME_KINDS.indexOf('mapped')]).toBe(40);
  });

  test('keep their identity while nothing they follow from changes', () => {
    const m = run([map('a', 1n, [range(300, 40)])], BUSY);
    const window = { start: 256, cells: 64, perCell: 1 };
    const before = framesPicture(m, window);
    m.update({ time: m.state.time + 1 });
    expect(framesPicture(m, { ...window })).toBe(before);
    const [[key, mapping]] = [...m.state.mappings.entries()];
    m.update({ mappings: m.state.mappings.delete(key).set(key, { ...mapping }) });
    expect(framesPicture(m, window)).toBe(before);
    m.update({ mappings: m.state.mappings.delete(key) });
    expect(framesPicture(m, window)).not.toBe(before);
    expect(framesPicture(m, { ...window, perCell: 2 }).perCell).toBe(2);
  });

  test('say why a frame has its type', () => {
    const m = run([map('a', 9n, [range(300, 4)])], BUSY);
    const { mtrrs, slots } = framesPicture(m, { start: 250, cells: 64, perCell: 1 });
    expect(mtrrs.map(({ start, end, type }) => [start, end, type])).toEqual([
      [250, 251, 'WP'],
      [251, 252, 'WP'],
      [252, 253, 'WP'],
      [253, 254, 'WP'],
      [254, 255, 'WP'],
      [255, 256, 'WP'],
      [256, 314, 'WB'],
    ]);
    const [mapping] = m.state.mappings.values();
    expect(slots).toEqual([{ mapping: mapping.id, slot: patIndex(mapping.written.lo, false) }]);
  });

  test('far mappings are told apart in the overview, at most 64', () => {
    const spots = Array.from({ length: 100 }, (_, i) => range(300 + i * 40, 2));
    const m = run(
      spots.map((one, i) => map(`m${i}`, 1n, [one])),
      { ...BUSY, tablePool: { startMPN: 8000, pages: 300 } },
    );
    const { mapped } = framesPicture(m, { start: 0, cells: 1, perCell: 1 });
    expect(mapped.length).toBeLessThanOrEqual(64);
    expect([mapped[0].start, mapped.at(-1)!.end]).toEqual([300, 300 + 99 * 40 + 2]);
  });
});
