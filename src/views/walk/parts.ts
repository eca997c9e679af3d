import { LEVELS, type Level } from '../../machine/address';
import type { WalkPicture } from '../../engine/picture';
import type { Thing } from '../../engine/thing';

/** What one level takes of an address. */
export interface Part {
  readonly level: Level;
  readonly index: number;
  readonly binary: string;
}

const LOW_48 = 0xffff_ffff_ffffn;
const shiftOf = (level: Level): bigint => BigInt(12 + 9 * (level - 1));

/** The split 9·9·9·9 of an address; the offset takes what is left below `leaf`. */
export function partsOf(va: bigint): readonly Part[] {
  return LEVELS.map((level) => {
    const index = Number((va >> shiftOf(level)) & 511n);
    return { level, index, binary: index.toString(2).padStart(9, '0') };
  });
}

/** The bits below a page of the level: 12, 21 or 30 of them. */
export const offsetOf = (va: bigint, leaf: Level): bigint => va & ((1n << shiftOf(leaf)) - 1n);

/** The same address with another index at a level: what a click on a neighbouring entry selects. */
export function withIndex(va: bigint, level: Level, index: number): bigint {
  const shift = shiftOf(level);
  const low = (va & LOW_48 & ~(511n << shift)) | (BigInt(index) << shift);
  return BigInt.asUintN(64, BigInt.asIntN(48, low));
}

/** Slots of one kind that follow one another, for drawing a strip of 512 with few marks. */
export interface Run {
  readonly kind: number;
  readonly start: number;
  readonly length: number;
}

export function runsOf(slots: Uint8Array): readonly Run[] {
  const runs: Run[] = [];
  let start = 0;
  for (let i = 1; i <= slots.length; i++) {
    if (i < slots.length && slots[i] === slots[start]) continue;
    const kind = slots[start] ?? 0;
    if (kind !== 0) runs.push({ kind, start, length: i - start });
    start = i;
  }
  return runs;
}

/** An entry as a thing: with the address that would choose it. */
export const entryThing = ({ va }: WalkPicture, level: Level, tableMPN: number, index: number): Thing => ({
  kind: 'entry',
  va: withIndex(va, level, index),
  level,
  tableMPN,
  index,
});
