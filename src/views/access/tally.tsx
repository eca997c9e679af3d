import { decimalGroups } from '../../base/number';
import type { AccessTally } from '../../machine/micro';

/** How an access can end, in the order of what it costs. */
const ENDS = ['L1', 'L2', 'walk', 'spurious', 'fault'] as const;
type End = (typeof ENDS)[number];

const TITLES: Readonly<Record<End, string>> = {
  L1: 'answered by the L1 TLB',
  L2: 'answered by the L2 TLB',
  walk: 'walked the tables and filled the TLB',
  spurious: 'faulted on an old TLB entry that the tables no longer justify; the retry walked',
  fault: 'ended in a fault',
};

/** Accesses by how they ended; every access is counted once. */
export function endsOf(count: number, { hits1, hits2, faults, spurious }: AccessTally): Readonly<Record<End, number>> {
  const walk = Math.max(0, count - hits1 - hits2 - faults - spurious);
  return { L1: hits1, L2: hits2, walk, spurious, fault: faults };
}

/** `3 walks of 3`: what there was, the dearest first. */
export function tallyText(count: number, tally: AccessTally): string {
  const ends = endsOf(count, tally);
  const parts = ENDS.toReversed().filter((end) => ends[end] > 0);
  const list = parts.map((end) => `${decimalGroups(ends[end])} ${WORDS[end]}${ends[end] === 1 ? '' : 's'}`);
  return `${list.join(', ')} of ${decimalGroups(count)}`;
}

/** The last access, told apart by how it ended: a bar in proportion, and each part in a word with its mark. */
export function Tally({ count, tally }: { readonly count: number; readonly tally: AccessTally }) {
  const ends = endsOf(count, tally);
  const there = ENDS.filter((end) => ends[end] > 0);
  return (
    <div className="tally">
      <div className="tally-bar" aria-hidden="true">
        {there.map((end) => (
          <i key={end} className={`end-${end}`} style={{ flexGrow: ends[end] }} />
        ))}
      </div>
      <ul aria-label="How the accesses ended">
        {there.map((end) => (
          <li key={end} title={TITLES[end]}>
            <i className={`end-${end}`} aria-hidden="true" /> {WORDS[end]}
            {count > 1 && <b> {ends[end]}</b>}
          </li>
        ))}
      </ul>
    </div>
  );
}

const WORDS: Readonly<Record<End, string>> = {
  L1: 'L1 hit',
  L2: 'L2 hit',
  walk: 'walk',
  spurious: 'spurious fault',
  fault: 'fault',
};
