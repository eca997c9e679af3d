import type { MappingPicture } from '../engine/picture';
import { PAGE_SIZE } from '../machine/address';
import { partsWithin, rangeList } from '../machine/ranges';
import type { Scenario } from '../scenario';

/** Places that are named; of more the reader learns how many there are. */
const MOST_PLACES = 4;

export interface MappedPlace {
  readonly name: string;
  readonly va: bigint;
}

/** The first places at which any of so many frames is mapped, by the ranges that requests have. */
export const mappedAt =
  (mappings: readonly MappingPicture[], { ops }: Scenario) =>
  (mpn: number, count: number): readonly MappedPlace[] => {
    const places: MappedPlace[] = [];
    for (const { op: index, name, va } of mappings) {
      const op = ops[index];
      if (op?.op !== 'map') continue;
      for (const { offset } of partsWithin(rangeList(op.ranges), mpn, mpn + count)) {
        places.push({ name, va: va + BigInt(offset * PAGE_SIZE) });
        // One place of a mapping is enough where frames are many.
        if (places.length === MOST_PLACES) return places;
        if (count > 1) break;
      }
    }
    return places;
  };
