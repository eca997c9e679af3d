import { ENTRY_FORMAT, type EntryKind } from '../../machine/entry-format';
import type { FaultReason } from '../../machine/rights';

/** The field that a bit of an entry is in, and the value of the bit: `P = 0`. */
export function fieldOfBit(kind: EntryKind, bit: number, entry: bigint): string {
  const field = ENTRY_FORMAT[kind].find(({ high, low }) => bit >= low && bit <= high);
  // A bit of the address that decides is one at or above MAXPHYADDR.
  const name = field?.role === 'address' ? 'reserved' : (field?.name ?? 'reserved');
  return `${name} = ${(entry >> BigInt(bit)) & 1n}`;
}

/** Why a walk ended in a fault. */
export const WHY: Readonly<Record<FaultReason, string>> = {
  'not-present': 'the entry is not present',
  'rsvd-phys': 'an address bit beyond MAXPHYADDR is set',
  'rsvd-ps-pml4e': 'bit 7 of a PML4E is reserved and set',
  'rsvd-large-low': 'a reserved low bit of a large page is set',
  'rsvd-nx': 'bit 63 is set while NXE is off',
  'user-supervisor': 'user mode has no right to a kernel page',
  smep: 'the kernel may not fetch from a user page (SMEP)',
  smap: 'the kernel may not touch a user page (SMAP)',
  'write-ro-user': 'the page is read-only',
  'write-ro-wp': 'the page is read-only and CR0.WP is on',
  nx: 'the page is not executable',
  noncanonical: 'bits 63:47 of the address are not all equal',
};

/** The bits 63:48 that differ from bit 47, highest first, neighbours together: `62:60, 48`. */
export function oddBits(va: bigint): string {
  const sign = (va >> 47n) & 1n;
  const parts: string[] = [];
  for (let bit = 63; bit >= 48; bit--) {
    if (((va >> BigInt(bit)) & 1n) === sign) continue;
    const high = bit;
    while (bit > 48 && ((va >> BigInt(bit - 1)) & 1n) !== sign) bit--;
    parts.push(high === bit ? `${bit}` : `${high}:${bit}`);
  }
  return parts.join(', ');
}
