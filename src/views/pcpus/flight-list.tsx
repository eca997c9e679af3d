import { memo } from 'react';
import type { TimelinePicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { flightsAt, flightText, type Flight } from './flight';
import type { Marked } from './props';
import { rove } from './rove';

interface FlightListProps extends Marked {
  readonly timeline: TimelinePicture;
  readonly step: number;
  readonly lit: Lit;
  /** The PCPU that was chosen: its messages come first. */
  readonly pcpu: number | undefined;
}

/** Every message on its way in a step, to be chosen from, where the picture of them is too small to be pressed. */
export const FlightList = memo(function FlightList({ timeline, step, lit, pcpu, onHover, onSelect }: FlightListProps) {
  const flights = flightsAt(timeline, step);
  const [ipis, all] = [flights.filter(({ kind }) => kind === 'ipi').length, flights.length];
  if (flights.length === 0) return <p className="in-flight">No message in flight.</p>;
  const rank = ({ from, to, left }: Flight): number => (from === pcpu || to === pcpu ? 0 : 1e12) + left;
  const lights = new Set(lit.messages);
  return (
    <div className="in-flight" role="group" aria-label="Messages in flight">
      <span>
        {ipis} {ipis === 1 ? 'IPI' : 'IPIs'}, {all - ipis} {all - ipis === 1 ? 'ack' : 'acks'} in flight
      </span>
      <div className="chips">
        {flights
          .toSorted((a, b) => rank(a) - rank(b))
          .map((flight, i) => (
            <Chip
              key={flight.index}
              {...{ onHover, onSelect }}
              index={flight.index}
              way={`${flight.from}→${flight.to}`}
              says={flightText(flight)}
              look={`${flight.kind}${lights.has(flight.index) ? ' lit' : ''}`}
              stop={i === 0}
            />
          ))}
      </div>
    </div>
  );
});

interface ChipProps extends Marked {
  readonly index: number;
  readonly way: string;
  readonly says: string;
  readonly look: string;
  readonly stop: boolean;
}

const Chip = memo(function Chip({ index, way, says, look, stop, onHover, onSelect }: ChipProps) {
  const thing = { kind: 'message', index } as const;
  return (
    <button
      type="button"
      className={`message-chip ${look}`}
      tabIndex={stop ? 0 : -1}
      aria-label={says}
      title={says}
      onKeyDown={rove}
      onClick={() => onSelect(thing)}
      onPointerEnter={() => onHover(thing)}
      onFocus={() => onHover(thing)}
      onPointerLeave={() => onHover(undefined)}
      onBlur={() => onHover(undefined)}
    >
      {way}
    </button>
  );
});
