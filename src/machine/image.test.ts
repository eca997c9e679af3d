import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, type MachineConfig } from './config';
import { memoryText } from './digest.fixture';
import { readImage } from './image';
import { unfinished, violations } from './invariants';
import { access, at, map, range, record, rules, run, statuses, unmap } from './machine.fixture';
import { peek } from './mmu';
import type { ImageFrame } from './table-image';
import { READWRITE } from './vmkapi';

const WINDOW = DEFAULT_CONFIG.window.vpn;
const ROOT = 0x1000;

/** A frame with some words. */
function frame(mpn: number, words: Readonly<Record<number, number>>): ImageFrame {
  const all = new Int32Array(1024);
  for (const [i, value] of Object.entries(words)) {
    all[Number(i) * 2] = value | 0;
    all[Number(i) * 2 + 1] = Math.floor(value / 2 ** 32);
  }
  return { mpn, words: all };
}

const link = (mpn: number): number => mpn * 4096 + 0x27;
const page = (mpn: number): number => mpn * 4096 + 0x63;
/** The window begins at entry 136 of the PML4. The PDPT and the PT stand beside the PML4, in the pool; the PD outside. */
const TABLES = [
  frame(ROOT, { 136: link(ROOT + 1) }),
  frame(ROOT + 1, { 0: link(0x300) }),
  frame(0x300, { 0: link(ROOT + 2), 7: page(512) + 0x80 }),
  frame(ROOT + 2, { 0: page(9), 2: page(11), 3: 0x2000 }),
];

function machine(frames: readonly ImageFrame[] = TABLES, more: Partial<MachineConfig> = {}): Partial<MachineConfig> {
  const config = { ...DEFAULT_CONFIG, ...more };
  return { ...more, alias: undefined, image: readImage(ROOT, frames, config) };
}

const frameAt = (m: ReturnType<typeof run>, vpn: number): number => peek(m.paging, vpn / 2 ** 20, vpn << 12, 0).mpn;

describe('a machine with imported tables', () => {
  test('walks them from step 0', () => {
    const m = run([access('', 'read', { at: { va: BigInt(WINDOW + 2) * 4096n } })], machine());
    expect(m.state.directory.root).toBe(ROOT);
    expect(record(m, 0)?.ma).toBe(11 * 4096);
    expect(frameAt(m, WINDOW + 7 * 512)).toBe(512);
  });

  test('gives out addresses and frames that the tables do not have', () => {
    const m = run([map('a', READWRITE, [range(40, 1)]), map('b', READWRITE, [range(1024, 600)])], machine());
    expect(statuses(m)).toEqual(['VMK_OK', 'VMK_OK']);
    // Pages 0, 2 and 3 of the window have entries, 3 one that is not present.
    expect(record(m, 0)?.vpn).toBe(WINDOW + 1);
    expect(record(m, 1)?.vpn).toBe(WINDOW + 4);
    expect(frameAt(m, WINDOW + 1)).toBe(40);
    expect(frameAt(m, WINDOW + 2)).toBe(11);
    const second = m.state.directory.tables[1].at(WINDOW / 512 + 1)!;
    expect(second).toBe(ROOT + 3);
    expect(violations(m)).toEqual([]);
    expect(unfinished(m)).toEqual([]);
  });

  test('has them back, word for word, when what was mapped is unmapped', () => {
    const before = memoryText(run([], machine()));
    const ops = [map('a', READWRITE, [range(40, 1)]), map('b', READWRITE, [range(1024, 600)]), unmap('a'), unmap('b')];
    const m = run(ops, machine());
    expect(memoryText(m)).toBe(before);
    expect(m.state.pool.used).toBe(3);
    expect(rules(m)).toEqual([]);
  });

  test('puts large pages where no imported table is in their way', () => {
    const policies = { ...DEFAULT_CONFIG.policies, pageSizes: '2M' as const };
    const m = run([map('a', READWRITE, [range(1024, 512)])], machine(TABLES, { policies }));
    expect(record(m, 0)?.vpn).toBe(WINDOW + 512);
    expect(peek(m.paging, (WINDOW + 512) / 2 ** 20, ((WINDOW + 512) << 12) | 0, 0).level).toBe(2);
  });

  test('leaves alone what leads nowhere, in circles, twice, or forbids writing', () => {
    const frames = [
      frame(ROOT, { 136: link(ROOT), 137: link(0x999), 138: link(ROOT + 1), 139: link(ROOT + 1), 140: 0x1002_027 - 2 }),
      frame(ROOT + 1, {}),
      frame(ROOT + 2, {}),
    ];
    const { tables, taken } = readImage(ROOT, frames, DEFAULT_CONFIG);
    expect(tables).toEqual([{ level: 3, prefix: 138, mpn: ROOT + 1, count: 1 }]);
    const slot = 2 ** 27;
    expect(taken).toEqual([
      { start: 136 * slot, end: 138 * slot },
      { start: 139 * slot, end: 141 * slot },
    ]);
    const m = run([map('a', READWRITE, [range(40, 1)]), access('a', 'write')], machine(frames));
    expect(record(m, 0)?.vpn).toBe(138 * slot);
    expect(record(m, 1)?.fault).toBeUndefined();
  });

  test('may be poked and pointed at like any others', () => {
    const poke = { op: 'poke' as const, pcpu: 0, ma: BigInt((ROOT + 2) * 4096 + 5 * 8), value: BigInt(page(77)) };
    const m = run([poke, access('', 'write', { at: { va: BigInt(WINDOW + 5) * 4096n } })], machine());
    expect(record(m, 0)?.says).toContain('a page table');
    expect(record(m, 1)?.ma).toBe(77 * 4096);
    expect(at('a')).toBeDefined();
  });
});
