import { memo } from 'react';
import type { TimelinePicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { CHECK, CROSS, DISC, ENVELOPE, fading, FLAP, flightsAt, flightText, type Flight } from './flight';
import { GUTTER, pointOn, queued, tileCentre, wayOf, wayPath, type Places, type Point, type Way } from './places';
import type { Marked } from './props';
import { rove } from './rove';

interface FlightsProps extends Marked {
  readonly timeline: TimelinePicture;
  /** The playhead, in steps. */
  readonly at: number;
  readonly places: Places;
  readonly lit: Lit;
}

/** IPIs and acknowledgements on their way: a function of the playhead. */
export function Flights({ timeline, at, places, ...marked }: FlightsProps) {
  const flights = flightsAt(timeline, at);
  if (places.kind === 'tiles') return <OverTiles flights={flights} places={places} lit={marked.lit} />;
  return <Gutter flights={flights} ys={places.ys} {...marked} />;
}

interface GutterProps extends Marked {
  readonly flights: readonly Flight[];
  readonly ys: readonly number[];
  readonly lit: Lit;
}

/** Where a message is beside the lanes. */
function placeOf(flight: Flight, ys: readonly number[], waiting: readonly Flight[]): Point {
  const nth = waiting.indexOf(flight);
  if (nth >= 0) return queued(ys, flight.from, nth, waiting.length);
  return pointOn(wayOf(ys, flight.from, flight.to, flight.kind === 'ack'), flight.share);
}

function Gutter({ flights, ys, lit, onHover, onSelect }: GutterProps) {
  const waiting = flights.filter(({ share }) => share === 0);
  return (
    <svg
      className="gutter"
      width={GUTTER}
      height={(ys.at(-1) ?? 0) + 24}
      role="group"
      aria-label={flights.length > 0 ? 'Messages in flight' : 'No message in flight'}
    >
      <Stubs ys={ys} />
      {flights.map(({ index, kind, from, to, state }) => (
        <Curve key={index} {...wayOf(ys, from, to, kind === 'ack')} className={`way ${kind} ${state}`} />
      ))}
      {flights.map((flight, i) => {
        const thing = { kind: 'message', index: flight.index } as const;
        const { x, y } = placeOf(flight, ys, waiting);
        return (
          <g
            key={flight.index}
            className={`flight ${flight.kind} ${flight.state}${lit.messages.includes(flight.index) ? ' lit' : ''}`}
            transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
            role="button"
            tabIndex={i === 0 ? 0 : -1}
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
            <rect className="target" x="-12" y="-12" width="24" height="24" />
            <Mark kind={flight.kind} lost={fading(flight)} />
          </g>
        );
      })}
    </svg>
  );
}

const Stubs = memo(function Stubs({ ys }: { readonly ys: readonly number[] }) {
  return <path className="stub" d={ys.map((y) => `M0 ${y}h8`).join('')} />;
});

const Curve = memo(function Curve({ className, ...way }: Way & { readonly className: string }) {
  const { start, end } = way;
  return (
    <>
      <path className={className} d={wayPath(way)} />
      <path className={`${className} head`} d={`M11 ${end - 4 + Math.sign(start - end) * 2}l-7 4 7 4`} />
    </>
  );
});

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

interface OverTilesProps {
  readonly flights: readonly Flight[];
  readonly places: Extract<Places, { kind: 'tiles' }>;
  readonly lit: Lit;
}

/** All messages in a few paths, because there may be hundreds: lines from tile to tile, and marks on them. */
function OverTiles({ flights, places, lit }: OverTilesProps) {
  const paths: Record<string, string> = {};
  const add = (name: string, d: string): void => void (paths[name] = (paths[name] ?? '') + d);
  for (const flight of flights) {
    const marked = lit.messages.includes(flight.index) ? ' lit' : '';
    // Those not sent yet all lie in one place: one mark stands for them.
    if (flight.state === 'waits' && !marked && flights[0] !== flight) continue;
    const start = tileCentre(places, flight.from);
    const end = tileCentre(places, flight.to);
    const x = (start.x + (end.x - start.x) * flight.share).toFixed(1);
    const y = (start.y + (end.y - start.y) * flight.share).toFixed(1);
    if (flight.state !== 'waits' || marked) add(`way ${flight.kind}${marked}`, `M${x} ${y}L${end.x} ${end.y}`);
    const gone = fading(flight) >= 0.5;
    if (gone) add('cross', `M${x} ${y}m-4-4l8 8m0-8l-8 8`);
    else if (flight.kind === 'ipi') add('ipi body', `M${x} ${y}m-5-3.5h10v7h-10z`);
    else add('ack body', `M${x} ${y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z`);
    if (!gone) add('detail', flight.kind === 'ipi' ? `M${x} ${y}m-4-3l4 3.5 4-3.5` : `M${x} ${y}m-2 0l1.4 1.5 2.6-3`);
  }
  return (
    <svg className="over-tiles" aria-hidden="true">
      {Object.keys(paths)
        .toSorted((a, b) => RANK.indexOf(a) - RANK.indexOf(b))
        .map((name) => (
          <path key={name} className={name} d={paths[name]} />
        ))}
    </svg>
  );
}

/** What lies under what. */
const RANK = ['way ipi', 'way ack', 'way ipi lit', 'way ack lit', 'ipi body', 'ack body', 'detail', 'cross'];

/** More messages than this are counted instead of listed. */
const MOST_LISTED = 16;

interface FlightListProps extends Marked {
  readonly timeline: TimelinePicture;
  readonly step: number;
  readonly lit: Lit;
}

/** The messages on their way in a step, to be chosen from, where the picture of them is too small to be pressed. */
export const FlightList = memo(function FlightList({ timeline, step, lit, onHover, onSelect }: FlightListProps) {
  const flights = flightsAt(timeline, step);
  const [ipis, all] = [flights.filter(({ kind }) => kind === 'ipi').length, flights.length];
  if (flights.length === 0) return <p className="in-flight">No message in flight.</p>;
  const listed = flights.toSorted((a, b) => a.left - b.left).slice(0, MOST_LISTED);
  return (
    <div className="in-flight" role="group" aria-label="Messages in flight">
      <span>
        {ipis} {ipis === 1 ? 'IPI' : 'IPIs'}, {all - ipis} {all - ipis === 1 ? 'ack' : 'acks'} in flight
      </span>
      {listed.map((flight, i) => {
        const thing = { kind: 'message', index: flight.index } as const;
        return (
          <button
            key={flight.index}
            type="button"
            className={`message-chip ${flight.kind}${lit.messages.includes(flight.index) ? ' lit' : ''}`}
            tabIndex={i === 0 ? 0 : -1}
            aria-label={flightText(flight)}
            title={flightText(flight)}
            onKeyDown={rove}
            onClick={() => onSelect(thing)}
            onPointerEnter={() => onHover(thing)}
            onFocus={() => onHover(thing)}
            onPointerLeave={() => onHover(undefined)}
            onBlur={() => onHover(undefined)}
          >
            {flight.from}→{flight.to}
          </button>
        );
      })}
      {flights.length > listed.length && <span>and {flights.length - listed.length} more</span>}
    </div>
  );
});
