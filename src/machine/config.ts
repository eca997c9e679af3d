import { DEFAULT_CONTROL, type ControlBits } from './control-bits';
import type { CostProfileName } from './cost';
import { decodePat, PAT_WITH_WC, type Pat } from './memory-type';
import { fixedTypes, variableRange, type Mtrrs } from './mtrr';
import type { Region } from './regions';
import type { TableImage } from './table-image';
import type { TlbGeometry } from './tlb';
import type { IoAttrName } from './vmkapi';

/** The machine as a scenario sets it up. Every value here is checked by the scenario's schema before it gets this far. */
export interface MachineConfig {
  readonly pcpus: number;
  readonly maxPhyAddr: number;
  readonly regions: readonly Region[];
  /** The RAM that vmkernel keeps for paging structures. */
  readonly tablePool: { readonly startMPN: number; readonly pages: number };
  readonly resources: readonly IoResourceConfig[];
  readonly reservations: readonly IoReservationConfig[];
  /** Module 0 is always vmkernel and is not listed. Ids count from 1 in this order. */
  readonly modules: readonly string[];
  readonly control: ControlBits;
  readonly pat: Pat;
  readonly mtrrs: Mtrrs;
  readonly tlb: TlbGeometry;
  readonly structureCaches: boolean;
  readonly window: { readonly vpn: number; readonly pages: number };
  /** Where the read-only alias of RAM starts, or undefined for none. */
  readonly alias: { readonly vpn: number; readonly pages: number } | undefined;
  /** The tables that are there at the start, in place of those that vmkernel makes. Then there is no linear alias but what they hold. */
  readonly image?: TableImage | undefined;
  readonly policies: Policies;
  readonly costs: CostProfileName;
}

export interface IoResourceConfig {
  readonly name: string;
  /** Bytes. */
  readonly start: number;
  readonly length: number;
  readonly attrs: readonly IoAttrName[];
}

/** A reservation that a module holds from the start. */
export interface IoReservationConfig {
  readonly name: string;
  readonly module: string;
  readonly resource: string;
}

/** Each policy with its values; the first is the default. What they mean is in policy-text.ts. */
export const POLICIES = {
  shootdown: ['classic', 'lazy'],
  fastPath: ['on', 'off'],
  pageSizes: ['4K', '2M', '1G'],
  emptyTables: ['free', 'keep'],
  moduleUnload: ['refuse', 'leak'],
  uncached: ['UC-', 'UC'],
  selfSnoop: ['off', 'on'],
  granularity: ['bulk', 'fine'],
} as const satisfies Record<string, readonly string[]>;
export type PolicyName = keyof typeof POLICIES;

/** Numbers that tune the policies, with the largest that makes sense. */
export const LIMITS = {
  flushCeiling: { value: 33, max: 1024 },
  lazyPages: { value: 64, max: 2 ** 32 },
  ackTimeout: { value: 1_000_000, max: 1e12 },
} as const;
export type LimitName = keyof typeof LIMITS;

export type Policies = { readonly [K in PolicyName]: (typeof POLICIES)[K][number] } & Readonly<
  Record<LimitName, number>
>;

export const DEFAULT_POLICIES: Policies = {
  ...(Object.fromEntries(Object.entries(POLICIES).map(([name, values]) => [name, values[0]])) as {
    readonly [K in PolicyName]: (typeof POLICIES)[K][number];
  }),
  ...(Object.fromEntries(Object.entries(LIMITS).map(([name, { value }]) => [name, value])) as Record<
    LimitName,
    number
  >),
};

/** Sizes like those of Skylake, and small ones that fit on a projector. */
export const TLB_PRESETS = {
  full: {
    l1d4k: { entries: 64, ways: 4 },
    l1d2m: { entries: 32, ways: 4 },
    l1d1g: { entries: 4, ways: 4 },
    l1i: { entries: 64, ways: 8 },
    l2: { entries: 1536, ways: 12 },
  },
  teaching: {
    l1d4k: { entries: 8, ways: 2 },
    l1d2m: { entries: 4, ways: 2 },
    l1d1g: { entries: 2, ways: 2 },
    l1i: { entries: 8, ways: 2 },
    l2: { entries: 16, ways: 4 },
  },
} as const satisfies Record<string, TlbGeometry>;

const KIB = 1024;
const MIB = KIB * KIB;
const GIB = KIB * MIB;
const pages = (bytes: number): number => bytes / 4096;

const region = (kind: Region['kind'], name: string, start: number, size: number): Region => ({
  kind,
  name,
  startMPN: pages(start),
  pages: pages(size),
});

export const DEFAULT_REGIONS: readonly Region[] = [
  region('ram', 'low memory', 0, 640 * KIB),
  region('rom', 'BIOS', 0xf_0000, 64 * KIB),
  region('ram', 'memory', MIB, GIB - MIB),
  region('device', 'framebuffer', 0xe000_0000, 16 * MIB),
  region('device', 'nvme', 0xfea0_0000, 16 * KIB),
  region('device', 'nic', 0xfeb0_0000, 128 * KIB),
  region('device', 'apic', 0xfee0_0000, 4 * KIB),
];

export const DEFAULT_RESOURCES: readonly IoResourceConfig[] = [
  { name: 'framebuffer', start: 0xe000_0000, length: 16 * MIB, attrs: ['PREFETCHABLE'] },
  { name: 'nvme', start: 0xfea0_0000, length: 16 * KIB, attrs: [] },
  { name: 'nic', start: 0xfeb0_0000, length: 128 * KIB, attrs: ['SHAREABLE'] },
  { name: 'apic', start: 0xfee0_0000, length: 4 * KIB, attrs: [] },
];

/** Default WB; 3–4 GiB UC by one variable range; VGA memory UC and ROM WP by fixed entries. */
export const defaultMtrrs = (maxPhyAddr: number): Mtrrs => ({
  enabled: true,
  fixedEnabled: true,
  defaultType: 'WB',
  fixed: fixedTypes([
    { start: 0xa_0000, end: 0xc_0000, type: 'UC' },
    { start: 0xc_0000, end: 0x10_0000, type: 'WP' },
  ]),
  variable: [variableRange(0xc000_0000n, 0x4000_0000n, 'UC', maxPhyAddr)],
});

export const DEFAULT_WINDOW = { vpn: 0x4400_0000_0000 / 4096, pages: 2 ** 45 / 4096 };
export const DEFAULT_ALIAS = { vpn: 0x6400_0000_0000 / 4096, pages: (28 * 2 ** 40) / 4096 };

/** Where vmkernel keeps its tables when a scenario does not say: in the largest RAM region, behind 16 MiB, 1/64 of all RAM. */
export function defaultPool(regions: readonly Region[]): { startMPN: number; pages: number } {
  const ram = regions.filter(({ kind }) => kind === 'ram').toSorted((a, b) => b.pages - a.pages);
  if (ram.length === 0) return { startMPN: 0, pages: 0 };
  const [largest] = ram;
  const total = ram.reduce((sum, { pages: n }) => sum + n, 0);
  const skip = largest.pages > 8192 ? Math.max(0, 4096 - largest.startMPN) : Math.floor(largest.pages / 2);
  const startMPN = largest.startMPN + skip;
  const wanted = Math.max(64, Math.floor(total / 64));
  return { startMPN, pages: Math.min(wanted, largest.startMPN + largest.pages - startMPN) };
}

export const DEFAULT_MODULES: readonly string[] = ['net', 'storage'];

const linuxPat = decodePat(PAT_WITH_WC);

export const DEFAULT_CONFIG: MachineConfig = {
  pcpus: 4,
  maxPhyAddr: 46,
  regions: DEFAULT_REGIONS,
  tablePool: defaultPool(DEFAULT_REGIONS),
  resources: DEFAULT_RESOURCES,
  reservations: [],
  modules: DEFAULT_MODULES,
  control: DEFAULT_CONTROL,
  pat: linuxPat.ok ? linuxPat.value : [],
  mtrrs: defaultMtrrs(46),
  tlb: TLB_PRESETS.full,
  structureCaches: true,
  window: DEFAULT_WINDOW,
  alias: DEFAULT_ALIAS,
  policies: DEFAULT_POLICIES,
  costs: 'haswell',
};
