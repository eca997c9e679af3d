import { DEFAULT_CONFIG, type MachineConfig } from '../src/machine/config';
import type { Machine } from '../src/machine/machine';
import type { AccessOp, Op, RangeSpec } from '../src/machine/op';
import { step } from '../src/machine/step';
import { EXECUTABLE, MIGHTCHANGE, READWRITE } from '../src/machine/vmkapi';
import type { Scenario } from '../src/scenario';

/** 64 TiB of RAM, the first 32 GiB-worth of frames behind 16 MiB kept for tables. */
export const LARGE: MachineConfig = {
  ...DEFAULT_CONFIG,
  regions: [{ kind: 'ram', name: 'memory', startMPN: 0, pages: 2 ** 34 }],
  resources: [],
  tablePool: { startMPN: 4096, pages: 2 ** 25 },
};

export const map = (as: string, ranges: readonly RangeSpec[], attrs = READWRITE, pcpu = 0): Op => ({
  op: 'map',
  pcpu,
  context: 'world',
  as,
  module: 'net',
  mapType: 1,
  attrs,
  ranges,
});

export const access = (
  mapping: string,
  offset: bigint,
  kind: AccessOp['kind'],
  more: Partial<AccessOp> = {},
): AccessOp => ({
  op: 'access',
  pcpu: 0,
  at: { mapping, offset },
  kind,
  privilege: 'supervisor',
  ac: false,
  count: 1,
  stride: 4096n,
  ...more,
});

export const unmap = (mapping: string): Op => ({ op: 'unmap', pcpu: 0, context: 'world', at: { mapping, offset: 0n } });

/** Makes steps until an operation has ended. */
export function runUntil(machine: Machine, op: number): void {
  while (!machine.state.records.get(op)) if (!step(machine)) throw new Error(`operation ${op} never ended`);
  while (machine.state.pcpus.some(({ stack }) => stack.length > 0) && machine.state.nextOp === op + 1) step(machine);
}

export function runAll(machine: Machine): void {
  while (step(machine));
}

const SCATTERED_FROM = 0x400_0000n;
/** `count` one-page ranges, no two adjacent. */
export const scattered = (count: number): readonly RangeSpec[] => [
  { startMPN: SCATTERED_FROM, numPages: 1, count, stride: 3n },
];

/** A time line of about `steps` steps: map, touch from three PCPUs, change, touch, unmap, over and over. */
export function longScenario(steps: number): Scenario {
  const ops: Op[] = [];
  const rounds = Math.ceil(steps / 58);
  for (let i = 0; i < rounds; i++) {
    const name = `m${i}`;
    const start = BigInt(0x4000 + ((i * 97) % 0x8000));
    ops.push(
      map(name, [{ startMPN: start, numPages: 24 }], READWRITE | MIGHTCHANGE),
      access(name, 0n, 'write', { count: 24, pcpu: 1 }),
      access(name, BigInt(i % 24) * 4096n, 'read', { pcpu: 2 }),
      { op: 'sync' },
      { op: 'change', pcpu: 0, context: 'world', at: { mapping: name, offset: 0n }, attrs: EXECUTABLE },
      access(name, 0n, 'execute', { pcpu: 3 }),
      unmap(name),
    );
  }
  return { version: 1, title: 'long', config: DEFAULT_CONFIG, ops };
}
