import type { TlbPicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { SPAN } from '../../machine/address';
import { litFrames, litVas } from '../lit';

/**
 * The places of the entries that are lit, then of those filled in this step: text, so that what is drawn from it stays as it
 * was while it says the same.
 */
export function marksOf({ entries }: TlbPicture, lit: Lit, step: number): string {
  const belongs = entries.filter(({ va, mpn, level }) => {
    const pages = SPAN[level];
    return litVas(lit, va, va + BigInt(pages * 4096)) || litFrames(lit, mpn, pages);
  });
  const fresh = entries.filter(({ born }) => born === step && step > 0);
  return [belongs, fresh].map((list) => list.map(({ set, way }) => `${set}.${way}`).join(' ')).join('|');
}
