import type { Stretch } from '../engine/thing';
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

/** More stretches of frames than this are marked from the lowest frame to the highest. */
const MOST_FRAMES = 512;

/** The frames of all that a request asks for. */
export function wholeFrames(map: number, document: Scenario): readonly Stretch<number>[] {
  const op = document.ops[map];
  if (op?.op !== 'map') return [];
  const { starts, pages, low, high } = rangeList(op.ranges);
  if (starts.length > MOST_FRAMES) return [{ start: low, end: high }];
  return Array.from(starts, (start, i) => ({ start, end: start + pages[i] }));
}

/** The frames that a mapping which starts at VPN `first` shows at some pages, which are in order. */
export function framesOfPages(
  map: number,
  wanted: readonly Stretch<number>[],
  first: number,
  document: Scenario,
): readonly Stretch<number>[] {
  const op = document.ops[map];
  if (op?.op !== 'map') return [];
  const { starts, pages, total } = rangeList(op.ranges);
  if (wanted.some(({ start, end }) => start <= first && end >= first + total)) return wholeFrames(map, document);
  const last = wanted.at(-1)?.end ?? 0;
  const found: Stretch<number>[] = [];
  let [low, high] = [Infinity, 0];
  let k = 0;
  for (let i = 0, at = first; i < starts.length && at < last; at += pages[i++]) {
    while (wanted[k].end <= at) k++;
    for (let j = k; j < wanted.length && wanted[j].start < at + pages[i]; j++) {
      const start = starts[i] + Math.max(0, wanted[j].start - at);
      const end = starts[i] + Math.min(pages[i], wanted[j].end - at);
      low = Math.min(low, start);
      high = Math.max(high, end);
      if (found.length <= MOST_FRAMES) found.push({ start, end });
    }
  }
  return found.length > MOST_FRAMES ? [{ start: low, end: high }] : found;
}
