import { addressText } from './text';
import type { Op } from '../machine/op';

/** What an operation is called: the C function where there is one. */
export const CALLS: Readonly<Record<Op['op'], string>> = {
  map: 'vmk_Map',
  unmap: 'vmk_Unmap',
  change: 'vmk_MapChangeAttributes',
  access: 'access',
  poke: 'poke',
  invalidate: 'invalidate',
  set: 'set',
  mask: 'mask',
  fault: 'fault',
  sync: 'sync',
  flush: 'flush',
  load: 'load module',
  unload: 'unload module',
  register: 'vmk_IOResourceRegister',
  reserve: 'vmk_IOResourceReserve',
  release: 'vmk_IOResourceRelease',
  va2ma: 'vmk_VA2MA',
};

/** `vmk_Map a`, `read a ×24`: short enough for a time line. */
export function opLabel(op: Op): string {
  if (op.op === 'access') return `${op.kind} ${addressText(op.at)}${op.count > 1 ? ` ×${op.count}` : ''}`;
  if (op.op === 'map') return `${CALLS.map} ${op.as}`;
  return 'at' in op && op.at ? `${CALLS[op.op]} ${addressText(op.at)}` : CALLS[op.op];
}
