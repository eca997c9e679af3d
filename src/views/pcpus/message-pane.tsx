import { useId, useState } from 'react';
import { decimalGroups, parseInteger } from '../../base/number';
import type { TimelinePicture } from '../../engine/picture';
import { Problem } from '../field';

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

const MOST_CYCLES = 1_000_000_000n;

/** The cycles that a text stands for, or what is wrong with it. */
function cyclesOf(text: string): { readonly cycles: number; readonly problem?: string | undefined } {
  const read = parseInteger(text, MOST_CYCLES);
  if (!read.ok) return { cycles: 0, problem: `Cycles of delay ${read.error}` };
  return {
    cycles: Number(read.value),
    problem: read.value === 0n ? 'Cycles of delay is 0; write 1 or more' : undefined,
  };
}

/** A message may have been chosen far from here. */
const show = (line: HTMLElement | null): void => line?.parentElement?.scrollIntoView({ block: 'nearest' });

/** One IPI or acknowledgement, and what can be made to happen to it. */
export function MessagePane({ timeline, index, fault, refusal, ...act }: MessagePaneProps) {
  const { kinds, from, to, sentBy, arrivedAt, sent, arrives } = timeline.messages;
  const [text, setText] = useState('5000');
  const field = useId();
  if (kinds[index] === undefined) return undefined;
  const name = `${kinds[index] === 'ipi' ? 'IPI' : 'Acknowledgement'} from PCPU ${from[index]} to PCPU ${to[index]}`;
  const { cycles, problem } = cyclesOf(text);
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
          <button type="button" disabled={problem !== undefined} onClick={() => act.onDelay(cycles)}>
            Delay
          </button>
          <label htmlFor={field}>by</label>
          <input
            id={field}
            inputMode="numeric"
            aria-label="Cycles of delay"
            aria-invalid={problem !== undefined || undefined}
            aria-describedby={problem === undefined ? undefined : `${field}-problem`}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <span>cycles</span>
          <Problem id={`${field}-problem`} text={problem} />
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
