import { memo, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { endOf, framesIn, windowOf, type Window } from '../../draw/frame-window';
import { frameAt, positionOf, railOf, type Place, type Segment } from '../../draw/rail';
import type { Stretch } from '../../engine/thing';
import type { Region } from '../../machine/regions';
import { sizeText, spanText } from './words';

interface RailProps {
  readonly regions: readonly Region[];
  readonly pool: { readonly startMPN: number; readonly pages: number };
  readonly total: number;
  readonly window: Window;
  readonly mapped: readonly Stretch<number>[];
  readonly lit: readonly Stretch<number>[];
  readonly onWindow: (window: Window) => void;
}

const percent = (part: number): string => `${(part * 100).toFixed(3)}%`;
/** Stretches of lit frames that are marked one by one. */
const MOST_LIT = 64;

/** All memory in one line, with what is on screen marked. Names lead to where a region starts, the rest to where one points. */
export function Rail(props: RailProps) {
  const { regions, pool, total, window, mapped, lit, onWindow } = props;
  const rail = useMemo(() => railOf(placesOf(regions, pool), total), [regions, pool, total]);
  const go = (start: number): void =>
    onWindow(windowOf(start, framesIn(window), { total, most: Math.max(window.cells, 64) }));
  const [from, to] = [positionOf(rail, window.start), positionOf(rail, endOf(window))];
  return (
    <div className="frame-rail">
      <Segments rail={rail} onGo={go} count={framesIn(window)} />
      <div className="rail-marks" aria-hidden="true">
        <Marks rail={rail} stretches={mapped} className="rail-mapped" />
        <Marks rail={rail} stretches={lit.slice(0, MOST_LIT)} className="rail-lit" />
        <span className="rail-window" style={{ left: percent(from), width: percent(Math.max(0, to - from)) }} />
      </div>
    </div>
  );
}

interface MarksProps {
  readonly rail: readonly Segment[];
  readonly stretches: readonly Stretch<number>[];
  readonly className: string;
}

const Marks = memo(function Marks({ rail, stretches, className }: MarksProps) {
  return stretches.map(({ start, end }) => {
    const left = positionOf(rail, start);
    const width = Math.max(0, positionOf(rail, end) - left);
    return (
      <span key={`${start} ${end}`} className={className} style={{ left: percent(left), width: percent(width) }} />
    );
  });
});

interface SegmentsProps {
  readonly rail: readonly Segment[];
  /** Frames in the window, which is put around where one points. */
  readonly count: number;
  readonly onGo: (start: number) => void;
}

function Segments({ rail, count, onGo }: SegmentsProps) {
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const key = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: rail.length - 1 - at }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.max(0, Math.min(rail.length - 1, at + by));
    setAt(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  const press = (event: MouseEvent<HTMLButtonElement>, { start, from, to }: Segment): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    // From the keyboard there is no place within it.
    const named = event.detail === 0 || (event.target as Element).tagName === 'SPAN';
    const pointed = frameAt(rail, from + ((event.clientX - left) / width) * (to - from));
    onGo(named ? start : Math.max(0, pointed - count / 2));
  };
  return (
    <div
      ref={list}
      className="rail-places"
      role="toolbar"
      tabIndex={-1}
      aria-label="All memory, each part as long as the logarithm of its size"
      onKeyDown={key}
    >
      {rail.map((segment, i) => {
        const { kind, name, start, end, from, to } = segment;
        const words = `${name}, ${kind === name ? '' : `${kind}, `}MPN ${spanText(start, end)}, ${sizeText(end - start)}`;
        return (
          <button
            key={start}
            type="button"
            className={`rail-${kind}`}
            style={{ width: percent(to - from) }}
            tabIndex={i === Math.min(at, rail.length - 1) ? 0 : -1}
            aria-label={`Go to ${words}`}
            title={words}
            onFocus={() => setAt(i)}
            onClick={(event) => press(event, segment)}
          >
            {kind !== 'hole' && <span>{name}</span>}
          </button>
        );
      })}
    </div>
  );
}

/** The regions, with the table pool as a part of its own. */
export function placesOf(
  regions: readonly Region[],
  pool: { readonly startMPN: number; readonly pages: number },
): readonly Place[] {
  const [from, to] = [pool.startMPN, pool.startMPN + pool.pages];
  const places = regions.flatMap(({ kind, name, startMPN, pages }): Place[] => {
    const end = startMPN + pages;
    const parts = [
      { kind, name, start: startMPN, end: Math.min(end, from) },
      { kind, name, start: Math.max(startMPN, to), end },
    ];
    if (to <= startMPN || from >= end) return [{ kind, name, start: startMPN, end }];
    return parts.filter((part) => part.end > part.start);
  });
  return pool.pages > 0 ? [...places, { kind: 'pool', name: 'table pool', start: from, end: to }] : places;
}
