import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, DEFAULT_POLICIES } from '../config';
import { substance } from '../digest.fixture';
import { map, range, record, rules, run, statuses, unmap } from '../machine.fixture';
import type { MapOp, RangeSpec } from '../op';
import { EXECUTABLE, MAP_TYPES, MIGHTCHANGE, READONLY, READWRITE, UNCACHED, WRITECOMBINE } from '../vmkapi';

const one = [range(100, 1)];
const device = { mapType: MAP_TYPES.DEVICE } as const;
const NIC = 0xfeb0_0000 / 4096;
const FRAMEBUFFER = 0xe000_0000 / 4096;
const reservations = [
  { name: 'nicBar', module: 'net', resource: 'nic' },
  { name: 'fbBar', module: 'net', resource: 'framebuffer' },
];
const config = { reservations, policies: { ...DEFAULT_POLICIES, fastPath: 'off' as const } };
const beyond = (startMPN: bigint, numPages = 1): RangeSpec[] => [{ startMPN, numPages }];
const request = (attrs: bigint, ranges: readonly RangeSpec[], more: Partial<MapOp> = {}): MapOp =>
  map('a', attrs, ranges, more);

/** The checks of vmk_Map, in their order: what is wrong, the status, and the field that is named. */
const REFUSED: readonly (readonly [what: string, op: MapOp, status: string, field: string])[] = [
  ['a bottom half', request(READWRITE, one, { context: 'bottomHalf' }), 'VMK_NOT_SUPPORTED', 'context'],
  ['an interrupt', request(READWRITE, one, { context: 'interrupt' }), 'VMK_NOT_SUPPORTED', 'context'],
  ['an NMI', request(READWRITE, one, { context: 'nmi' }), 'VMK_NOT_SUPPORTED', 'context'],
  ['an unknown module', request(READWRITE, one, { module: 7 }), 'VMK_INVALID_MODULE', 'module'],
  ['VMK_INVALID_MODULE_ID', request(READWRITE, one, { module: -1 }), 'VMK_INVALID_MODULE', 'module'],
  ['mapType NONE', request(READWRITE, one, { mapType: MAP_TYPES.NONE }), 'VMK_BAD_PARAM', 'mapType'],
  ['an unknown mapType', request(READWRITE, one, { mapType: 3 }), 'VMK_BAD_PARAM', 'mapType'],
  ['the lowest unknown attribute', request(32n, one), 'VMK_BAD_PARAM', 'mapAttrs'],
  ['the highest unknown attribute', request(READWRITE | (1n << 63n), one), 'VMK_BAD_PARAM', 'mapAttrs'],
  ['WRITECOMBINE with UNCACHED', request(WRITECOMBINE | UNCACHED, one), 'VMK_BAD_PARAM', 'mapAttrs'],
  ['no ranges', request(READWRITE, []), 'VMK_BAD_PARAM', 'numElements'],
  ['a range of 0 pages', request(READWRITE, [...one, range(5, 0)]), 'VMK_BAD_PARAM', 'mpnRanges[1].numPages'],
  ['a page beyond MAXPHYADDR', request(READWRITE, beyond(2n ** 34n)), 'VMK_BAD_PARAM', 'mpnRanges[0].startMPN'],
  [
    'a range that ends beyond MAXPHYADDR',
    request(READWRITE, [...one, ...beyond(2n ** 34n - 1n, 2)]),
    'VMK_BAD_PARAM',
    'mpnRanges[1].startMPN',
  ],
  ['VMK_INVALID_MPN', request(READWRITE, beyond(2n ** 64n - 1n)), 'VMK_BAD_PARAM', 'mpnRanges[0].startMPN'],
  ['a sum that wraps 64 bits', request(READWRITE, beyond(2n ** 64n - 2n, 4)), 'VMK_BAD_PARAM', 'mpnRanges[0].startMPN'],
  [
    'more pages than the window has',
    request(READWRITE, [range(0, 2 ** 32 - 1), range(0, 2 ** 32 - 1), range(0, 3)]),
    'VMK_NO_ADDRESS_SPACE',
    'mpnRanges',
  ],
  ['DEVICE without reservation', request(UNCACHED, [range(NIC, 1)], device), 'VMK_BAD_PARAM', 'reservation'],
  [
    'DEVICE with a reservation that nobody made',
    request(UNCACHED, [range(NIC, 1)], { ...device, reservation: 'none' }),
    'VMK_BAD_PARAM',
    'reservation',
  ],
  [
    'DEVICE with the reservation of another module',
    request(UNCACHED, [range(NIC, 1)], { ...device, reservation: 'nicBar', module: 'storage' }),
    'VMK_BAD_PARAM',
    'reservation',
  ],
  [
    'DEVICE before its reservation',
    request(UNCACHED, [range(NIC - 1, 1)], { ...device, reservation: 'nicBar' }),
    'VMK_BAD_ADDR_RANGE',
    'mpnRanges[0]',
  ],
  [
    'DEVICE past its reservation',
    request(UNCACHED, [range(NIC, 1), range(NIC + 31, 2)], { ...device, reservation: 'nicBar' }),
    'VMK_BAD_ADDR_RANGE',
    'mpnRanges[1]',
  ],
  [
    'WRITECOMBINE on what is not PREFETCHABLE',
    request(WRITECOMBINE, [range(NIC, 1)], { ...device, reservation: 'nicBar' }),
    'VMK_BAD_PARAM',
    'mapAttrs',
  ],
  [
    'cached on what is not CACHEABLE',
    request(READWRITE, [range(FRAMEBUFFER, 1)], { ...device, reservation: 'fbBar' }),
    'VMK_BAD_PARAM',
    'mapAttrs',
  ],
];

test.each(REFUSED)('vmk_Map with %s is refused, names the field, and changes nothing', (_, op, status, field) => {
  const m = run([op], config);
  expect(record(m, 0)).toMatchObject({ status, field });
  expect(record(m, 0)!.vpn).toBeUndefined();
  expect(record(m, 0)!.says.length).toBeGreaterThan(10);
  expect(substance(m)).toBe(substance(run([], config)));
});

test('the first check that fails decides', () => {
  const wrong: Partial<MapOp> = { context: 'nmi', module: 'gone', mapType: 9 };
  const steps = [wrong, { module: 'gone', mapType: 9 }, { mapType: 9 }, {}] as const;
  const found = steps.map((more) => record(run([map('a', 64n, [range(1, 0)], more)]), 0)!.field);
  expect(found).toEqual(['context', 'module', 'mapType', 'mapAttrs']);
  expect(record(run([map('a', READWRITE, [range(2 ** 40, 0)])]), 0)!.field).toBe('mpnRanges[0].numPages');
});

test('a window without a hole of the size refuses, and gives nothing out', () => {
  const small = { ...config, window: { vpn: DEFAULT_CONFIG.window.vpn, pages: 8 } };
  const ops = [map('a', READWRITE, [range(100, 3)]), map('b', READWRITE, [range(100, 3)]), unmap('a')];
  const m = run([...ops, map('c', READWRITE, [range(100, 4)])], small);
  expect(record(m, 3)).toMatchObject({ status: 'VMK_NO_ADDRESS_SPACE', field: 'mpnRanges' });
  expect(substance(m)).toBe(substance(run(ops, small)));
  expect(statuses(run([...ops, map('c', READWRITE, [range(100, 3)])], small))[3]).toBe('VMK_OK');
});

test('without a frame for a table the call fails whole: address space and frames are as before', () => {
  const tight = { ...config, alias: undefined, tablePool: { startMPN: 4096, pages: 4 } };
  const fits = run([map('a', READWRITE, [range(100, 512)])], tight);
  expect(statuses(fits)).toEqual(['VMK_OK']);
  const m = run([map('a', READWRITE, [range(100, 513)])], tight);
  expect(record(m, 0)!.status).toBe('VMK_NO_MEMORY');
  expect(substance(m)).toBe(substance(run([], tight)));
  const injected = run(
    [{ op: 'fault', what: 'noFrame', pcpu: 0, times: 1, cycles: 0 }, map('a', READWRITE, one)],
    config,
  );
  expect(record(injected, 1)!.status).toBe('VMK_NO_MEMORY');
  expect(substance(injected)).toBe(substance(run([], config)));
});

test('DEFAULT ignores the reservation and takes pages that are not RAM, with a note', () => {
  const m = run([map('a', READWRITE, [range(NIC, 1)], { reservation: 'none' })]);
  expect(statuses(m)).toEqual(['VMK_OK']);
  expect(rules(m)).toEqual(['not-ram']);
});

test('DEVICE within its reservation is mapped, and vmkernel may use the reservation of a driver', () => {
  const ops = [
    map('a', UNCACHED, [range(NIC, 32)], { ...device, reservation: 'nicBar' }),
    map('b', UNCACHED, [range(NIC, 1)], { ...device, reservation: 'nicBar', module: 0 }),
    map('c', WRITECOMBINE, [range(FRAMEBUFFER, 4096)], { ...device, reservation: 'fbBar' }),
  ];
  expect(statuses(run(ops, config))).toEqual(['VMK_OK', 'VMK_OK', 'VMK_OK']);
});

test('repeated and overlapping pages are legal, within a request and between requests', () => {
  const m = run(
    [map('a', READWRITE, [range(100, 2), range(101, 2), range(100, 1)]), map('b', READWRITE, [range(100, 2)])],
    config,
  );
  expect(statuses(m)).toEqual(['VMK_OK', 'VMK_OK']);
  expect(m.state.mappings.size).toBe(2);
});

test('the fast path answers one read-only range of RAM and nothing else', () => {
  const { alias } = DEFAULT_CONFIG;
  const answered = (attrs: bigint, ranges: readonly RangeSpec[], more: Partial<MapOp> = {}): boolean => {
    const m = run([map('a', attrs, ranges, more)], { reservations });
    expect(statuses(m)).toEqual(['VMK_OK']);
    return m.state.aliases.size === 1;
  };
  expect(answered(READONLY, one)).toBe(true);
  for (const attrs of [READWRITE, EXECUTABLE, WRITECOMBINE, UNCACHED, MIGHTCHANGE])
    expect(answered(attrs, one)).toBe(false);
  expect(answered(READONLY, [range(100, 1), range(101, 1)])).toBe(false);
  expect(answered(READONLY, [range(NIC, 1)])).toBe(false);
  expect(answered(READONLY, [range(159, 2)])).toBe(false);
  expect(run([map('a', READONLY, one)], config).state.aliases.size).toBe(0);
  const twice = run([map('a', READONLY, one), map('b', READONLY, one), unmap('a')]);
  expect(record(twice, 1)!.vpn).toBe(record(twice, 0)!.vpn);
  expect(record(twice, 0)!.vpn).toBe(alias!.vpn + 100);
  expect(twice.state.aliases.size).toBe(1);
  expect(twice.state.pool.used).toBe(run([]).state.pool.used);
});

test('a raw module id is the module of that number', () => {
  const m = run([map('a', READWRITE, one, { module: 2 })], config);
  expect([...m.state.mappings.values()][0].module).toBe(2);
});
