import { PAGE_SIZE } from '../machine/address';
import type { AddressRef } from '../machine/op';
import { rangeList } from '../machine/ranges';
import type { Scenario } from '../scenario';
import type { MappingPicture, Picture } from '../engine/picture';

export const mappingsOf = (picture: Pick<Picture, 'modules'> | undefined): readonly MappingPicture[] =>
  picture?.modules.flatMap(({ mappings }) => mappings) ?? [];

export const endOf = ({ va, pages }: MappingPicture): bigint => va + BigInt(pages) * BigInt(PAGE_SIZE);

/** The mapping that an address lies in. Being derived, it can never be one that is gone. */
export const mappingAt = (picture: Picture | undefined, va: bigint): MappingPicture | undefined =>
  mappingsOf(picture).find((mapping) => va >= mapping.va && va < endOf(mapping));

/** An address as the document should hold it: counted from its mapping, so that it follows when earlier operations change. */
export function addressRef(picture: Picture | undefined, va: bigint): AddressRef {
  const mapping = mappingAt(picture, va);
  return mapping ? { mapping: mapping.name, offset: va - mapping.va } : { va };
}

/** The frame that a mapping shows at an address, as its request says. */
export function frameOfVa(picture: Picture | undefined, { ops }: Scenario, va: bigint): number | undefined {
  const mapping = mappingAt(picture, va);
  const op = mapping && ops[mapping.op];
  if (op?.op !== 'map') return undefined;
  const { starts, pages } = rangeList(op.ranges);
  let page = Number((va - mapping!.va) / BigInt(PAGE_SIZE));
  for (let i = 0; i < starts.length; i++) {
    if (page < pages[i]) return starts[i] + page;
    page -= pages[i];
  }
  return undefined;
}
