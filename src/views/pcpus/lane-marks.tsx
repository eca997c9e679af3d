import { decimalGroups } from '../../base/number';
import type { PcpuPicture } from '../../engine/picture';

/** What is wrong at a PCPU, or waits there. Where there is no room, the words go and the numbers stay. */
export function Marks({ pcpu: { stale, owes, masked, held, covers } }: { readonly pcpu: PcpuPicture }) {
  return (
    <>
      {stale > 0 && (
        <em className="tag stale" title="TLB entries that differ from the tables">
          {decimalGroups(stale)}
          <span> stale</span>
        </em>
      )}
      {owes > 0 && (
        <em className="tag owes" title="Invalidations that it has not done yet">
          <span>owes </span>
          {decimalGroups(owes)}
        </em>
      )}
      {masked && (
        <em className="tag masked" title="Interrupts are off: an IPI waits">
          masked
        </em>
      )}
      {held > 0 && (
        <em className="tag held" title="IPIs that wait until interrupts are on again">
          {decimalGroups(held)} held
        </em>
      )}
      {covers !== 'none' && (
        <em
          className={`tag covers ${covers}`}
          role="img"
          aria-label={covers === 'stale' ? 'holds the address, stale' : 'holds the address'}
          title={`A TLB entry of it translates the selected address${covers === 'stale' ? ', and is stale' : ''}`}
        >
          ◉
        </em>
      )}
    </>
  );
}
