import { PAGE_SIZE } from '../machine/address';
import type { AddressRef, Op, RangeSpec } from '../machine/op';
import type { MappingPicture, Picture } from '../engine/picture';

export const mappingsOf = (picture: Picture | undefined): readonly MappingPicture[] =>
  picture?.modules.flatMap(({ mappings }) => mappings) ?? [];

const endOf = ({ va, pages }: MappingPicture): bigint => va + BigInt(pages) * BigInt(PAGE_SIZE);

/** The mapping that an address lies in. Being derived, it can never be one that is gone. */
export const mappingAt = (picture: Picture | undefined, va: bigint): MappingPicture | undefined =>
  mappingsOf(picture).find((mapping) => va >= mapping.va && va < endOf(mapping));

/** An address as the document should hold it: counted from its mapping, so that it follows when earlier operations change. */
export function addressRef(picture: Picture | undefined, va: bigint): AddressRef {
  const mapping = mappingAt(picture, va);
  return mapping ? { mapping: mapping.name, offset: va - mapping.va } : { va };
}

/** The ranges of a request, one by one. */
function* unfolded(ranges: readonly RangeSpec[]): Generator<{ readonly startMPN: bigint; readonly numPages: number }> {
  for (const { startMPN, numPages, count = 1, stride = 0n } of ranges) {
    for (let i = 0; i < count; i++) yield { startMPN: startMPN + BigInt(i) * stride, numPages };
  }
}

/** The address at which a mapping shows a frame. */
export function vaOfFrame(mapping: MappingPicture, op: Op | undefined, mpn: number): bigint {
  if (op?.op !== 'map') return mapping.va;
  let page = 0;
  for (const { startMPN, numPages } of unfolded(op.ranges)) {
    const into = BigInt(mpn) - startMPN;
    if (into >= 0n && into < BigInt(numPages)) return mapping.va + BigInt((page + Number(into)) * PAGE_SIZE);
    page += numPages;
  }
  return mapping.va;
}
