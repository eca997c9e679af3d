import type { Level } from '../../machine/address';
import { TABLE_ENTRIES } from '../../machine/address';
import type { Column } from './columns';
import { lensPath, marksOf, needlePath, pointerPath, trailPath, type Geometry } from './geometry';
import { runsOf } from './parts';

interface LinesProps {
  readonly columns: readonly Column[];
  readonly geometry: Geometry;
  /** A click on a strip chooses the slot. */
  readonly onSlot: (level: Level, index: number) => void;
}

/** A mark thinner than this would not be seen. */
const THINNEST = 2;
const SLOT_CLASS = ['', 'to-table', 'to-page', 'reserved'];

/** Strips, lenses and the lines that tie the address to its entries and these to the next table. */
export function Lines({ columns, geometry, onSlot }: LinesProps) {
  const { top, height } = geometry;
  return (
    <svg className="lines" aria-hidden="true">
      {columns.map((column, at) => {
        const { part, table } = column;
        const marks = marksOf(at, column, geometry, at === columns.length - 1);
        const { strip, slot, next } = marks;
        const ground = { x: strip.x, width: strip.width, y: top, height };
        if (!table) return <rect key={part.level} className="ghost" {...ground} />;
        const scale = height / TABLE_ENTRIES;
        return (
          <g key={part.level} className={`level-${part.level}${column.stops === undefined ? '' : ' stops'}`}>
            <path className="lens" d={lensPath(marks, geometry)} />
            <rect
              className="slots"
              {...ground}
              onClick={(event) => {
                const { y } = event.currentTarget.getBoundingClientRect();
                onSlot(part.level, Math.max(0, Math.min(511, Math.floor((event.clientY - y) / scale))));
              }}
            />
            {runsOf(table.slots).map(({ kind, start, length }) => (
              <rect
                key={start}
                className={SLOT_CLASS[kind]}
                x={strip.x + (kind === 1 ? 3 : 5)}
                width={strip.width - (kind === 1 ? 4 : 6)}
                y={top + Math.min(start * scale, height - THINNEST)}
                height={Math.max(length * scale, THINNEST)}
              />
            ))}
            <path className="needle" d={needlePath(marks)} />
            <path className="slot" d={`M${strip.x + strip.width + 5} ${slot}l-6 -3.5v7z`} />
            <path className="pointer" d={pointerPath(marks)} />
            {column.stops === undefined ? (
              <path className="tip" d={`M${next.x + 2} ${next.y}l-6 -3.5v7z`} />
            ) : (
              <path className="cross" d={`M${marks.lens.end + 4} ${marks.row - 4}l8 8m0 -8l-8 8`} />
            )}
          </g>
        );
      })}
    </svg>
  );
}

interface ProgressProps {
  readonly columns: readonly Column[];
  readonly geometry: Geometry;
  /** How far a walk has come, from 0 to 1. */
  readonly part: number;
}

/** The way of a walk that a PCPU makes in this step, as far as it has come. */
export function Progress({ columns, geometry, part }: ProgressProps) {
  const reached = columns.filter(({ table }) => table);
  const done = part * reached.length;
  if (geometry.stacked) return null;
  return (
    <svg className="lines progress" aria-hidden="true">
      {reached.slice(0, Math.ceil(done)).map((column, at) => {
        const marks = marksOf(at, column, geometry, at === columns.length - 1);
        return (
          <path
            key={column.part.level}
            d={trailPath(marks, geometry, column.stops === undefined)}
            pathLength={1}
            strokeDasharray={`${Math.min(1, done - at).toFixed(3)} 1.01`}
          />
        );
      })}
    </svg>
  );
}
