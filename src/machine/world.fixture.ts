/** Tiny random worlds: two frames of interest, two or three PCPUs, caches of a few entries. Few states, so that all are met. */
import * as fc from 'fast-check';
import { DEFAULT_CONFIG, DEFAULT_POLICIES, TLB_PRESETS, type MachineConfig, type Policies } from './config';
import { DEFAULT_CONTROL } from './control-bits';
import { Machine, type MachineSnapshot } from './machine';
import { access, at, change, map, range, sync, unmap } from './machine.fixture';
import { decodePat, PAT_POWER_ON } from './memory-type';
import type { Op } from './op';
import type { TlbGeometry } from './tlb';
import { EXECUTABLE, MIGHTCHANGE, READWRITE, UNCACHED, WRITECOMBINE } from './vmkapi';

/** The frames that mappings are about, a large page's worth of frames, and a device. */
export const FRAMES = [16, 17] as const;
export const LARGE = 512;
export const DEVICE = 8192;
const BASE = 0x4400_0000_0000 / 4096;

const one = { entries: 1, ways: 1 };
const two = { entries: 2, ways: 2 };
const SMALLEST: TlbGeometry = { l1d4k: one, l1d2m: one, l1d1g: one, l1i: one, l2: two };
const powerOn = decodePat(PAT_POWER_ON);

const TINY: MachineConfig = {
  ...DEFAULT_CONFIG,
  pcpus: 2,
  regions: [
    { kind: 'ram', name: 'memory', startMPN: 0, pages: 4096 },
    { kind: 'device', name: 'device', startMPN: DEVICE, pages: 16 },
  ],
  tablePool: { startMPN: 2048, pages: 24 },
  resources: [
    { name: 'device', start: DEVICE * 4096, length: 16 * 4096, attrs: ['SHAREABLE', 'CACHEABLE', 'PREFETCHABLE'] },
  ],
  reservations: [{ name: 'bar', module: 'net', resource: 'device' }],
  tlb: TLB_PRESETS.teaching,
  // Two pages before a border of page tables and as many behind it.
  window: { vpn: BASE + 510, pages: 4 },
  alias: { vpn: 0x6400_0000_0000 / 4096, pages: 64 },
};

/** Machines that differ in what only a new one can differ in. */
export const HARDWARE: readonly MachineConfig[] = [
  TINY,
  { ...TINY, pcpus: 3, tlb: SMALLEST },
  { ...TINY, control: { ...DEFAULT_CONTROL, pge: true }, window: { vpn: BASE + 510, pages: 1030 } },
  { ...TINY, pcpus: 3, control: { ...DEFAULT_CONTROL, pcide: true, pge: true, smep: true } },
  {
    ...TINY,
    control: { ...DEFAULT_CONTROL, nxe: false, wp: false },
    alias: undefined,
    tablePool: { startMPN: 2048, pages: 6 },
  },
  {
    ...TINY,
    structureCaches: false,
    tlb: SMALLEST,
    pat: powerOn.ok ? powerOn.value : [],
    window: { vpn: BASE, pages: 1030 },
  },
  {
    ...TINY,
    pcpus: 3,
    tlb: SMALLEST,
    control: { ...DEFAULT_CONTROL, smap: true, pcide: true },
    window: { vpn: BASE, pages: 2 },
  },
  { ...TINY, tlb: SMALLEST, window: { vpn: BASE + 511, pages: 1029 }, tablePool: { startMPN: 2048, pages: 9 } },
];
const fresh = new Map<MachineConfig, { readonly machine: Machine; readonly start: MachineSnapshot }>();

/** A machine as it stands at the start. The same object is used again for the same hardware: making one costs milliseconds. */
export function boot(hardware: number, policies: Policies, ops: readonly Op[]): Machine {
  const config = HARDWARE[hardware];
  let made = fresh.get(config);
  if (!made) {
    const machine = new Machine(config, []);
    made = { machine, start: machine.snapshot() };
    fresh.set(config, made);
  }
  const { machine, start } = made;
  machine.restore(start);
  machine.update({ policies });
  machine.ops = ops;
  return machine;
}

export interface World {
  readonly hardware: number;
  readonly policies: Policies;
  readonly ops: readonly Op[];
}
export const start = ({ hardware, policies, ops }: World): Machine => boot(hardware, policies, ops);

const policies: fc.Arbitrary<Policies> = fc
  .record({
    shootdown: fc.constantFrom('classic' as const, 'lazy' as const),
    fastPath: fc.constantFrom('on' as const, 'off' as const),
    pageSizes: fc.constantFrom('4K' as const, '2M' as const, '1G' as const),
    emptyTables: fc.constantFrom('free' as const, 'keep' as const),
    moduleUnload: fc.constantFrom('refuse' as const, 'leak' as const),
    uncached: fc.constantFrom('UC-' as const, 'UC' as const),
    selfSnoop: fc.constantFrom('off' as const, 'on' as const),
    granularity: fc.constantFrom('bulk' as const, 'fine' as const),
    flushCeiling: fc.constantFrom(0, 1, 33),
    lazyPages: fc.constantFrom(0, 1, 3, 64),
    ackTimeout: fc.constantFrom(3000, 1_000_000),
  })
  .map((some): Policies => Object.assign({ ...DEFAULT_POLICIES }, some));

const attrs = fc.constantFrom(
  0n,
  READWRITE,
  READWRITE,
  EXECUTABLE,
  READWRITE | EXECUTABLE,
  UNCACHED,
  WRITECOMBINE | READWRITE,
  READWRITE | UNCACHED,
);
const mapAttrs = fc.tuple(attrs, fc.boolean()).map(([bits, change]) => (change ? bits | MIGHTCHANGE : bits));
const ranges = fc.constantFrom(
  [range(16, 1)],
  [range(17, 1)],
  [range(16, 2)],
  [range(17, 1), range(16, 1)],
  [range(16, 1), range(16, 1)],
  [range(LARGE, 512)],
  [range(17, 1), range(LARGE, 513)],
  [range(DEVICE, 1)],
);
const PCPUS = 3;
const NAMES = ['a', 'b', 'c'] as const;

/** One operation by what it is about, before names are given out. */
type Sketch = (named: (i: number) => string | undefined, i: number) => Op | undefined;

const onPcpu = fc.nat(PCPUS - 1);
const page = fc.constantFrom(0n, 0n, 4096n, 512n * 4096n);
const sketches = {
  map: fc.tuple(mapAttrs, ranges, onPcpu, fc.boolean()).map(
    ([bits, list, pcpu, device]): Sketch =>
      (_, i) =>
        map(`m${i}`, bits, list, {
          pcpu,
          ...(device && list[0].startMPN >= DEVICE ? { mapType: 2, reservation: 'bar' } : {}),
        }),
  ),
  unmap: fc.tuple(fc.nat(), onPcpu).map(([which, pcpu]): Sketch => (named) => {
    const name = named(which);
    return name === undefined ? undefined : unmap(name, pcpu);
  }),
  change: fc.tuple(fc.nat(), attrs, onPcpu).map(([which, bits, pcpu]): Sketch => (named) => {
    const name = named(which);
    return name === undefined ? undefined : change(name, bits, pcpu);
  }),
  access: fc
    .tuple(
      fc.nat(),
      fc.constantFrom('read' as const, 'write' as const, 'execute' as const),
      onPcpu,
      page,
      fc.constantFrom(1, 1, 1, 2, 70),
      fc.boolean(),
    )
    .map(([which, kind, pcpu, offset, count, user]): Sketch => (named) => {
      const name = named(which);
      const privilege = user && count === 1 && pcpu === 0 ? 'user' : 'supervisor';
      return name === undefined ? undefined : access(name, kind, { pcpu, at: at(name, offset + 8n), count, privilege });
    }),
  sync: fc.constant((): Op => sync),
  flush: onPcpu.map((pcpu): Sketch => () => ({ op: 'flush', pcpu })),
  poke: fc
    .tuple(fc.constantFrom(...FRAMES), onPcpu, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
    .map(([mpn, pcpu, value]): Sketch => () => ({ op: 'poke', pcpu, ma: BigInt(mpn) * 4096n, value })),
  mask: fc.tuple(onPcpu, fc.boolean()).map(([pcpu, masked]): Sketch => () => ({ op: 'mask', pcpu, masked })),
  invalidate: fc
    .tuple(onPcpu, fc.nat(), fc.constantFrom('invlpg', 'cr3', 'keep', 'pge', '0', '1', '2', '3'), fc.nat(1))
    .map(([pcpu, which, how, pcid]): Sketch => (named) => {
      const name = named(which);
      if (how === 'pge') return { op: 'invalidate', pcpu, how };
      if (how === 'cr3' || how === 'keep') return { op: 'invalidate', pcpu, how: 'cr3', pcid, keep: how === 'keep' };
      if (name === undefined) return undefined;
      if (how === 'invlpg') return { op: 'invalidate', pcpu, how, at: at(name) };
      return { op: 'invalidate', pcpu, how: 'invpcid', type: Number(how) as 0 | 1 | 2 | 3, pcid, at: at(name) };
    }),
  policy: fc
    .constantFrom(
      ['shootdown', 'lazy'],
      ['shootdown', 'classic'],
      ['emptyTables', 'keep'],
      ['emptyTables', 'free'],
      ['granularity', 'fine'],
      ['pageSizes', '2M'],
    )
    .map(([name, value]): Sketch => () => ({ op: 'set', pcpu: 0, what: 'policy', name: name as 'shootdown', value })),
  unload: fc.constantFrom('net', 'storage').map((module): Sketch => () => ({ op: 'unload', pcpu: 1, module })),
  load: fc.constant((): Op => ({ op: 'load', pcpu: 0, module: 'net' })),
} satisfies Record<string, fc.Arbitrary<Sketch>>;
export type SketchName = keyof typeof sketches;

const weights: Record<SketchName, number> = {
  map: 6, unmap: 5, change: 4, access: 9, sync: 3, flush: 1, poke: 1, mask: 2, invalidate: 2, policy: 1, unload: 1, load: 1,
}; // prettier-ignore

function build(list: readonly Sketch[], pcpus: number): Op[] {
  const ops: Op[] = [];
  const names: string[] = [];
  for (const sketch of list) {
    const op = sketch((which) => names[names.length - 1 - (which % Math.min(NAMES.length, names.length))], ops.length);
    if (!op) continue;
    ops.push(op.op === 'sync' ? op : { ...op, pcpu: op.pcpu % pcpus });
    if (op.op === 'map') names.push(op.as);
  }
  return ops;
}

/** Random worlds made of some kinds of operation. */
export const worlds = (kinds: readonly SketchName[], maxLength = 24): fc.Arbitrary<World> =>
  fc
    .record({
      hardware: fc.nat(HARDWARE.length - 1),
      policies,
      list: fc.array(
        fc.oneof(
          { maxCrossEdges: 0 } as object,
          ...kinds.map((kind) => ({ weight: weights[kind], arbitrary: sketches[kind] as fc.Arbitrary<Sketch> })),
        ),
        { minLength: 4, maxLength, size: 'max' },
      ),
    })
    .map(({ hardware, policies: rules, list }) => ({
      hardware,
      policies: rules,
      ops: build(list, HARDWARE[hardware].pcpus),
    }));

export const ALL_KINDS = Object.keys(sketches) as SketchName[];
