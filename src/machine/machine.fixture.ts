import { DEFAULT_CONFIG, type MachineConfig } from './config';
import { Machine } from './machine';
import type { AccessOp, AddressRef, MapOp, Op, RangeSpec } from './op';
import type { OpRecord } from './outcome';
import { step } from './step';
import { MAP_TYPES, READONLY } from './vmkapi';

/** Short ways to write operations in tests. */
export const range = (startMPN: number, numPages: number): RangeSpec => ({ startMPN: BigInt(startMPN), numPages });
export const map = (as: string, attrs: bigint, ranges: readonly RangeSpec[], more: Partial<MapOp> = {}): MapOp => ({
  op: 'map',
  pcpu: 0,
  context: 'world',
  as,
  module: 'net',
  mapType: MAP_TYPES.DEFAULT,
  attrs,
  ranges,
  ...more,
});
export const at = (mapping: string, offset = 0n): AddressRef => ({ mapping, offset });
export const unmap = (mapping: string, pcpu = 0): Op => ({ op: 'unmap', pcpu, context: 'world', at: at(mapping) });
export const change = (mapping: string, attrs = READONLY, pcpu = 0): Op => ({
  op: 'change',
  pcpu,
  context: 'world',
  at: at(mapping),
  attrs,
});
export const access = (mapping: string, kind: AccessOp['kind'] = 'read', more: Partial<AccessOp> = {}): AccessOp => ({
  op: 'access',
  pcpu: 0,
  at: at(mapping),
  kind,
  privilege: 'supervisor',
  ac: false,
  count: 1,
  stride: 4096n,
  ...more,
});
export const sync: Op = { op: 'sync' };

/** Runs operations to the end and gives the machine back. */
export function run(ops: readonly Op[], config: Partial<MachineConfig> = {}, limit = 200_000): Machine {
  const machine = new Machine({ ...DEFAULT_CONFIG, ...config }, ops);
  while (step(machine)) if (machine.state.step > limit) throw new Error('does not end');
  return machine;
}

export const record = (machine: Machine, op: number): OpRecord | undefined => machine.state.records.get(op);
export const statuses = (machine: Machine): (string | undefined)[] =>
  machine.ops.map((_, i) => record(machine, i)?.status);
export const rules = (machine: Machine): string[] => machine.state.hazards.map(({ rule }) => rule);
