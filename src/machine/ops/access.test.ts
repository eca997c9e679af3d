import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, DEFAULT_POLICIES, type MachineConfig } from '../config';
import { DEFAULT_CONTROL, type ControlBits } from '../control-bits';
import { access, at, change, map, range, record, run, sync } from '../machine.fixture';
import type { Machine } from '../machine';
import type { AccessOp, Op } from '../op';
import { typeName } from '../mmu';
import { decodePat, PAT_POWER_ON } from '../memory-type';
import { variableRange } from '../mtrr';
import { EXECUTABLE, MIGHTCHANGE, READONLY, READWRITE, UNCACHED, WRITECOMBINE } from '../vmkapi';

const WINDOW = 0x4400_0000_0000;
const off = { policies: { ...DEFAULT_POLICIES, fastPath: 'off' as const } };
const control = (bits: Partial<ControlBits>): Partial<MachineConfig> => ({
  ...off,
  control: { ...DEFAULT_CONTROL, ...bits },
});
const nowhere = (more: Partial<AccessOp> = {}): Op => ({ ...access('none'), at: { va: 0x4500_0000_0000n }, ...more });

/** The frame of the page table of the first mapping, where vmkernel's list has it. */
const tableOf = (m: Machine): number => m.state.directory.tables[1].at(WINDOW / 4096 / 512)!;
/** One page, its entry with some bits turned over by hand, then an access. */
function poked(flip: bigint, op: Op, config: Partial<MachineConfig> = {}, attrs = READWRITE): Machine {
  const first = run([map('a', attrs, [range(100, 1)])], { ...off, ...config });
  const ma = BigInt(tableOf(first)) * 4096n;
  return run(
    [map('a', attrs, [range(100, 1)]), { op: 'poke', pcpu: 0, ma, value: first.memory.load(Number(ma)) ^ flip }, op],
    { ...off, ...config },
  );
}
const errorOf = (m: Machine): number | undefined => record(m, m.ops.length - 1)!.fault?.errorCode;

/** The error codes of SDM vol. 3A 4.7, as examples. */
const CODES: readonly (readonly [what: string, machine: Machine, code: number])[] = [
  [
    'a supervisor write to a read-only page with WP',
    run([map('a', READONLY, [range(100, 1)]), access('a', 'write')], off),
    0x3,
  ],
  ['a supervisor read of a page that is not present', run([nowhere()]), 0x0],
  ['a supervisor write of a page that is not present', run([nowhere({ kind: 'write' })]), 0x2],
  ['a user read of a page that is not present', run([nowhere({ privilege: 'user' })]), 0x4],
  [
    'a supervisor fetch of a page with XD',
    run([map('a', READWRITE, [range(100, 1)]), access('a', 'execute')], off),
    0x11,
  ],
  ['a fetch of a page that is not present, with NXE', run([nowhere({ kind: 'execute' })]), 0x10],
  [
    'a fetch of a page that is not present, without NXE and SMEP',
    run([nowhere({ kind: 'execute' })], control({ nxe: false })),
    0x0,
  ],
  [
    'a fetch of a page that is not present, with SMEP alone',
    run([nowhere({ kind: 'execute' })], control({ nxe: false, smep: true })),
    0x10,
  ],
  [
    'a supervisor read of an entry with bit 63 without NXE',
    poked(1n << 63n, access('a'), control({ nxe: false })),
    0x9,
  ],
  ['a supervisor write of an entry with the bit of MAXPHYADDR', poked(1n << 46n, access('a', 'write')), 0xb],
  [
    'a user write of a supervisor page',
    run([map('a', READWRITE, [range(100, 1)]), access('a', 'write', { privilege: 'user' })], off),
    0x7,
  ],
  [
    'a user read of a supervisor page',
    run([map('a', READWRITE, [range(100, 1)]), access('a', 'read', { privilege: 'user' })], off),
    0x5,
  ],
  [
    'a kernel fetch of a user page with SMEP',
    poked(4n, access('a', 'execute'), control({ smep: true }), EXECUTABLE),
    0x11,
  ],
  ['a kernel read of a user page with SMAP', poked(4n, access('a'), control({ smap: true })), 0x1],
  ['the entry of the page not present', poked(1n, access('a', 'write')), 0x2],
];
test.each(CODES)('%s has its error code', (_, m, code) => {
  expect(errorOf(m)).toBe(code);
});

test('what WP, AC and NXE allow is allowed', () => {
  expect(
    errorOf(run([map('a', READONLY, [range(100, 1)]), access('a', 'write')], control({ wp: false }))),
  ).toBeUndefined();
  expect(errorOf(poked(4n, access('a', 'read', { ac: true }), control({ smap: true })))).toBeUndefined();
  expect(
    errorOf(run([map('a', READWRITE, [range(100, 1)]), access('a', 'execute')], control({ nxe: false }))),
  ).toBeUndefined();
});

test('an address that is not canonical is #GP and reads no table; one page before it is #PF', () => {
  const at47 = (va: bigint): Machine => run([{ ...nowhere(), at: { va } } as Op]);
  for (const va of [1n << 47n, 0xffff_7fff_ffff_ffffn, 1n << 63n]) {
    expect(record(at47(va), 0)!.fault).toMatchObject({ vector: 'GP', errorCode: 0 });
    expect(at47(va).tlbs[0].counters.walks).toBe(0);
  }
  for (const va of [(1n << 47n) - 1n, 0xffff_8000_0000_0000n]) {
    expect(record(at47(va), 0)!.fault).toMatchObject({ vector: 'PF', cr2: va });
  }
});

test('A stands in every entry used and D in the leaf alone, and a fault at the leaf leaves the leaf alone', () => {
  const entries = (ops: readonly Op[]): bigint[] => {
    const m = run([map('a', READONLY, [range(100, 1)]), ...ops], control({ wp: ops.length > 1 }));
    const { tables, root } = m.state.directory;
    const vpn = WINDOW / 4096;
    const frames = [root, tables[3].at(vpn / 512 ** 3)!, tables[2].at(vpn / 512 ** 2)!, tables[1].at(vpn / 512)!];
    return frames.map((mpn, i) => m.memory.load(mpn * 4096 + (Math.floor(vpn / 512 ** (3 - i)) % 512) * 8) & 0x60n);
  };
  expect(entries([])).toEqual([0n, 0n, 0n, 0n]);
  expect(entries([access('a', 'write')])).toEqual([0x20n, 0x20n, 0x20n, 0x60n]);
  const refused = access('a', 'write');
  expect(entries([refused, refused])).toEqual([0x20n, 0x20n, 0x20n, 0n]);
});

test('a write after a read walks again, to set D, and the next write does not', () => {
  const m = run([map('a', READWRITE, [range(100, 1)]), access('a'), access('a', 'write'), access('a', 'write')]);
  const tally = [1, 2, 3].map((op) => record(m, op)!.access!);
  expect(tally.map(({ hits1, walks }) => [hits1, walks])).toEqual([[0, 1], [0, 1], [1, 0]]); // prettier-ignore
});

test('the number of entries that a walk reads falls with what the paging-structure caches hold', () => {
  const ops = [
    map('a', READWRITE, [range(100, 600)]),
    access('a'),
    access('a', 'read', { at: at('a', 4096n) }),
    access('a', 'read', { at: at('a', 512n * 4096n) }),
  ];
  expect([1, 2, 3].map((op) => record(run(ops), op)!.says.match(/a walk of \d/)![0])).toEqual([
    'a walk of 4',
    'a walk of 1',
    'a walk of 2',
  ]);
  expect(
    [1, 2, 3].map((op) => record(run(ops, { structureCaches: false }), op)!.says.match(/a walk of \d/)![0]),
  ).toEqual(['a walk of 4', 'a walk of 4', 'a walk of 4']);
});

const powerOn = decodePat(PAT_POWER_ON);
const framebuffer = 0xe_0000;
const wcRange = { ...DEFAULT_CONFIG.mtrrs, variable: [variableRange(0xe000_0000n, 0x100_0000n, 'WC', 46)] };
/** The effective types of x86 examples: attributes, frame, and what the page then is. */
const TYPES: readonly (readonly [
  what: string,
  attrs: bigint,
  mpn: number,
  type: string,
  config: Partial<MachineConfig>,
])[] = [
  ['a cached map of a BAR whose MTRR is UC', READWRITE, 0xfeb00, 'UC', {}],
  ['UNCACHED over RAM with the power-on PAT', UNCACHED, 100, 'UC', { pat: powerOn.ok ? powerOn.value : [] }],
  ['WRITECOMBINE on a BAR whose MTRR is UC', WRITECOMBINE, 0xfeb00, 'WC', {}],
  ['UNCACHED as UC- over an MTRR of WC', UNCACHED, framebuffer, 'WC', { mtrrs: wcRange }],
  [
    'UNCACHED as UC over an MTRR of WC',
    UNCACHED,
    framebuffer,
    'UC',
    { mtrrs: wcRange, policies: { ...DEFAULT_POLICIES, uncached: 'UC' } },
  ],
  ['a map of the BIOS ROM, whose fixed MTRR is WP', READWRITE, 0xf0, 'WP', {}],
  ['RAM', READWRITE, 100, 'WB', {}],
];
test.each(TYPES)('%s has its effective type in the TLB', (_, attrs, mpn, type, config) => {
  const m = run([map('a', attrs, [range(mpn, 1)]), access('a')], config);
  const types: string[] = [];
  m.tlbs[0].forEach((entry) => types.push(typeName(entry.type)));
  expect(new Set(types)).toEqual(new Set([type]));
});

test('TLB entries are made for what was reached: page size, frame, rights and D', () => {
  const ops = [map('a', READWRITE, [range(512, 512)]), access('a', 'write', { at: at('a', 0x12_3008n) })];
  const m = run(ops, { policies: { ...DEFAULT_POLICIES, pageSizes: '2M' } });
  const entries: unknown[] = [];
  m.tlbs[0].forEach(({ level, mpn, dirty, rights }, { tlb }) => entries.push([tlb, level, mpn, dirty, rights]));
  expect(entries).toEqual([
    ['l1d2m', 2, 512, true, 10],
    ['l2', 2, 512, true, 10],
  ]);
  expect(record(m, 1)!.ma).toBe(512 * 4096 + 0x12_3008);
});

test('a spurious fault in a burst costs what it costs a single access: it drops the entry and the structures, and walks from CR3', () => {
  const before = [map('a', MIGHTCHANGE, [range(100, 1)]), access('a'), change('a', READWRITE)];
  const burst = run([...before, access('a', 'write', { count: 2, stride: 8n })]);
  const singles = run([...before, access('a', 'write'), access('a', 'write', { at: at('a', 8n) })]);
  expect(record(burst, 3)!.access).toMatchObject({ spurious: 1, walks: 1, hits1: 1 });
  const spent = (m: Machine, op: number): number => record(m, op)!.cycles.translate!;
  expect(spent(burst, 3)).toBe(spent(singles, 3) + spent(singles, 4));
});

test('a burst leaves off where another PCPU has something to do, so that a shootdown is seen in its middle', () => {
  const ops: Op[] = [
    map('a', READWRITE, [range(100, 1)]),
    access('a', 'read', { pcpu: 1 }),
    sync,
    access('a', 'read', { pcpu: 1, count: 20_000, stride: 0n }),
    { op: 'unmap', pcpu: 0, context: 'world', at: at('a') },
  ];
  const m = run(ops, { pcpus: 2 });
  const { hits1, faults } = record(m, 3)!.access!;
  expect(hits1).toBeGreaterThan(100);
  expect(faults).toBeGreaterThan(1000);
  expect(hits1 + faults).toBe(20_000);
});
