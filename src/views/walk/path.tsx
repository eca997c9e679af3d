import { useState, type CSSProperties } from 'react';
import { isCanonical, TABLE_NAMES, type Level } from '../../machine/address';
import { hex } from '../../base/number';
import type { WalkPicture } from '../../engine/picture';
import { useSize } from '../../draw/size';
import { litFrames } from '../lit';
import { Hex } from '../number';
import { pointing } from '../pointing';
import { columnsOf, leafOf, sameLenses, type Column } from './columns';
import { End } from './end';
import { geometryOf, roomOf, tracksOf, type Geometry } from './geometry';
import { Lines } from './lines';
import { entryThing, offsetOf, type Part } from './parts';
import type { PathProps } from './props';
import { charsOf, writingOf } from './rows';
import { FlatStrip, Table } from './table';

/** The walk of one address: a column for each level, with lines from the address to its entries and from entry to table. */
export function Path(props: PathProps) {
  const { walk, anchor, renderMotion, onSelect, lit, onHover } = props;
  const [box, { width, height }] = useSize<HTMLDivElement>({ width: 740, height: 280 });
  const [ruler, { height: row }] = useSize<HTMLElement>({ width: 0, height: 22 });
  const geometry = geometryOf(width, height, row);
  const columns = useColumns(walk, anchor, geometry.rows);
  const leaf = leafOf(walk);
  const style = {
    '--row': `${geometry.row}px`,
    '--lens': `${geometry.height}px`,
    '--head': `${geometry.head}px`,
    '--tracks': tracksOf(columns.length),
  } as CSSProperties;
  const onSlot = (level: Level, index: number): void => {
    const mpn = walk.levels.find((table) => table.level === level)?.tableMPN ?? 0;
    onSelect(entryThing(walk, level, mpn, index));
  };
  return (
    <div className={`path${geometry.stacked ? ' stacked' : ''}${walk === anchor ? '' : ' preview'}`} ref={box}>
      <i className="ruler" ref={ruler} />
      {!geometry.stacked && <Lines columns={columns} geometry={geometry} onSlot={onSlot} />}
      <ol style={style}>
        {columns.map((column, at) => (
          <Step
            key={column.part.level}
            {...props}
            column={column}
            geometry={geometry}
            width={at < columns.length - 1 ? geometry.column : geometry.last}
          />
        ))}
        <li
          className="level end"
          style={{ '--wide': `${width - (columns.length - 1) * geometry.column - geometry.last}px` } as CSSProperties}
        >
          <p className="split">
            <span className="bits">
              <small>{leaf === 1 ? '11:0' : `${11 + 9 * (leaf - 1)}:0`}</small>
              <small>offset</small>
            </span>
            <span className="digits">
              {leaf < 3 && (
                <span>
                  {offsetOf(walk.va, leaf)
                    .toString(2)
                    .padStart(12 + 9 * (leaf - 1), '0')}
                </span>
              )}
              <b>
                <Hex value={offsetOf(walk.va, leaf)} digits={leaf === 1 ? 3 : 1} />
              </b>
            </span>
          </p>
          <End walk={walk} lit={lit} onHover={onHover} onSelect={onSelect} />
        </li>
      </ol>
      {renderMotion?.(columns, geometry)}
    </div>
  );
}

/** The columns of a walk; the lenses stay where they were for the walks selected before, as long as they can. */
function useColumns(walk: WalkPicture, anchor: WalkPicture, rows: number): readonly Column[] {
  const [held, setHeld] = useState<readonly Column[]>([]);
  const anchored = columnsOf(anchor, held, rows);
  if (!sameLenses(anchored, held)) setHeld(anchored);
  return walk === anchor ? anchored : columnsOf(walk, anchored, rows);
}

interface StepProps extends PathProps {
  readonly column: Column;
  readonly geometry: Geometry;
  readonly width: number;
}

function Step({ column, geometry, width, ...props }: StepProps) {
  const { part, table, stops } = column;
  const { level } = part;
  const { walk, lit, onHover, onSelect } = props;
  const state = table ? (stops === undefined ? '' : ' stops') : ' unreached';
  const room = roomOf(width);
  const writing = writingOf(column, room);
  const style = {
    '--chosen': column.chosen,
    '--wide': `${width}px`,
    '--room': `${room}px`,
    '--chars': writing.chars,
  } as CSSProperties;
  return (
    <li className={`level level-${level}${state}`} style={style}>
      <Split part={part} va={walk.va} />
      {table ? (
        <>
          <h3 data-changed={table.changed}>
            <button
              type="button"
              className={`table-name${litFrames(lit, table.tableMPN) ? ' lit' : ''}`}
              aria-label={`${TABLE_NAMES[level]}, table in MPN ${hex(table.tableMPN)}${table.changed ? ', changed in this step' : ''}`}
              onClick={() => onSelect({ kind: 'table', va: walk.va, level, mpn: table.tableMPN })}
              {...pointing(onHover, { kind: 'table', va: walk.va, level, mpn: table.tableMPN })}
            >
              {TABLE_NAMES[level]}{' '}
              <small style={{ '--chars': charsOf(table.tableMPN) } as CSSProperties}>
                <span>MPN </span>
                <Hex value={table.tableMPN} />
              </small>
            </button>
          </h3>
          {geometry.stacked && <FlatStrip table={table} lens={column.lens} />}
          <Table {...props} column={column} table={table} writing={writing} />
        </>
      ) : (
        <>
          <h3>
            {TABLE_NAMES[level]} <small>not reached</small>
          </h3>
          {!geometry.stacked && <div className="ghost-lens" />}
        </>
      )}
    </li>
  );
}

/** The bits of the address that a level takes, in binary, decimal and hex. */
function Split({ part: { level, index, binary }, va }: { readonly part: Part; readonly va: bigint }) {
  const low = 12 + 9 * (level - 1);
  const sign = BigInt.asUintN(64, va) >> 48n;
  return (
    <p className="split">
      <span className="bits">
        <small>
          {level === 4 && (
            <span className={isCanonical(va) ? undefined : 'wrong'} title="Bits 63:48, which must equal bit 47">
              0x{sign.toString(16).padStart(4, '0')}{' '}
            </span>
          )}
          {low + 8}:{low}
        </small>
        <small>{hex(index)}</small>
      </span>
      <span className="digits">
        <span>{binary}</span>
        <b>{index}</b>
      </span>
    </p>
  );
}
