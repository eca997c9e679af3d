import type { AccessOp, AddressRef, Op } from '../machine/op';
import { DEFAULT_CONFIG } from '../machine/config';
import { EXECUTABLE, MAP_TYPES, MIGHTCHANGE, READWRITE } from '../machine/vmkapi';
import type { Scenario } from './parse';

/**
 * The scenario that the page opens on: library/example-2.json as it is read. It stands here ready-made because the first picture
 * would otherwise wait for the reader of documents and the whole library; a test keeps the two the same.
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

export const OPENING: Scenario = {
  version: 1,
  title: 'Example 2: MPN 6–20 and 42–50, read-write',
  config: DEFAULT_CONFIG,
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
