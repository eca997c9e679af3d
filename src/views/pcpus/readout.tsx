import type { PcpuPicture } from '../../engine/picture';
import type { Place } from './props';
import { countersText, entryFacts, pcpuText, TLB_TITLES } from './words';

interface EntryReadoutProps {
  readonly place: Place;
  readonly onSeek: (step: number) => void;
}

/** One TLB entry in words, and the way to the walk that filled it. */
export function EntryReadout({ place: { pcpu, tlb, entry }, onSeek }: EntryReadoutProps) {
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

/** A PCPU in words, and how its look-ups ended. */
export const PcpuReadout = ({ pcpu }: { readonly pcpu: PcpuPicture }) => (
  <p className="tlb-readout">
    <b>{pcpuText(pcpu)}</b>; {countersText(pcpu)}
  </p>
);
