import type { Level } from './address';

/**
 * The format of every kind of entry, once: decode, encode, reserved masks, legends and tests all read this table.
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
  /** One sentence for a reader who points at the field. */
  readonly says: string;
}

const flag = (name: string, bit: number, says: string): Field => ({ name, high: bit, low: bit, role: 'flag', says });
const ignored = (high: number, low: number): Field => ({
  name: 'ignored',
  high,
  low,
  role: 'ignored',
  says: 'The processor does not look at these bits; software may use them.',
});
const mustBeZero = (high: number, low: number): Field => ({
  name: 'reserved',
  high,
  low,
  role: 'reserved',
  says: 'Must be 0 in a present entry; otherwise its use is a page fault with RSVD.',
});
const address = (low: number, says: string): Field => ({
  name: 'address',
  high: 51,
  low,
  clipped: true,
  role: 'address',
  says,
});

const P = flag('P', 0, 'Present. When 0, no other bit of the entry is looked at.');
const RW = flag('RW', 1, 'Writable, if every other level agrees.');
const US = flag('US', 2, 'User-mode accesses are allowed, if every other level agrees.');
const A = flag('A', 5, 'Accessed: set by the processor when it uses the entry; never cleared by it.');
const XD = flag('XD', 63, 'Execute disable, if EFER.NXE = 1; with NXE = 0 this bit is reserved.');
const D = flag('D', 6, 'Dirty: set by the processor at the first write through the page; never cleared by it.');
const G = flag('G', 8, 'Global: kept by MOV CR3 when CR4.PGE = 1.');
const tableCache = [
  flag('PWT', 3, 'Chooses, with PCD, the memory type for reading the next table; not for the data.'),
  flag('PCD', 4, 'Chooses, with PWT, the memory type for reading the next table; not for the data.'),
];
const pageCache = [
  flag('PWT', 3, 'Lowest bit of the PAT index of the page.'),
  flag('PCD', 4, 'Middle bit of the PAT index of the page.'),
];
const PK: Field = { ...ignored(62, 59), name: 'PK', says: 'Protection key; ignored here, because CR4.PKE = 0.' };

const toTable = (ps: Field): readonly Field[] => [
  P, RW, US, ...tableCache, A, ignored(6, 6), ps, ignored(11, 8),
  address(12, 'The machine address of the next table.'), ignored(62, 52), XD,
]; // prettier-ignore
const toPage = (low: number, patOrPs: readonly Field[]): readonly Field[] => [
  P, RW, US, ...pageCache, A, D, ...patOrPs, G, ignored(11, 9),
  address(low, 'The machine address of the page.'), ignored(58, 52), PK, XD,
]; // prettier-ignore
const PS = flag('PS', 7, 'Page size. 1: this entry maps a page; 0: it points to a table.');
const PAT_LARGE = flag('PAT', 12, 'Highest bit of the PAT index of the page; bit 12 in a large entry.');

export const ENTRY_FORMAT: Readonly<Record<EntryKind, readonly Field[]>> = {
  PML4E: toTable({ ...mustBeZero(7, 7), name: 'PS' }),
  PDPTE: toTable(PS),
  PDPTE_1G: toPage(30, [PS, PAT_LARGE, mustBeZero(29, 13)]),
  PDE: toTable(PS),
  PDE_2M: toPage(21, [PS, PAT_LARGE, mustBeZero(20, 13)]),
  PTE: toPage(12, [flag('PAT', 7, 'Highest bit of the PAT index of the page; bit 7 in a 4 KiB entry.')]),
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
