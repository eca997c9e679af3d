import type { Level } from './address';

/**
 * The format of every kind of entry, once: decode, encode, reserved masks, legends and tests all read this table. What the fields
 * mean to a reader is in entry-text.ts.
 * SDM vol. 3A, "Paging-Structure Entries" (tables 4-14 to 4-19) and "Use of CR3" (table 4-12).
 */
export type EntryKind = 'PML4E' | 'PDPTE' | 'PDPTE_1G' | 'PDE' | 'PDE_2M' | 'PTE';

export interface Field {
  readonly name: string;
  /** Highest and lowest bit. Where a field ends at MAXPHYADDR, `high` is 51 and `clipped` is set. */
  readonly high: number;
  readonly low: number;
  readonly clipped?: boolean;
  readonly role: 'flag' | 'address' | 'ignored' | 'reserved';
}

const flag = (name: string, bit: number): Field => ({ name, high: bit, low: bit, role: 'flag' });
const ignored = (high: number, low: number): Field => ({ name: 'ignored', high, low, role: 'ignored' });
const mustBeZero = (high: number, low: number): Field => ({ name: 'reserved', high, low, role: 'reserved' });
const address = (low: number): Field => ({ name: 'address', high: 51, low, clipped: true, role: 'address' });

const P = flag('P', 0);
const RW = flag('RW', 1);
const US = flag('US', 2);
const CACHE = [flag('PWT', 3), flag('PCD', 4)];
const A = flag('A', 5);
const D = flag('D', 6);
const PS = flag('PS', 7);
const G = flag('G', 8);
const PAT_LARGE = flag('PAT', 12);
/** Ignored while CR4.PKE = 0, which it is here. */
const PK: Field = { ...ignored(62, 59), name: 'PK' };
const XD = flag('XD', 63);

// prettier-ignore
const toTable = (ps: Field): readonly Field[] => [
  P, RW, US, ...CACHE, A, ignored(6, 6), ps, ignored(11, 8), address(12), ignored(62, 52), XD,
];
// prettier-ignore
const toPage = (low: number, patOrPs: readonly Field[]): readonly Field[] => [
  P, RW, US, ...CACHE, A, D, ...patOrPs, G, ignored(11, 9), address(low), ignored(58, 52), PK, XD,
];

export const ENTRY_FORMAT: Readonly<Record<EntryKind, readonly Field[]>> = {
  PML4E: toTable({ ...mustBeZero(7, 7), name: 'PS' }),
  PDPTE: toTable(PS),
  PDPTE_1G: toPage(30, [PS, PAT_LARGE, mustBeZero(29, 13)]),
  PDE: toTable(PS),
  PDE_2M: toPage(21, [PS, PAT_LARGE, mustBeZero(20, 13)]),
  PTE: toPage(12, [flag('PAT', 7)]),
};

/** Masks of the flags in the low half of an entry; XD is the sign bit of the high half. */
export const BIT = {
  P: 1 << 0,
  RW: 1 << 1,
  US: 1 << 2,
  PWT: 1 << 3,
  PCD: 1 << 4,
  A: 1 << 5,
  D: 1 << 6,
  PS: 1 << 7,
  PAT_4K: 1 << 7,
  G: 1 << 8,
  PAT_LARGE: 1 << 12,
} as const;
export const XD_HIGH = 1 << 31;

/** The kind of an entry by its level and low half: PS decides at the PDPT and the PD. */
export function entryKind(level: Level, lo: number): EntryKind {
  const large = (lo & BIT.PS) !== 0;
  if (level === 4) return 'PML4E';
  if (level === 3) return large ? 'PDPTE_1G' : 'PDPTE';
  if (level === 2) return large ? 'PDE_2M' : 'PDE';
  return 'PTE';
}

/** The fields of a kind on a machine with this MAXPHYADDR and NXE, high bits first, nothing left out or twice. */
export function fieldsOf(kind: EntryKind, maxPhyAddr: number, nxe: boolean): readonly Field[] {
  const fields = ENTRY_FORMAT[kind].flatMap((field): readonly Field[] => {
    if (field.name === 'XD' && !nxe) return [{ ...mustBeZero(63, 63), name: 'XD' }];
    if (!field.clipped || maxPhyAddr > 51) return [field];
    return [{ ...field, high: maxPhyAddr - 1 }, mustBeZero(51, maxPhyAddr)];
  });
  return fields.toSorted((a, b) => b.high - a.high);
}

/** The reserved bits of a kind as one 64-bit mask. */
export function reservedMask(kind: EntryKind, maxPhyAddr: number, nxe: boolean): bigint {
  let mask = 0n;
  for (const { role, high, low } of fieldsOf(kind, maxPhyAddr, nxe)) {
    if (role === 'reserved') mask |= ((1n << BigInt(high - low + 1)) - 1n) << BigInt(low);
  }
  return mask;
}

/** The value of a field in an entry. */
export const fieldValue = (entry: bigint, { high, low }: Field): bigint =>
  (entry >> BigInt(low)) & ((1n << BigInt(high - low + 1)) - 1n);
