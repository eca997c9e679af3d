import type { AccessOp, AddressRef, Op } from '../machine/op';
import type { MachineConfig } from '../machine/config';
import type { Region } from '../machine/regions';
import { EXECUTABLE, MAP_TYPES, MIGHTCHANGE, READWRITE } from '../machine/vmkapi';
import type { Scenario } from './parse';

/**
 * The scenario that the page opens on: library/example-2.json as it is read. It stands here ready-made because the first picture
 * would otherwise wait for the reader of documents, the defaults and the whole library; a test keeps the two the same.
 */
const start: AddressRef = { mapping: 'va', offset: 0n };
const secondRange: AddressRef = { mapping: 'va', offset: 0xf000n };
const sync: Op = { op: 'sync' };

const access = (pcpu: number, at: AddressRef, kind: AccessOp['kind'], count = 1): AccessOp => ({
  op: 'access',
  pcpu,
  at,
  kind,
  privilege: 'supervisor',
  ac: false,
  count,
  stride: 4096n,
});

const region = (kind: Region['kind'], name: string, startMPN: number, pages: number): Region => ({
  kind,
  name,
  startMPN,
  pages,
});

const CONFIG: MachineConfig = {
  pcpus: 4,
  maxPhyAddr: 46,
  regions: [
    region('ram', 'low memory', 0, 0xa0),
    region('rom', 'BIOS', 0xf0, 0x10),
    region('ram', 'memory', 0x100, 0x3_ff00),
    region('device', 'framebuffer', 0xe_0000, 0x1000),
    region('device', 'nvme', 0xf_ea00, 4),
    region('device', 'nic', 0xf_eb00, 32),
    region('device', 'apic', 0xf_ee00, 1),
  ],
  tablePool: { startMPN: 0x1000, pages: 4094 },
  resources: [
    { name: 'framebuffer', start: 0xe000_0000, length: 0x100_0000, attrs: ['PREFETCHABLE'] },
    { name: 'nvme', start: 0xfea0_0000, length: 0x4000, attrs: [] },
    { name: 'nic', start: 0xfeb0_0000, length: 0x2_0000, attrs: ['SHAREABLE'] },
    { name: 'apic', start: 0xfee0_0000, length: 0x1000, attrs: [] },
  ],
  reservations: [],
  modules: ['net', 'storage'],
  control: { wp: true, pge: false, smep: false, smap: false, pcide: false, nxe: true },
  pat: ['WB', 'WC', 'UC-', 'UC', 'WB', 'WP', 'UC-', 'WT'],
  mtrrs: {
    enabled: true,
    fixedEnabled: true,
    defaultType: 'WB',
    fixed: Array.from({ length: 88 }, (_, i) => (i < 16 ? 'WB' : i < 24 ? 'UC' : 'WP')),
    variable: [{ base: 0xc000_0000n, mask: 0x3fff_c000_0800n }],
  },
  tlb: {
    l1d4k: { entries: 64, ways: 4 },
    l1d2m: { entries: 32, ways: 4 },
    l1d1g: { entries: 4, ways: 4 },
    l1i: { entries: 64, ways: 8 },
    l2: { entries: 1536, ways: 12 },
  },
  structureCaches: true,
  window: { vpn: 0x4_4000_0000, pages: 2 ** 33 },
  alias: { vpn: 0x6_4000_0000, pages: 7 * 2 ** 30 },
  policies: {
    shootdown: 'classic',
    fastPath: 'on',
    pageSizes: '4K',
    emptyTables: 'free',
    moduleUnload: 'refuse',
    uncached: 'UC-',
    selfSnoop: 'off',
    granularity: 'bulk',
    flushCeiling: 33,
    lazyPages: 64,
    ackTimeout: 1_000_000,
  },
  costs: 'haswell',
};

export const OPENING: Scenario = {
  version: 1,
  title: 'Example 2: MPN 6–20 and 42–50, read-write',
  config: CONFIG,
  ops: [
    {
      op: 'map',
      pcpu: 0,
      context: 'world',
      as: 'va',
      module: 'net',
      mapType: MAP_TYPES.DEFAULT,
      attrs: READWRITE | MIGHTCHANGE,
      ranges: [
        { startMPN: 6n, numPages: 15 },
        { startMPN: 42n, numPages: 9 },
      ],
    },
    access(0, start, 'write', 24),
    access(1, start, 'read', 4),
    access(2, secondRange, 'write', 3),
    sync,
    { op: 'change', pcpu: 0, context: 'world', at: start, attrs: EXECUTABLE },
    sync,
    access(1, start, 'read'),
    access(1, start, 'write'),
    access(2, secondRange, 'execute'),
    sync,
    { op: 'unmap', pcpu: 0, context: 'world', at: start },
    sync,
    access(1, start, 'read'),
    access(2, secondRange, 'read'),
  ],
};
