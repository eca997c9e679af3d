import './pcpus.css';
import { useState } from 'react';
import { decimalGroups } from '../../base/number';
import type { MessagePicture, PcpuPicture, TlbEntryPicture } from '../../engine/picture';
import { Panel } from '../panel';
import { Entries } from './entries';
import { Tlb } from './tlb';
import { entryText } from './words';

interface PcpusProps {
  readonly pcpus: readonly PcpuPicture[];
  readonly messages: readonly MessagePicture[];
  readonly time: number;
  readonly va: bigint;
  readonly onSelect: (va: bigint) => void;
}

/** A lane for each processor: what it does, what its TLBs hold, what is on its way to it. */
export function Pcpus({ pcpus, messages, time, va, onSelect }: PcpusProps) {
  const [pointed, setPointed] = useState<TlbEntryPicture>();
  const stale = pcpus.reduce((sum, pcpu) => sum + pcpu.stale, 0);
  return (
    <Panel
      name="PCPUs"
      id="pcpus"
      aside={stale > 0 ? <em className="tag stale">{decimalGroups(stale)} stale</em> : 'no stale entry'}
    >
      <div className="lanes">
        {pcpus.map((pcpu) => (
          <Lane
            key={pcpu.id}
            pcpu={pcpu}
            incoming={messages.filter(({ to }) => to === pcpu.id)}
            time={time}
            va={va}
            onSelect={onSelect}
            onPoint={setPointed}
          />
        ))}
      </div>
      <p className="pointed-entry" aria-hidden="true">
        {pointed ? entryText(pointed) : 'Point at a TLB entry to read it; click it to see its walk.'}
      </p>
    </Panel>
  );
}

interface LaneProps {
  readonly pcpu: PcpuPicture;
  readonly incoming: readonly MessagePicture[];
  readonly time: number;
  readonly va: bigint;
  readonly onSelect: (va: bigint) => void;
  readonly onPoint: (entry: TlbEntryPicture | undefined) => void;
}

function Lane({ pcpu, incoming, time, va, onSelect, onPoint }: LaneProps) {
  const [open, setOpen] = useState(false);
  const { id, doing, counters, caches } = pcpu;
  const shown = (caches?.tlbs ?? []).filter(({ name, live }) => live > 0 || name === 'l1d4k');
  return (
    <div role="group" aria-label={`PCPU ${id}`} className="lane">
      <div className="lane-head">
        <button type="button" className="lane-name" aria-expanded={open} onClick={() => setOpen(!open)}>
          PCPU {id}
        </button>
        <span className="doing" title={doing}>
          {doing}
        </span>
        <Marks pcpu={pcpu} />
        <span className="counters" title="Look-ups answered by the L1 TLB, by the L2 TLB, by a walk; faults">
          L1 {decimalGroups(counters.hits1)} · L2 {decimalGroups(counters.hits2)} · walks{' '}
          {decimalGroups(counters.walks)}
          {counters.faults > 0 && ` · faults ${decimalGroups(counters.faults)}`}
        </span>
      </div>
      {incoming.map((message) => (
        <Incoming key={message.id} message={message} time={time} />
      ))}
      <div className="tlbs">
        {shown.map((tlb) => (
          <Tlb key={tlb.name} tlb={tlb} va={va} onSelect={onSelect} onPoint={onPoint} />
        ))}
      </div>
      {open && <Entries pcpu={pcpu} onSelect={onSelect} />}
    </div>
  );
}

function Marks({ pcpu: { stale, owes, masked } }: { readonly pcpu: PcpuPicture }) {
  return (
    <>
      {stale > 0 && <em className="tag stale">{decimalGroups(stale)} stale</em>}
      {owes > 0 && (
        <em className="tag owes" title="Invalidations not yet done">
          owes {decimalGroups(owes)}
        </em>
      )}
      {masked && (
        <em className="tag" title="Interrupts are off: an IPI waits">
          masked
        </em>
      )}
    </>
  );
}

function Incoming({
  message: { kind, from, sent, arrives },
  time,
}: {
  readonly message: MessagePicture;
  readonly time: number;
}) {
  const share = arrives > sent ? Math.min(1, Math.max(0, (time - sent) / (arrives - sent))) : 1;
  return (
    <p className={`incoming ${kind}`}>
      {kind === 'ipi' ? 'IPI' : 'acknowledgement'} from PCPU {from}, in {decimalGroups(Math.max(0, arrives - time))}{' '}
      cycles
      <span className="flight" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </p>
  );
}
