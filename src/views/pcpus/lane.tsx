import { memo, useState } from 'react';
import { decimalGroups } from '../../base/number';
import type { PcpuPicture, TlbPicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { Icon } from '../icons';
import { Entries } from './entries';
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
  /** On one line, where there are many; opened, it is a full lane. */
  readonly compact: boolean;
  /** Closes a lane that was opened from a tile. */
  readonly onClose?: ((id: number) => void) | undefined;
}

/** A TLB with more places than this is drawn as a picture, not as buttons. */
const MOST_BUTTONS = 64;

/** One PCPU: what it does, what its translation caches hold and where, what it owes. */
export const Lane = memo(function Lane({ pcpu, step, va, lit, compact, onClose, onHover, onSelect }: LaneProps) {
  const [open, setOpen] = useState(false);
  const { id, doing, state } = pcpu;
  const small = compact && !open;
  const belongs = lit.pcpus.includes(id);
  return (
    <div
      role="group"
      aria-label={`PCPU ${id}`}
      className={['lane', small && 'compact', state, belongs && 'lit'].filter(Boolean).join(' ')}
    >
      <div className="lane-head">
        <button
          type="button"
          className="lane-name"
          aria-expanded={open}
          title={open ? 'Hide the list of its entries' : 'List its entries'}
          onClick={() => setOpen(!open)}
        >
          PCPU {id}
        </button>
        <span className="doing" title={doing}>
          {doing}
        </span>
        {!small && <Counters pcpu={pcpu} />}
        <Marks pcpu={pcpu} />
        {onClose && (
          <button type="button" className="icon-only" aria-label={`Close PCPU ${id}`} onClick={() => onClose(id)}>
            <Icon name="remove" />
          </button>
        )}
      </div>
      <Caches {...{ pcpu, step, va, lit, small, onHover, onSelect }} />
      {open && <Entries {...{ pcpu, onHover, onSelect }} />}
    </div>
  );
});

function Caches({
  pcpu,
  step,
  va,
  lit,
  small,
  onHover,
  onSelect,
}: Omit<LaneProps, 'compact' | 'onClose'> & { readonly small: boolean }) {
  const { id, caches } = pcpu;
  if (!caches) return undefined;
  const shown = (tlb: TlbPicture) => {
    const props = { pcpu: id, tlb, marks: marksOf(tlb, lit, step), onHover, onSelect };
    const buttons = !small && tlb.sets * tlb.ways <= MOST_BUTTONS;
    return buttons ? <Tlb key={tlb.name} va={va} {...props} /> : <TlbMap key={tlb.name} {...props} />;
  };
  const first = caches.tlbs.filter(({ name, live }) => name !== 'l2' && (!small || live > 0 || name === 'l1d4k'));
  return (
    <div className="tlbs">
      {first.map(shown)}
      <div className="second">
        {caches.tlbs.filter(({ name }) => name === 'l2').map(shown)}
        {!small && <Structures entries={caches.structures} onHover={onHover} onSelect={onSelect} />}
      </div>
    </div>
  );
}

function Counters({ pcpu: { counters } }: { readonly pcpu: PcpuPicture }) {
  const { hits1, hits2, walks, faults } = counters;
  return (
    <span className="counters" title="Look-ups answered by the L1 TLB, by the L2 TLB, by a walk; faults">
      hit {decimalGroups(hits1)}+{decimalGroups(hits2)} walk {decimalGroups(walks)}
      {faults > 0 && ` fault ${decimalGroups(faults)}`}
    </span>
  );
}

function Marks({ pcpu: { stale, owes, masked, held, covers } }: { readonly pcpu: PcpuPicture }) {
  return (
    <>
      {stale > 0 && <em className="tag stale">{decimalGroups(stale)} stale</em>}
      {owes > 0 && (
        <em className="tag owes" title="Invalidations not yet done">
          owes {decimalGroups(owes)}
        </em>
      )}
      {masked && (
        <em className="tag masked" title="Interrupts are off: an IPI waits">
          masked
        </em>
      )}
      {held > 0 && (
        <em className="tag owes" title="IPIs that wait until interrupts are on again">
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
