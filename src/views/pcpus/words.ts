import { hexGroups } from '../../base/number';
import { SIZE_NAMES } from '../../machine/address';
import { rightsText } from '../../machine/rights';
import type { TlbName } from '../../machine/tlb';
import type { TlbEntryPicture } from '../../engine/picture';

export const TLB_TITLES: Readonly<Record<TlbName, string>> = {
  l1d4k: 'L1d 4K',
  l1d2m: 'L1d 2M',
  l1d1g: 'L1d 1G',
  l1i: 'L1i',
  l2: 'L2',
};

/** Why an entry is stale: what a walk of the tables would now give instead. */
const STALE_WORDS = {
  'not-present': 'no longer mapped',
  frame: 'another frame now',
  size: 'smaller pages now',
  rights: 'fewer rights now',
  type: 'another memory type now',
} as const;

export const staleText = ({ stale }: TlbEntryPicture): string | undefined => stale && `stale: ${STALE_WORDS[stale]}`;

/** One entry in words, for a tooltip and a screen reader. */
export function entryText(entry: TlbEntryPicture): string {
  const { va, level, mpn, rights, type, dirty, global, set, way, born } = entry;
  const facts = [
    `${hexGroups(va)} to MPN ${hexGroups(mpn)}`,
    SIZE_NAMES[level],
    rightsText(rights),
    type,
    dirty && 'dirty',
    global && 'global',
    `set ${set} way ${way}`,
    `filled in step ${born}`,
  ];
  return [staleText(entry)?.toUpperCase(), ...facts].filter(Boolean).join(', ');
}
