import type { PageLevel } from './address';
import type { Policies } from './config';
import type { Control } from './control';
import { BIT, XD_HIGH } from './entry-format';
import type { HazardRule } from './hazards';
import { patBits, patIndex, type Pat, type PatType } from './memory-type';
import type { Flags } from './tables';
import { EXECUTABLE, READWRITE, UNCACHED, WRITECOMBINE } from './vmkapi';

/** The PAT type that attributes ask for. */
export function wantedType(attrs: bigint, policies: Policies): PatType {
  if (attrs & WRITECOMBINE) return 'WC';
  return attrs & UNCACHED ? policies.uncached : 'WB';
}

/** The slot used when the PAT has none of the wanted type: what the bits PWT (WC) and PCD (UC) alone select. */
const FALLBACK: Readonly<Record<string, number>> = { WC: 1, 'UC-': 2, UC: 3, WB: 0 };
const STAND_IN: Readonly<Partial<Record<PatType, PatType>>> = { 'UC-': 'UC', UC: 'UC-' };

/** The PAT slot for attributes, and the hazard when none has the wanted type. */
export function patSlot(
  attrs: bigint,
  pat: Pat,
  policies: Policies,
): { readonly slot: number; readonly hazard?: HazardRule } {
  const wanted = wantedType(attrs, policies);
  const slot = pat.indexOf(wanted);
  if (slot >= 0) return { slot };
  const other = pat.indexOf(STAND_IN[wanted] ?? wanted);
  if (other >= 0) return { slot: other };
  if (wanted === 'WB') return { slot: FALLBACK.WB };
  return { slot: FALLBACK[wanted], hazard: wanted === 'WC' ? 'no-wc-slot' : 'no-uncached-slot' };
}

/** The flags of a leaf entry: P always, RW and XD by the attributes, US never, G with CR4.PGE, PS above 4 KiB. */
export function leafFlags(attrs: bigint, level: PageLevel, control: Control, pat: Pat, policies: Policies): Flags {
  const large = level > 1;
  const lo =
    BIT.P |
    (attrs & READWRITE ? BIT.RW : 0) |
    (control.pge ? BIT.G : 0) |
    (large ? BIT.PS : 0) |
    patBits(patSlot(attrs, pat, policies).slot, large);
  return { lo, hi: control.nxe && !(attrs & EXECUTABLE) ? XD_HIGH : 0 };
}

/** The bits of a leaf that attributes decide; the others are left as they are when attributes change. */
export function attributeMask(level: PageLevel): Flags {
  const pat = level > 1 ? BIT.PAT_LARGE : BIT.PAT_4K;
  return { lo: BIT.P | BIT.RW | BIT.PWT | BIT.PCD | BIT.G | pat, hi: XD_HIGH };
}

/** Entries that point to tables forbid nothing: the leaf decides (public crash screens show 0x027). */
export const TABLE_FLAGS: Flags = { lo: BIT.P | BIT.RW | BIT.US, hi: 0 };

/** What changing attributes needs (SDM 4.10.4.2–3, 12.12.4). */
export interface ChangeNeeds {
  /** Rights are taken away or the memory type changes: old TLB entries must go. */
  readonly shootdown: boolean;
  /** The memory type leaves WB: entries go through not-present, and caches are flushed. */
  readonly leavesWb: boolean;
}

/** By what the entries hold, not by what was asked for: registers and policies may have changed since they were written. */
export function changeNeeds(from: Flags, to: Flags, pat: Pat): ChangeNeeds {
  const lostRw = (from.lo & ~to.lo & BIT.RW) !== 0;
  const gainedXd = (to.hi & ~from.hi & XD_HIGH) !== 0;
  const before = patIndex(from.lo, false);
  const after = patIndex(to.lo, false);
  return {
    shootdown: lostRw || gainedXd || before !== after,
    leavesWb: pat[before] === 'WB' && pat[after] !== 'WB',
  };
}

/**
 * An ignored bit by which vmkernel knows the entries that it made not present for a while. Without it, one that maps MPN 0 without
 * rights would look like one that somebody cleared.
 */
export const ABSENT_MARK = 1 << 9;
