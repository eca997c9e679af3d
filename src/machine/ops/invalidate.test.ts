import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, DEFAULT_POLICIES } from '../config';
import { DEFAULT_CONTROL, type ControlBits } from '../control-bits';
import { Machine } from '../machine';
import { access, at, map, range, sync } from '../machine.fixture';
import type { InvalidateOp, Op } from '../op';
import { step } from '../step';
import { GLOBAL } from '../set-cache';
import { dataHigh } from '../tlb';
import { READWRITE } from '../vmkapi';

/** What is cached before each instruction: two pages in two PCIDs, plain and global, and structures of both PCIDs. */
const PAGES = { here: 0x4400_0000_0, there: 0x4480_0000_0 } as const;
type Held = 'here0' | 'here1' | 'hereG' | 'there0' | 'there1' | 'thereG' | 'structures0' | 'structures1';
const ALL: readonly Held[] = ['here0', 'here1', 'hereG', 'there0', 'there1', 'thereG', 'structures0', 'structures1'];
const MPN: Readonly<Record<string, number>> = { here0: 10, here1: 11, hereG: 12, there0: 20, there1: 21, thereG: 22 };

/** A machine in PCID 0 whose PCPU 0 holds all of them. Global entries are of another size, so that no key stands for two. */
function filled(control: Partial<ControlBits>, op: Op): Machine {
  const m = new Machine({ ...DEFAULT_CONFIG, pcpus: 2, control: { ...DEFAULT_CONTROL, ...control } }, [op]);
  const tlb = m.tlbs[0];
  const fill = (name: string, vpn: number, level: 1 | 2, pcid: number, global: boolean): void => {
    tlb.now++;
    const hi = dataHigh(MPN[name], 2, 6, global ? GLOBAL : 0);
    tlb.fill(level, Math.floor(vpn / 2 ** 20), (vpn * 4096) | 0, false, pcid, MPN[name], hi, 1);
  };
  for (const page of ['here', 'there'] as const) {
    for (const pcid of [0, 1]) fill(`${page}${pcid}`, PAGES[page], 1, pcid, false);
    fill(`${page}G`, PAGES[page], 2, 3, true);
  }
  for (const pcid of [0, 1])
    tlb.fillStructure(2, Math.floor(PAGES.there / 2 ** 20), (PAGES.there * 4096) | 0, pcid, 77, 6, 1);
  return m;
}

function heldAfter(m: Machine): Held[] {
  while (step(m));
  const names = new Set<string>();
  m.tlbs[0].forEach(({ mpn }) => names.add(Object.keys(MPN).find((name) => MPN[name] === mpn) ?? '?'));
  m.tlbs[0].forEachStructure(({ pcid }) => names.add(`structures${pcid}`));
  return ALL.filter((name) => names.has(name));
}

const without = (...gone: Held[]): Held[] => ALL.filter((name) => !gone.includes(name));
const here = { va: BigInt(PAGES.here) * 4096n };
const inv = (op: object): Op => ({ op: 'invalidate', pcpu: 0, ...op }) as InvalidateOp;
const set = (name: 'CR4.PGE' | 'CR4.PCIDE' | 'CR4.SMEP', value: boolean): Op => ({
  op: 'set',
  pcpu: 0,
  what: 'control',
  name,
  value,
});
const pcids = { pcide: true, pge: true };

/** SDM vol. 3A 4.10.4.1, row by row: what is left of what was cached. */
const ROWS: readonly (readonly [what: string, control: Partial<ControlBits>, op: Op, left: readonly Held[]])[] = [
  [
    'INVLPG drops the page of any size in this PCID and globally, and all structures of this PCID',
    pcids,
    inv({ how: 'invlpg', at: here }),
    without('here0', 'hereG', 'structures0'),
  ],
  [
    'INVLPG of an address that is not canonical does nothing',
    pcids,
    inv({ how: 'invlpg', at: { va: 1n << 47n } }),
    ALL,
  ],
  [
    'INVPCID type 0 drops one page of one PCID and keeps global entries',
    pcids,
    inv({ how: 'invpcid', type: 0, pcid: 1, at: here }),
    without('here1', 'structures1'),
  ],
  [
    'INVPCID type 1 drops one PCID and keeps global entries',
    pcids,
    inv({ how: 'invpcid', type: 1, pcid: 1 }),
    without('here1', 'there1', 'structures1'),
  ],
  ['INVPCID type 2 drops everything', pcids, inv({ how: 'invpcid', type: 2, pcid: 1 }), []],
  [
    'INVPCID type 3 drops everything but global entries',
    pcids,
    inv({ how: 'invpcid', type: 3, pcid: 1 }),
    ['hereG', 'thereG'],
  ],
  [
    'MOV CR3 without PCIDE drops everything but global entries',
    { pge: true },
    inv({ how: 'cr3', pcid: 1, keep: false }),
    ['hereG', 'thereG'],
  ],
  ['MOV CR3 without PCIDE and with bit 63 is #GP', { pge: true }, inv({ how: 'cr3', pcid: 0, keep: true }), ALL],
  [
    'MOV CR3 with PCIDE drops the new PCID',
    pcids,
    inv({ how: 'cr3', pcid: 1, keep: false }),
    without('here1', 'there1', 'structures1'),
  ],
  ['MOV CR3 with PCIDE and bit 63 drops nothing', pcids, inv({ how: 'cr3', pcid: 1, keep: true }), ALL],
  ['CR4.PGE toggled drops everything', pcids, inv({ how: 'pge' }), []],
  ['CR4.PGE changed drops everything', pcids, set('CR4.PGE', false), []],
  ['CR4.PGE set to what it is drops nothing', pcids, set('CR4.PGE', true), ALL],
  ['CR4.PCIDE 1 to 0 drops everything', pcids, set('CR4.PCIDE', false), []],
  ['CR4.PCIDE 0 to 1 drops nothing', { pge: true }, set('CR4.PCIDE', true), ALL],
  [
    'CR4.SMEP 0 to 1 drops the current PCID and global entries',
    pcids,
    set('CR4.SMEP', true),
    without('here0', 'there0', 'hereG', 'thereG', 'structures0'),
  ],
  ['CR4.SMEP 1 to 0 drops nothing', { ...pcids, smep: true }, set('CR4.SMEP', false), ALL],
];

test.each(ROWS)('%s', (_, control, op, left) => {
  expect(heldAfter(filled(control, op))).toEqual(left);
});

test('INVPCID of a PCID that cannot be is #GP(0) and drops nothing', () => {
  const type = (n: number, pcid: number): Op => inv({ how: 'invpcid', type: n, pcid, at: here });
  for (const op of [type(0, 1), type(1, 4095)]) {
    const m = filled({ pge: true }, op);
    expect(heldAfter(m)).toEqual(ALL);
    expect(m.state.records.get(0)).toMatchObject({ raised: 'GP', says: expect.stringMatching(/#GP\(0\).*PCIDE is 0/) });
  }
  // PCID 0 is the only one there is; types 2 and 3 name none.
  for (const op of [type(0, 0), type(1, 0), type(2, 1), type(3, 1)]) {
    const m = filled({ pge: true }, op);
    expect(heldAfter(m)).not.toEqual(ALL);
    expect(m.state.records.get(0)?.raised).toBeUndefined();
  }
  const far = filled(pcids, inv({ how: 'invpcid', type: 0, pcid: 1, at: { va: 1n << 47n } }));
  expect(heldAfter(far)).toEqual(ALL);
  expect(far.state.records.get(0)?.raised).toBe('GP');
});

test('MOV CR3 says that its low bits are no PCID while PCIDE is 0', () => {
  const says = (control: Partial<ControlBits>, pcid: number): string | undefined => {
    const m = filled(control, inv({ how: 'cr3', pcid, keep: false }));
    while (step(m));
    return m.state.records.get(0)?.says;
  };
  expect(says({}, 5)).toContain('CR4.PCIDE is 0, so bits 11:0 are no PCID');
  expect(says({}, 0)).not.toContain('PCID');
  expect(says(pcids, 5)).toContain('moves to PCID 5');
});

test('before any of them everything is there', () => {
  expect(heldAfter(filled(pcids, sync))).toEqual(ALL);
});

test('each acts on its own PCPU alone', () => {
  for (const how of [
    inv({ how: 'invlpg', at: here, pcpu: 1 }),
    inv({ how: 'invpcid', type: 2, pcid: 0, pcpu: 1 }),
    inv({ how: 'pge', pcpu: 1 }),
    inv({ how: 'cr3', pcid: 0, keep: false, pcpu: 1 }),
  ]) {
    expect(heldAfter(filled(pcids, how))).toEqual(ALL);
  }
});

test('a page fault drops what is held for its address, and its structures in the current PCID', () => {
  const write = access('none', 'write', { at: here });
  const left = heldAfter(filled(pcids, { ...write, privilege: 'user' }));
  expect(left).toEqual(without('here0', 'hereG'));
  const there = heldAfter(filled(pcids, { ...write, privilege: 'user', at: { va: BigInt(PAGES.there) * 4096n } }));
  expect(there).toEqual(without('there0', 'thereG', 'structures0'));
});

test('INVLPG drops a large page by any address inside it', () => {
  const config = { ...DEFAULT_CONFIG, policies: { ...DEFAULT_POLICIES, pageSizes: '2M' as const } };
  const ops = [map('a', READWRITE, [range(512, 512)]), access('a'), inv({ how: 'invlpg', at: at('a', 0x1f_f123n) })];
  const m = new Machine(config, ops);
  while (step(m));
  expect(m.tlbs[0].l1d2m.live + m.tlbs[0].l2.live).toBe(0);
  const kept = new Machine(config, ops.slice(0, 2));
  while (step(kept));
  expect(kept.tlbs[0].l1d2m.live).toBe(1);
});
