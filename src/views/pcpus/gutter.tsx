import { memo, useEffect, useRef, type ReactNode } from 'react';
import type { Lit } from '../../engine/thing';
import { CHECK, CROSS, DISC, ENVELOPE, fading, FLAP, flightText, type Flight } from './flight';
import {
  headPath,
  isPile,
  OWN,
  ownEnd,
  pileEnd,
  pointOn,
  queued,
  wayOf,
  wayPath,
  type Lanes,
  type Way,
} from './places';
import type { Marked } from './props';
import { rove } from './rove';

interface GutterProps extends Marked {
  readonly flights: readonly Flight[];
  readonly lanes: Lanes;
  readonly lit: Lit;
}

/** The messages between lanes. Each can be pressed where it is, and at the end of its way that is its own. */
export function Gutter({ flights, lanes, lit, onHover, onSelect }: GutterProps) {
  const lights = new Set(lit.messages);
  const waiting = new Map<number, Flight[]>();
  for (const flight of flights.filter(({ share }) => share === 0))
    waiting.set(flight.from, [...(waiting.get(flight.from) ?? []), flight]);
  const placeOf = (flight: Flight) => {
    const queue = waiting.get(flight.from) ?? [];
    const nth = queue.indexOf(flight);
    if (nth >= 0) return queued(lanes, flight.from, nth, queue.length);
    return pointOn(wayOf(lanes, flight.from, flight.to, flight.kind === 'ack'), flight.share);
  };
  return (
    <svg
      className="gutter"
      width={lanes.width}
      height={lanes.height}
      role="group"
      aria-label={flights.length > 0 ? 'Messages in flight' : 'No message in flight'}
    >
      <Stubs lanes={lanes} />
      {flights.map(({ index, kind, from, to, state }) => (
        <Curve
          key={index}
          lanes={lanes}
          from={from}
          to={to}
          className={`way ${kind} ${state}${isPile(lanes, waiting.get(from)?.length ?? 0) ? ' piled' : ''}${lights.has(index) ? ' lit' : ''}`}
        />
      ))}
      {flights.map(({ index, kind, from, to }) => {
        const thing = { kind: 'message', index } as const;
        const { x, y } = ownEnd(lanes, kind === 'ipi' ? to : from);
        return (
          <rect
            key={index}
            className="target"
            x={x}
            y={y - OWN / 2}
            width={OWN}
            height={OWN}
            onClick={() => onSelect(thing)}
            onPointerEnter={() => onHover(thing)}
            onPointerLeave={() => onHover(undefined)}
          />
        );
      })}
      {flights.map((flight, i) => {
        const { x, y } = placeOf(flight);
        return (
          <Message
            key={flight.index}
            {...{ flight, onHover, onSelect }}
            place={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
            stop={i === 0}
            lit={lights.has(flight.index)}
          >
            <Mark kind={flight.kind} lost={fading(flight)} />
          </Message>
        );
      })}
      {[...waiting.values()].map((queue) => (
        <Pile key={queue[0].from} lanes={lanes} queue={queue} />
      ))}
    </svg>
  );
}

interface MessageProps extends Marked {
  readonly flight: Flight;
  readonly place: string;
  readonly stop: boolean;
  readonly lit: boolean;
  readonly children: ReactNode;
}

function Message({ flight, place, stop, lit, onHover, onSelect, children }: MessageProps) {
  const element = useRef<SVGGElement>(null);
  const thing = { kind: 'message', index: flight.index } as const;
  // What is told of it below takes room from the lanes.
  useEffect(() => {
    if (lit) element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [lit]);
  return (
    <g
      ref={element}
      className={`flight ${flight.kind} ${flight.state}${lit ? ' lit' : ''}`}
      transform={place}
      role="button"
      tabIndex={stop ? 0 : -1}
      aria-label={flightText(flight)}
      onKeyDown={(event) => {
        rove(event);
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onSelect(thing);
      }}
      onClick={() => onSelect(thing)}
      onPointerEnter={() => onHover(thing)}
      onFocus={() => onHover(thing)}
      onPointerLeave={() => onHover(undefined)}
      onBlur={() => onHover(undefined)}
    >
      <rect className="target" x="-12" y="-9" width="24" height="18" />
      {children}
    </g>
  );
}

const Stubs = memo(function Stubs({ lanes: { ports, width } }: { readonly lanes: Lanes }) {
  return (
    <path className="stub" d={ports.map(({ y, side }) => `M${side === 'left' ? 0 : width - 8} ${y}h8`).join('')} />
  );
});

interface CurveProps {
  readonly lanes: Lanes;
  readonly from: number;
  readonly to: number;
  readonly className: string;
}

const Curve = memo(function Curve({ lanes, from, to, className }: CurveProps) {
  const way: Way = wayOf(lanes, from, to, className.includes('ack'));
  return (
    <>
      <path className={className} d={wayPath(way)} />
      <path className={`${className} head`} d={headPath(way)} />
    </>
  );
});

/** How many wait in a pile. */
function Pile({ lanes, queue }: { readonly lanes: Lanes; readonly queue: readonly Flight[] }) {
  if (!isPile(lanes, queue.length)) return undefined;
  const { x, y } = pileEnd(lanes, queue[0].from);
  return (
    <text className="pile" x={x} y={y} textAnchor="middle">
      {queue.length}
    </text>
  );
}

/** An envelope or a check mark; `lost` of it, 0–1, has turned into a cross. */
const Mark = memo(function Mark({ kind, lost }: { readonly kind: Flight['kind']; readonly lost: number }) {
  return (
    <>
      <g opacity={1 - lost}>
        <path className="body" d={kind === 'ipi' ? ENVELOPE : DISC} />
        <path className="detail" d={kind === 'ipi' ? FLAP : CHECK} />
      </g>
      {lost > 0 && <path className="cross" d={CROSS} opacity={lost} />}
    </>
  );
});
