import type { Place } from './props';
import { entryFacts, TLB_TITLES } from './words';

interface ReadoutProps {
  /** The entry under the pointer, or the selected one. */
  readonly place: Place | undefined;
  /** Whether any TLB holds an entry. */
  readonly held: boolean;
  readonly onSeek: (step: number) => void;
}

/** One TLB entry in words, and the way to the walk that filled it. */
export function Readout({ place, held, onSeek }: ReadoutProps) {
  if (!place) {
    return (
      <p className="tlb-readout">
        {held
          ? 'Point at a TLB entry to read it; click it to see its walk.'
          : 'All TLBs are empty. An access walks the tables and leaves its translation here; use Access to make one.'}
      </p>
    );
  }
  const { pcpu, tlb, entry } = place;
  const [first, ...rest] = entryFacts(entry);
  return (
    <p className="tlb-readout">
      <b className={entry.stale ? 'is-stale' : undefined}>{first}</b>
      {[...rest, `${TLB_TITLES[tlb]} of PCPU ${pcpu}`].map((fact) => `, ${fact}`).join('')}
      {entry.born > 0 && (
        <>
          {'; the walk it came from: '}
          <button type="button" className="link" onClick={() => onSeek(entry.born)}>
            step {entry.born}
          </button>
        </>
      )}
    </p>
  );
}
