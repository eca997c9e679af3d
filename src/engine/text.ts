import { hexGroups } from '../base/number';
import type { AddressRef } from '../machine/op';

/** `a`, `a + 0x1000`, or the address itself. */
export function addressText(at: AddressRef): string {
  if ('va' in at) return hexGroups(at.va);
  return at.offset === 0n ? at.mapping : `${at.mapping} + 0x${at.offset.toString(16)}`;
}

/** `1 entry`, `24 entries`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
