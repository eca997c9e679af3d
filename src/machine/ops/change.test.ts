import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, DEFAULT_POLICIES, type MachineConfig } from '../config';
import { DEFAULT_CONTROL } from '../control-bits';
import { substance } from '../digest.fixture';
import { Machine } from '../machine';
import { access, at, change, map, range, record, run, statuses, sync } from '../machine.fixture';
import type { AddressRef, Op } from '../op';
import { step } from '../step';
import { EXECUTABLE, MIGHTCHANGE, READONLY, READWRITE, UNCACHED, WRITECOMBINE, type Context } from '../vmkapi';

const made = map('a', READWRITE | MIGHTCHANGE, [range(100, 2)]);
const fixed = map('b', READWRITE, [range(200, 2)]);
const alias = map('c', READONLY, [range(300, 2)]);
const call = (to: AddressRef, attrs = READONLY, context: Context = 'world'): Op => ({
  op: 'change',
  pcpu: 0,
  context,
  at: to,
  attrs,
});

const REFUSED: readonly (readonly [what: string, op: Op, status: string, field: string])[] = [
  ['in a bottom half', call(at('a'), READONLY, 'bottomHalf'), 'VMK_NOT_SUPPORTED', 'context'],
  ['in an interrupt', call(at('a'), READONLY, 'interrupt'), 'VMK_NOT_SUPPORTED', 'context'],
  ['in an NMI', call(at('a'), READONLY, 'nmi'), 'VMK_NOT_SUPPORTED', 'context'],
  ['at 0', call({ va: 0n }), 'VMK_NOT_FOUND', 'va'],
  ['inside a mapping', call(at('a', 4096n)), 'VMK_NOT_FOUND', 'va'],
  ['at an unaligned address', call(at('a', 1n)), 'VMK_NOT_FOUND', 'va'],
  ['at an address that is not canonical', call({ va: 0xffff_4400_0000_0000n }), 'VMK_NOT_FOUND', 'va'],
  ['without MIGHTCHANGE', call(at('b')), 'VMK_NOT_SUPPORTED', 'va'],
  ['of a reference to the linear alias', call(at('c')), 'VMK_NOT_SUPPORTED', 'va'],
  ['to an unknown attribute', call(at('a'), 1n << 40n), 'VMK_BAD_PARAM', 'attrs'],
  ['to WRITECOMBINE with UNCACHED', call(at('a'), WRITECOMBINE | UNCACHED), 'VMK_BAD_PARAM', 'attrs'],
];

test.each(REFUSED)('vmk_MapChangeAttributes %s is refused and changes nothing', (_, op, status, field) => {
  const m = run([made, fixed, alias, op]);
  expect(record(m, 3)).toMatchObject({ status, field });
  expect(substance(m)).toBe(substance(run([made, fixed, alias])));
});

test('MIGHTCHANGE stays whatever later attributes say, and new attributes replace the old ones', () => {
  const m = run([made, change('a', EXECUTABLE), change('a', READWRITE), change('a', READONLY)]);
  expect(statuses(m)).toEqual(['VMK_OK', 'VMK_OK', 'VMK_OK', 'VMK_OK']);
  const second = run([made, change('a', EXECUTABLE)]);
  expect([...second.state.mappings.values()][0].attrs).toBe(EXECUTABLE);
});

/** The micro-ops of the last operation, as its step records name them. */
function microsOf(ops: readonly Op[], config: Partial<MachineConfig>): string[] {
  const machine = new Machine({ ...DEFAULT_CONFIG, ...config }, ops);
  const found: string[] = [];
  for (let made = step(machine); made; made = step(machine)) {
    if (made.op !== ops.length - 1 || made.act.kind !== 'micro') continue;
    const { micro } = made.act;
    found.push(micro.do === 'rewriteEntries' ? `rewrite ${micro.phase}` : micro.do);
  }
  return found;
}

const policies = DEFAULT_POLICIES;
const noNxe = { control: { ...DEFAULT_CONTROL, nxe: false } };
/** What each transition needs: a TLB shootdown, a cache flush. */
const TRANSITIONS: readonly (readonly [
  what: string,
  from: bigint,
  to: bigint,
  shootdown: boolean,
  cacheFlush: boolean,
  config: Partial<MachineConfig>,
])[] = [
  ['RO to RW', READONLY, READWRITE, false, false, {}],
  ['RW to RO', READWRITE, READONLY, true, false, {}],
  ['NX to X', READONLY, EXECUTABLE, false, false, {}],
  ['X to NX', EXECUTABLE, READONLY, true, false, {}],
  ['X to NX without NXE', EXECUTABLE, READONLY, false, false, noNxe],
  ['RW to RX', READWRITE, EXECUTABLE, true, false, {}],
  ['RO to the same', READONLY, READONLY, false, false, {}],
  ['WB to UC', READWRITE, READWRITE | UNCACHED, true, true, {}],
  ['WB to WC', READWRITE, READWRITE | WRITECOMBINE, true, true, {}],
  [
    'WB to UC with self-snoop',
    READWRITE,
    READWRITE | UNCACHED,
    true,
    false,
    { policies: { ...policies, selfSnoop: 'on' } },
  ],
  ['UC to WB', READWRITE | UNCACHED, READWRITE, true, false, {}],
  ['WC to WB', READWRITE | WRITECOMBINE, READWRITE, true, false, {}],
  ['UC to WC', UNCACHED, WRITECOMBINE, true, false, {}],
  ['UC to UC, more rights', UNCACHED, UNCACHED | READWRITE, false, false, {}],
];

test.each(TRANSITIONS)(
  '%s needs what the architecture requires and no more',
  (_, from, to, shootdown, cacheFlush, config) => {
    const found = microsOf([map('a', from | MIGHTCHANGE, [range(100, 1)]), sync, change('a', to)], config);
    expect(found.includes('flushLocal') && found.includes('sendIpis')).toBe(shootdown);
    expect(found.includes('flushLocal')).toBe(shootdown);
    expect(found.includes('flushCaches')).toBe(cacheFlush);
  },
);

test('a type that leaves WB takes the safe order: not present, shootdown, new entries, cache flush', () => {
  const found = microsOf([map('a', READWRITE | MIGHTCHANGE, [range(100, 1)]), sync, change('a', UNCACHED)], {
    pcpus: 2,
  });
  const own = found.filter((name) => !['lock', 'begin', 'interrupt', 'flushRemote', 'sendAck'].includes(name));
  expect(own).toEqual([
    'rewrite notPresent',
    'flushLocal',
    'sendIpis',
    'awaitAcks',
    'release',
    'rewrite present',
    'flushCaches',
    'changeDone',
  ]);
});

test('rights that are taken away hold on every PCPU once the call has returned', () => {
  const ops = [made, ...[0, 1, 2, 3].map((pcpu) => access('a', 'write', { pcpu })), sync, change('a', READONLY), sync];
  const m = run([...ops, ...[0, 1, 2, 3].map((pcpu) => access('a', 'write', { pcpu }))]);
  for (let i = ops.length; i < ops.length + 4; i++)
    expect(record(m, i)!.fault).toMatchObject({ errorCode: 3, reason: 'write-ro-wp' });
  expect(m.state.hazards).toEqual([]);
});

test('rights that are given without a shootdown cost each PCPU one spurious fault, and no more', () => {
  const start = map('a', MIGHTCHANGE, [range(100, 1)]);
  const ops = [
    start,
    access('a', 'read', { pcpu: 1 }),
    sync,
    change('a', READWRITE),
    sync,
    access('a', 'write', { pcpu: 1 }),
    access('a', 'write', { pcpu: 1 }),
  ];
  const m = run(ops);
  expect(record(m, 5)!.access).toMatchObject({ spurious: 1, faults: 0, walks: 1 });
  expect(record(m, 6)!.access).toMatchObject({ spurious: 0, faults: 0, hits1: 1, walks: 0 });
  expect(m.state.hazards).toEqual([]);
});

test('a device mapping keeps to what its resource allows when its attributes change, as when it was made', () => {
  const reservations = [{ name: 'bar', module: 'net', resource: 'nic' }];
  const bar = map('a', UNCACHED | MIGHTCHANGE, [range(0xfeb00, 1)], { mapType: 2, reservation: 'bar' });
  const m = run([bar, change('a', READWRITE), change('a', WRITECOMBINE), change('a', READWRITE | UNCACHED)], {
    reservations,
  });
  expect([1, 2, 3].map((op) => record(m, op)!.status)).toEqual(['VMK_BAD_PARAM', 'VMK_BAD_PARAM', 'VMK_OK']);
});

/** Registers and policies that change between the map and the change of attributes: the entries still hold what they were given. */
const BETWEEN: readonly (readonly [what: string, attrs: bigint, between: Op, config: Partial<MachineConfig>])[] = [
  [
    'UNCACHED means another type by now',
    UNCACHED,
    { op: 'set', pcpu: 0, what: 'policy', name: 'uncached', value: 'UC' },
    {},
  ],
  [
    'NXE is on by now, and the page gets XD',
    READONLY,
    { op: 'set', pcpu: 0, what: 'control', name: 'EFER.NXE', value: true },
    noNxe,
  ],
];
test.each(BETWEEN)('where %s, the same attributes still need a shootdown', (_, attrs, between, config) => {
  const ops = [
    map('a', attrs | MIGHTCHANGE, [range(100, 1)]),
    access('a', 'read', { pcpu: 1 }),
    sync,
    between,
    change('a', attrs),
  ];
  expect(microsOf(ops, config)).toContain('flushLocal');
  const m = run([...ops, sync, access('a', 'read', { pcpu: 1 })], config);
  expect(record(m, 6)!.access!.walks).toBe(1);
});

test('an entry that somebody cleared stays cleared when the memory type changes, even where MPN 0 is mapped beside it', () => {
  const ops = [map('a', READONLY | EXECUTABLE | MIGHTCHANGE, [range(0, 2)])];
  const before = run(ops);
  const table = before.state.directory.tables[1].at(Math.floor(record(before, 0)!.vpn! / 512))!;
  const entry = (m: Machine, page: number): bigint => m.memory.load(table * 4096 + page * 8);
  expect(entry(before, 0)).toBe(1n);
  const cleared: Op = { op: 'poke', pcpu: 0, ma: BigInt(table * 4096 + 8), value: 0n };
  const m = run([...ops, cleared, change('a', UNCACHED)]);
  expect(statuses(m).at(-1)).toBe('VMK_OK');
  expect(entry(m, 0) & 0x219n).toBe(0x11n);
  expect(entry(m, 1)).toBe(0n);
});

test('what is wrong with the new attributes is booked to the change, not to the map', () => {
  const m = run([map('a', READONLY | MIGHTCHANGE, [range(100, 1)]), change('a', READWRITE | EXECUTABLE)]);
  expect(m.state.hazards).toMatchObject([{ rule: 'write-execute', op: 1 }]);
});
