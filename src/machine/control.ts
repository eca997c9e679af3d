import { high32, low32 } from '../base/number';
import { reservedMask, type EntryKind } from './entry-format';
import { refusalTable } from './rights';

/** The control-register bits that paging looks at; alike on every PCPU. */
export const CONTROL_BITS = {
  'CR0.WP': { field: 'wp', says: 'Supervisor writes obey RW. Without it the kernel writes through read-only entries.' },
  'CR4.PGE': { field: 'pge', says: 'Entries with G = 1 survive MOV CR3.' },
  'CR4.SMEP': { field: 'smep', says: 'The kernel cannot fetch from user pages.' },
  'CR4.SMAP': { field: 'smap', says: 'The kernel cannot touch user data unless EFLAGS.AC = 1.' },
  'CR4.PCIDE': { field: 'pcide', says: 'TLB entries carry the PCID in CR3[11:0].' },
  'EFER.NXE': { field: 'nxe', says: 'Bit 63 of an entry is XD. Without it bit 63 is reserved and every page can be executed.' },
} as const satisfies Record<string, { field: keyof ControlBits; says: string }>;
export type ControlName = keyof typeof CONTROL_BITS;

export interface ControlBits {
  readonly wp: boolean;
  readonly pge: boolean;
  readonly smep: boolean;
  readonly smap: boolean;
  readonly pcide: boolean;
  readonly nxe: boolean;
}

/** What the registers of public ESXi 5.0 crash screens show. */
export const DEFAULT_CONTROL: ControlBits = { wp: true, pge: false, smep: false, smap: false, pcide: false, nxe: true };

/** Control bits with what a walk derives from them: the reserved bits of each kind of entry, in 32-bit halves. */
export interface Control extends ControlBits {
  readonly maxPhyAddr: number;
  /** Reserved bits of the high half, the same for every kind: 51:MAXPHYADDR and, without NXE, bit 63. */
  readonly reservedHigh: number;
  /** The bits of the high half that belong to an address. */
  readonly addressHigh: number;
  /** Reserved bits of the low half of entries by [level]; large pages are in `reservedLargeLow`. */
  readonly reservedLow: Int32Array;
  readonly reservedLargeLow: Int32Array;
  /** Index into REASONS at [access << 4 | rights]. */
  readonly refusal: Uint8Array;
}

export function makeControl(bits: ControlBits, maxPhyAddr: number): Control {
  const low = (kind: EntryKind): number => low32(reservedMask(kind, maxPhyAddr, bits.nxe));
  return {
    ...bits,
    maxPhyAddr,
    reservedHigh: high32(reservedMask('PTE', maxPhyAddr, bits.nxe)),
    addressHigh: high32((1n << BigInt(maxPhyAddr)) - 1n),
    reservedLow: Int32Array.of(0, low('PTE'), low('PDE'), low('PDPTE'), low('PML4E')),
    reservedLargeLow: Int32Array.of(0, low('PTE'), low('PDE_2M'), low('PDPTE_1G'), low('PML4E')),
    refusal: refusalTable(bits),
  };
}
