import { useId, useState } from 'react';
import { decimalGroups } from '../../base/number';
import type { TimelinePicture } from '../../engine/picture';

interface MessagePaneProps {
  readonly timeline: TimelinePicture;
  /** In MessageSpans. */
  readonly index: number;
  /** What a fault of the document does to it. */
  readonly fault: { readonly kind: 'drop' | 'delay'; readonly cycles: number } | undefined;
  /** Why the last wish could not be met. */
  readonly refusal: string | undefined;
  readonly onDrop: () => void;
  readonly onDelay: (cycles: number) => void;
  readonly onRestore: () => void;
  readonly onSeek: (step: number) => void;
}

const MOST_CYCLES = 1_000_000_000;

/** A message may have been chosen far from here. */
const show = (line: HTMLElement | null): void => line?.parentElement?.scrollIntoView({ block: 'nearest' });

/** One IPI or acknowledgement, and what can be made to happen to it. */
export function MessagePane({ timeline, index, fault, refusal, ...act }: MessagePaneProps) {
  const { kinds, from, to, sentBy, arrivedAt, sent, arrives } = timeline.messages;
  const [text, setText] = useState('5000');
  const field = useId();
  if (kinds[index] === undefined) return undefined;
  const name = `${kinds[index] === 'ipi' ? 'IPI' : 'Acknowledgement'} from PCPU ${from[index]} to PCPU ${to[index]}`;
  const cycles = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  const valid = cycles >= 1 && cycles <= MOST_CYCLES;
  const arrived = arrivedAt[index] ?? 0;
  return (
    <div className="message-pane" role="group" aria-label={name}>
      <p key={index} ref={show}>
        <b>
          {kinds[index] === 'ipi' ? 'IPI' : 'Ack'} {from[index]} → {to[index]}
        </b>
        : from <Seek step={sentBy[index] ?? 0} onSeek={act.onSeek} />
        {arrived > 0 ? (
          <>
            {' '}
            to <Seek step={arrived} onSeek={act.onSeek} />, {decimalGroups((arrives[index] ?? 0) - (sent[index] ?? 0))}{' '}
            cycles
          </>
        ) : (
          ', never arrives'
        )}
      </p>
      {fault ? (
        <div className="message-acts">
          <button type="button" onClick={act.onRestore}>
            Undo {fault.kind}
          </button>
          <span>
            {fault.kind === 'drop' ? 'a fault loses it' : `a fault adds ${decimalGroups(fault.cycles)} cycles`}
          </span>
        </div>
      ) : (
        <div className="message-acts">
          <button type="button" onClick={act.onDrop}>
            Drop
          </button>
          <button type="button" disabled={!valid} onClick={() => act.onDelay(cycles)}>
            Delay
          </button>
          <label htmlFor={field}>by</label>
          <input
            id={field}
            inputMode="numeric"
            aria-label="Cycles of delay"
            aria-invalid={!valid}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <span>cycles</span>
        </div>
      )}
      {refusal && (
        <p className="problem" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}

const Seek = ({ step, onSeek }: { readonly step: number; readonly onSeek: (step: number) => void }) => (
  <button type="button" className="link" onClick={() => onSeek(step)}>
    step {step}
  </button>
);
