import { EXECUTE, USER, WRITE } from './access';
import { SPAN, type Level, type PageLevel } from './address';
import type { Control } from './control';
import { BIT } from './entry-format';
import type { Memory } from './memory';
import { ALL_RIGHTS, narrow, REASONS, refusal, type FaultReason } from './rights';

const TWO_20 = 1 << 20;
const PAGE_BITS = ~0xfff;
const PRESENT_FAULT = REASONS.indexOf('not-present');
const RESERVED_FAULT = REASONS.indexOf('rsvd-phys');

/**
 * One walk: where it starts, what it read and how it ended. Reused between walks so that a burst allocates nothing.
 * Arrays are indexed by level (4 PML4 … 1 PT).
 */
export class Walk {
  /** Where to begin: CR3 at level 4 with all rights, or below with what a paging-structure cache holds. */
  startLevel: Level = 4;
  startTable = 0;
  startRights = ALL_RIGHTS;

  /** The entries read, in halves. */
  readonly lo = new Int32Array(5);
  readonly hi = new Int32Array(5);
  /** The level that ended the walk: the leaf's, or the faulting entry's. */
  level: Level = 4;
  /** Index into REASONS; 0 when the walk succeeded. For reserved bits the exact reason is found by `faultOf`. */
  reason = 0;
  /** The first frame of the page reached. */
  mpn = 0;
  /** Entries that the walk was the first to use; the cost model reads them from DRAM. */
  firstUses = 0;

  /** The bits of a high half that belong to an address; of the last walk's control state. */
  addressHigh = 0;

  /** The table read at a level. */
  table(level: number): number {
    return level === this.startLevel ? this.startTable : targetOf(this.lo[level + 1], this.hi[level + 1], this);
  }

  /** Rights ANDed down to and including a level that was read. */
  rights(level: number): number {
    let rights = this.startRights;
    for (let at = this.startLevel as number; at >= level; at--) rights = narrow(rights, this.lo[at], this.hi[at]);
    return rights;
  }

  /** Begins at CR3. */
  from(root: number): this {
    this.startLevel = 4;
    this.startTable = root;
    this.startRights = ALL_RIGHTS;
    return this;
  }
}

/** The index that bits 47:32 and 31:0 of a VA select at a level. */
export function indexOf(level: number, vaHi: number, vaLo: number): number {
  if (level === 1) return (vaLo >>> 12) & 511;
  if (level === 2) return (vaLo >>> 21) & 511;
  if (level === 3) return ((vaHi << 2) | (vaLo >>> 30)) & 511;
  return (vaHi >>> 7) & 511;
}

/** The frame that an entry points to. */
export const targetOf = (lo: number, hi: number, { addressHigh }: { readonly addressHigh: number }): number =>
  (hi & addressHigh) * TWO_20 + (lo >>> 12);

/**
 * Translates an address by the tables alone (SDM vol. 3A, "4-Level Paging", and 4.7, 4.8). Returns whether the access succeeds.
 *
 * With `touch`, sets A in every entry used and D in the leaf of a write. A walk that faults sets A in the entries above the one
 * that ended it and never in the leaf; the SDM leaves that to the processor. Without `touch` nothing changes: that is a peek.
 */
export function walk(
  memory: Memory,
  control: Control,
  out: Walk,
  vaHi: number,
  vaLo: number,
  access: number,
  touch: boolean,
): boolean {
  const { near } = memory;
  const { reservedHigh, addressHigh } = control;
  const entriesLo = out.lo;
  const entriesHi = out.hi;
  let tableLo = out.startTable << 12;
  let tableHi = (out.startTable / TWO_20) | 0;
  // Rights are kept as the AND of the low halves and the OR of the high ones until the leaf is reached.
  let and = -1;
  let or = 0;
  let level = out.startLevel as number;
  out.firstUses = 0;
  out.addressHigh = addressHigh;
  for (;;) {
    const at = indexOf(level, vaHi, vaLo) << 1;
    const place = memory.locate(tableLo, tableHi) + at;
    const lo = near[place];
    const hi = near[place + 1];
    entriesLo[level] = lo;
    entriesHi[level] = hi;
    if ((lo & BIT.P) === 0) return end(out, level, PRESENT_FAULT);
    let leaf = level === 1;
    if ((lo & BIT.PS) !== 0 && !leaf) {
      // A large page, with reserved low address bits; in a PML4E PS itself is reserved.
      const reserved = level === 4 ? control.reservedLow[4] : control.reservedLargeLow[level];
      if ((lo & reserved) !== 0) return end(out, level, RESERVED_FAULT);
      leaf = true;
    }
    if ((hi & reservedHigh) !== 0) return end(out, level, RESERVED_FAULT);
    and &= lo;
    or |= hi;
    if (leaf)
      return finish(memory, control, out, level, at, tableLo, tableHi, narrow(out.startRights, and, or), access, touch);
    if (touch && (lo & BIT.A) === 0) {
      out.firstUses++;
      memory.setLow(tableHi * TWO_20 + (tableLo >>> 12), at, lo | BIT.A);
      entriesLo[level] = lo | BIT.A;
    }
    tableLo = lo & PAGE_BITS;
    tableHi = hi & addressHigh;
    level--;
  }
}

/** The leaf: rights are decided, A and D set, the frame read. */
function finish(
  memory: Memory,
  control: Control,
  out: Walk,
  level: number,
  at: number,
  tableLo: number,
  tableHi: number,
  rights: number,
  access: number,
  touch: boolean,
): boolean {
  const reason = control.refusal[(access << 4) | rights];
  if (reason !== 0) return end(out, level, reason);
  const lo = out.lo[level];
  const used = (access & WRITE) !== 0 ? BIT.A | BIT.D : BIT.A;
  if (touch && (lo & used) !== used) {
    if ((lo & BIT.A) === 0) out.firstUses++;
    memory.setLow(tableHi * TWO_20 + (tableLo >>> 12), at, lo | used);
    out.lo[level] = lo | used;
  }
  const mpn = targetOf(lo, out.hi[level], control);
  // Only large pages have low address bits that are not the frame's; a remainder of doubles is too slow for every walk.
  out.mpn = level === 1 ? mpn : mpn - (mpn % SPAN[level as PageLevel]);
  return !end(out, level, 0);
}

/** Writes down how the walk ended; always false, so that a fault can return it. */
function end(out: Walk, level: number, reason: number): false {
  out.level = level as Level;
  out.reason = reason;
  return false;
}

/** A fault, with what decided it. `level` and `bit` are missing for #GP, which looks at no entry. */
export interface Fault {
  readonly vector: 'PF' | 'GP';
  readonly reason: FaultReason;
  readonly errorCode: number;
  /** For #PF the address in CR2. */
  readonly cr2: bigint;
  readonly level?: Level;
  /** The lowest bit of the entry at `level` that decided. */
  readonly bit?: number;
}

/** The bits of a page-fault error code that are used here (SDM 4.7). */
export const ERROR_BITS = [
  { name: 'P', bit: 0 },
  { name: 'W', bit: 1 },
  { name: 'U', bit: 2 },
  { name: 'RSVD', bit: 3 },
  { name: 'I', bit: 4 },
] as const;

/** SDM 4.7 "Page-Fault Exceptions": the error code of a fault for this access. */
export function errorCode(
  access: number,
  present: boolean,
  reserved: boolean,
  control: Pick<Control, 'smep' | 'nxe'>,
): number {
  const fetch = (access & EXECUTE) !== 0 && (control.smep || control.nxe);
  return (present ? 1 : 0) | (access & WRITE ? 2 : 0) | (access & USER ? 4 : 0) | (reserved ? 8 : 0) | (fetch ? 16 : 0);
}

/** #GP(0) of a non-canonical address (SDM 3.3.7.1). */
export const nonCanonicalFault = (va: bigint): Fault => ({
  vector: 'GP',
  reason: 'noncanonical',
  errorCode: 0,
  cr2: va,
});

/** The fault that a failed walk means. */
export function faultOf(out: Walk, va: bigint, access: number, control: Control): Fault {
  const { level } = out;
  const reason = REASONS[out.reason];
  const pf = (why: FaultReason, at: Level, bit: number, present: boolean, reserved: boolean): Fault => ({
    vector: 'PF',
    reason: why,
    errorCode: errorCode(access, present, reserved, control),
    cr2: va,
    level: at,
    bit,
  });
  if (reason === 'not-present') return pf('not-present', level, 0, false, false);
  if (reason === 'rsvd-phys') {
    const { why, bit } = reservedBit(out, level, control);
    return pf(why, level, bit, true, true);
  }
  return pf(reason as FaultReason, ...blame(out, level, access, control), true, false);
}

/** Which reserved bit of the entry is set, and the reason it stands for. */
function reservedBit(out: Walk, level: Level, control: Control): { why: FaultReason; bit: number } {
  const hi = out.hi[level] & control.reservedHigh;
  const large = level === 1 || (level !== 4 && (out.lo[level] & BIT.PS) !== 0);
  const lo = out.lo[level] & (large ? control.reservedLargeLow[level] : control.reservedLow[level]);
  if (lo !== 0) return { why: level === 4 ? 'rsvd-ps-pml4e' : 'rsvd-large-low', bit: lowestBit(lo) };
  if ((hi & 0x7fff_ffff) !== 0) return { why: 'rsvd-phys', bit: 32 + lowestBit(hi) };
  return { why: 'rsvd-nx', bit: 63 };
}

const lowestBit = (value: number): number => 31 - Math.clz32(value & -value);

/** The first level whose rights refuse the access; for SMEP and SMAP the leaf, where the page became a user page. */
function blame(out: Walk, leaf: Level, access: number, control: Control): [level: Level, bit: number] {
  const reason = REASONS[out.reason];
  const bit = { 'user-supervisor': 2, smep: 2, smap: 2, nx: 63 }[reason as string] ?? 1;
  if (reason === 'smep' || reason === 'smap') return [leaf, bit];
  for (let level = out.startLevel; level > leaf; level--) {
    if (refusal(out.rights(level), access, control) === reason) return [level, bit];
  }
  return [leaf, bit];
}
