import { memo } from 'react';
import { decimalGroups } from '../../base/number';
import type { PcpuPicture, TlbPicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { Icon } from '../icons';
import { Entries } from './entries';
import { Marks } from './lane-marks';
import { marksOf } from './marks';
import type { Marked } from './props';
import { Structures } from './structures';
import { Tlb } from './tlb';
import { TlbMap } from './tlb-map';

interface LaneProps extends Marked {
  readonly pcpu: PcpuPicture;
  readonly step: number;
  readonly va: bigint;
  readonly lit: Lit;
  /** Its entries are listed. */
  readonly isListed: boolean;
  readonly onList: (id: number) => void;
  /** Closes a lane that was opened from a line or a tile. */
  readonly onClose?: ((id: number) => void) | undefined;
}

/** A TLB with more places than this is drawn as a picture, not as buttons. */
const MOST_BUTTONS = 64;

/** One PCPU: what it does, what its translation caches hold and where, what it owes. */
export const Lane = memo(function Lane(props: LaneProps) {
  const { pcpu, step, va, lit, isListed, onList, onClose, onHover, onSelect } = props;
  const { id, doing, state } = pcpu;
  const thing = { kind: 'pcpu', id } as const;
  return (
    <div
      role="group"
      aria-label={onClose ? `Lane of PCPU ${id}` : `PCPU ${id}`}
      className={['lane', state, lit.pcpus.includes(id) && 'lit'].filter(Boolean).join(' ')}
    >
      <div className="lane-head" onPointerEnter={() => onHover(thing)} onPointerLeave={() => onHover(undefined)}>
        <button
          type="button"
          className="lane-name"
          aria-expanded={isListed}
          title={isListed ? 'Hide the list of its entries' : 'List its entries'}
          onClick={() => onList(id)}
          onFocus={() => onHover(thing)}
          onBlur={() => onHover(undefined)}
        >
          PCPU {id}
        </button>
        <span className="doing">{doing}</span>
        <Counters pcpu={pcpu} />
        <Marks pcpu={pcpu} />
        {onClose && (
          <button type="button" className="icon-only" aria-label={`Close PCPU ${id}`} onClick={() => onClose(id)}>
            <Icon name="remove" />
          </button>
        )}
      </div>
      <Caches {...{ pcpu, step, va, lit, onHover, onSelect }} />
      {isListed && <Entries {...{ pcpu, onHover, onSelect }} />}
    </div>
  );
});

function Caches({ pcpu, step, va, lit, onHover, onSelect }: Omit<LaneProps, 'isListed' | 'onList' | 'onClose'>) {
  const { id, caches } = pcpu;
  if (!caches) return undefined;
  const shown = (tlb: TlbPicture) => {
    const props = { pcpu: id, tlb, marks: marksOf(tlb, lit, step), onHover, onSelect };
    return tlb.sets * tlb.ways <= MOST_BUTTONS ? (
      <Tlb key={tlb.name} va={va} {...props} />
    ) : (
      <TlbMap key={tlb.name} {...props} />
    );
  };
  return (
    <div className="tlbs">
      {caches.tlbs.filter(({ name }) => name !== 'l2').map(shown)}
      <div className="second">
        {caches.tlbs.filter(({ name }) => name === 'l2').map(shown)}
        <Structures entries={caches.structures} onHover={onHover} onSelect={onSelect} />
      </div>
    </div>
  );
}

/** Look-ups answered by the L1 TLB, by the L2 TLB, by a walk; faults. */
function Counters({ pcpu: { counters } }: { readonly pcpu: PcpuPicture }) {
  const { hits1, hits2, walks, faults } = counters;
  return (
    <span className="counters">
      <span>L1+L2 </span>hits {decimalGroups(hits1)}+{decimalGroups(hits2)}, walks {decimalGroups(walks)}
      {faults > 0 && `, faults ${decimalGroups(faults)}`}
    </span>
  );
}
