/**
 * Addresses and page numbers. Machine addresses (at most 52 bits) and the low 48 bits of virtual addresses are exact in a
 * JS number; the sign extension of a VA is added only where it is shown. 64-bit values from outside are bigint.
 */
export const PAGE_SIZE = 4096;
/** Entries in one table. */
export const TABLE_ENTRIES = 512;

/** 4 PML4, 3 PDPT, 2 PD, 1 PT. */
export type Level = 1 | 2 | 3 | 4;
export const LEVELS: readonly Level[] = [4, 3, 2, 1];
export const TABLE_NAMES = { 4: 'PML4', 3: 'PDPT', 2: 'PD', 1: 'PT' } as const;
export const ENTRY_NAMES = { 4: 'PML4E', 3: 'PDPTE', 2: 'PDE', 1: 'PTE' } as const;

/** The levels whose entries can map a page: 1 for 4 KiB, 2 for 2 MiB, 3 for 1 GiB. */
export type PageLevel = 1 | 2 | 3;
export const SIZE_NAMES = { 1: '4K', 2: '2M', 3: '1G' } as const;

/** Pages of 4 KiB that one entry of a level spans: 1, 512, 2^18, 2^27. */
export const SPAN: Readonly<Record<Level | 5, number>> = { 1: 1, 2: 512, 3: 512 ** 2, 4: 512 ** 3, 5: 512 ** 4 };

const LOW_48 = 0xffff_ffff_ffffn;

/** SDM 3.3.7.1: bits 63:47 of a canonical address are all equal. */
export const isCanonical = (va: bigint): boolean =>
  BigInt.asUintN(64, BigInt.asIntN(48, va)) === BigInt.asUintN(64, va);

/** The low 48 bits of a VA as an exact number. */
export const lowVa = (va: bigint): number => Number(va & LOW_48);

/** The full 64-bit VA of its low 48 bits. */
export const fullVa = (low: number): bigint => BigInt.asUintN(64, BigInt.asIntN(48, BigInt(low)));

export const vaOfVpn = (vpn: number): bigint => fullVa(vpn * PAGE_SIZE);
