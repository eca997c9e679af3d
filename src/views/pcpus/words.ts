import { decimalGroups, hexGroups } from '../../base/number';
import { SIZE_NAMES, TABLE_NAMES } from '../../machine/address';
import { rightsText } from '../../machine/rights';
import type { TlbName } from '../../machine/tlb';
import type { PcpuPicture, StructurePicture, TlbEntryPicture } from '../../engine/picture';

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
  return [...entryFacts(entry), `filled in step ${entry.born}`].join(', ');
}

/** The same without the step that filled it. */
export function entryFacts(entry: TlbEntryPicture): readonly string[] {
  const { va, level, mpn, rights, type, dirty, global, pcid, set, way } = entry;
  const facts = [
    staleText(entry)?.toUpperCase(),
    `${hexGroups(va)} to MPN ${hexGroups(mpn)}`,
    SIZE_NAMES[level],
    rightsText(rights),
    type,
    dirty && 'dirty',
    global && 'global',
    pcid > 0 && `PCID ${pcid}`,
    `set ${set} way ${way}`,
  ];
  return facts.filter((fact): fact is string => Boolean(fact));
}

/** An entry of a paging-structure cache in words. */
export const structureText = ({ level, va, tableMPN, stale }: StructurePicture): string =>
  `${stale ? 'STALE, ' : ''}${TABLE_NAMES[level]} entry of ${hexGroups(va)}, names the ${TABLE_NAMES[(level - 1) as 1 | 2 | 3]} at MPN ${hexGroups(tableMPN)}`;

/** What the handler of an IPI is about. */
const SERVES: ReadonlySet<string> = new Set(['is interrupted', 'flushes for another PCPU', 'acknowledges']);

/** What a PCPU does, as a mark has it: `serves` an IPI, besides its states. */
export const doesNow = ({ state, doing }: PcpuPicture): PcpuPicture['state'] | 'serves' =>
  SERVES.has(doing.split(';')[0]) ? 'serves' : state;

/** A PCPU in words, where there is no room for a lane. */
export function pcpuText({ id, doing, live, stale, owes, held, masked, covers }: PcpuPicture): string {
  const facts = [
    `PCPU ${id}: ${doing}`,
    `${decimalGroups(live)} TLB ${live === 1 ? 'entry' : 'entries'}`,
    stale > 0 && `${decimalGroups(stale)} stale`,
    owes > 0 && `owes ${owes} ${owes === 1 ? 'invalidation' : 'invalidations'}`,
    masked && 'interrupts off',
    held > 0 && `${held} ${held === 1 ? 'IPI' : 'IPIs'} held back`,
    covers !== 'none' && (covers === 'stale' ? 'holds a stale entry of the address' : 'holds the address'),
  ];
  return facts.filter(Boolean).join(', ');
}

/** How its look-ups ended. */
export function countersText({ counters: { hits1, hits2, walks, faults } }: PcpuPicture): string {
  const all = `look-ups answered: ${decimalGroups(hits1)} by the L1, ${decimalGroups(hits2)} by the L2, ${decimalGroups(walks)} by a walk`;
  return faults > 0 ? `${all}; faults: ${decimalGroups(faults)}` : all;
}
