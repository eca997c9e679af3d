import { high32, low32 } from '../base/number';
import { reservedMask, type EntryKind } from './entry-format';
import type { ControlBits } from './control-bits';
import { refusalTable } from './rights';

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
