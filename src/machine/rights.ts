import { AC, EXECUTE, USER, WRITE } from './access';
import type { ControlBits } from './control-bits';

/** Effective rights of a translation: RW and US are ANDed over the levels, XD is ORed. Bits as in an entry, XD as 8. */
export const RW = 2;
export const US = 4;
export const XD = 8;
/** Where a walk starts: everything is still allowed. */
export const ALL_RIGHTS = RW | US;

/** The rights that remain after one more entry. */
export const narrow = (rights: number, lo: number, hi: number): number =>
  (rights & lo & ALL_RIGHTS) | (rights & XD) | ((hi >>> 31) << 3);

/** Why an access ends, in the order of the vector files' labels. Index 0 is "it does not". */
export const REASONS = [
  'none', 'not-present', 'rsvd-phys', 'rsvd-ps-pml4e', 'rsvd-large-low', 'rsvd-nx',
  'user-supervisor', 'smep', 'smap', 'write-ro-user', 'write-ro-wp', 'nx', 'noncanonical',
] as const; // prettier-ignore
export type FaultReason = Exclude<(typeof REASONS)[number], 'none'>;

/** The reasons in words. */
export const REASON_TEXT: Readonly<Record<FaultReason, string>> = {
  'not-present': 'the entry is not present (P = 0)',
  'rsvd-phys': 'a reserved address bit at or above MAXPHYADDR is set',
  'rsvd-ps-pml4e': 'PS is set in a PML4E, where it is reserved',
  'rsvd-large-low': 'a reserved low address bit of a large page is set',
  'rsvd-nx': 'bit 63 is set while EFER.NXE = 0',
  'user-supervisor': 'a user access to a supervisor page (US = 0)',
  smep: 'SMEP: the kernel fetched from a user page',
  smap: 'SMAP: the kernel touched a user page with AC = 0',
  'write-ro-user': 'a user write to a read-only page (RW = 0)',
  'write-ro-wp': 'a write to a read-only page (RW = 0, CR0.WP = 1)',
  nx: 'a fetch from a page that cannot be executed (XD = 1)',
  noncanonical: 'the address is not canonical',
};

/** SDM 4.6.1 "Determination of Access Rights": why these rights refuse this access, or 'none'. */
export function refusal(rights: number, access: number, control: ControlBits): (typeof REASONS)[number] {
  const user = (access & USER) !== 0;
  const userPage = (rights & US) !== 0;
  const write = (access & WRITE) !== 0;
  if (user && !userPage) return 'user-supervisor';
  if (access & EXECUTE) {
    if (!user && userPage && control.smep) return 'smep';
    return rights & XD && control.nxe ? 'nx' : 'none';
  }
  if (!user && userPage && control.smap && !(access & AC)) return 'smap';
  if (write && !(rights & RW)) {
    if (user) return 'write-ro-user';
    if (control.wp) return 'write-ro-wp';
  }
  return 'none';
}

/** `refusal` for every pair, as an index into REASONS at [access << 4 | rights]; hot paths look it up. */
export function refusalTable(control: ControlBits): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, i) => REASONS.indexOf(refusal(i & 15, i >> 4, control)));
}

/** `R W X` with `–` for what is missing, as the kernel has it. */
export const rightsText = (rights: number): string => `R${rights & RW ? 'W' : '–'}${rights & XD ? '–' : 'X'}`;
