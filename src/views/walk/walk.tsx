import './walk.css';
import { TABLE_NAMES, type Level } from '../../machine/address';
import type { WalkLevelPicture, WalkPicture } from '../../engine/picture';
import type { ReactNode } from 'react';
import { Hex } from '../number';
import { Panel } from '../panel';
import { AddressField } from './address-field';
import { End } from './end';
import { Table } from './table';
import { offsetOf, partsOf, type Part } from './parts';

export interface WalkProps {
  readonly walk: WalkPicture;
  /** The level whose entry shows its bits. */
  readonly level: Level;
  readonly onSelect: (va: bigint, level?: Level) => void;
  /** What can be done with the address; stands below the walk. */
  readonly children?: ReactNode;
}

/** The picture from the manual: the address split into indices, and the table that each of them selects in. */
export function Walk({ walk, level, onSelect, children }: WalkProps) {
  const { va, levels, end } = walk;
  const leaf: Level = end.kind === 'page' ? end.level : 1;
  const parts = partsOf(va).filter((part) => part.level >= leaf);
  return (
    <Panel name="Page walk" id="walk" aside={<AddressField va={va} onSelect={onSelect} />}>
      <ol className={`walk columns-${parts.length + 1}`}>
        {parts.map((part) => (
          <Step
            key={part.level}
            part={part}
            table={levels.find((one) => one.level === part.level)}
            selected={part.level === level}
            walk={walk}
            onSelect={onSelect}
          />
        ))}
        <li className="level end">
          <p className="split">
            <span className="binary">{binaryOf(offsetOf(va, leaf), leaf)}</span>
            <span>
              offset <Hex value={offsetOf(va, leaf)} digits={leaf === 1 ? 3 : 1} />
            </span>
          </p>
          <End walk={walk} />
        </li>
      </ol>
      {children}
    </Panel>
  );
}

/** The offset in binary for a 4 KiB page; longer ones would not fit, and hex says as much. */
const binaryOf = (offset: bigint, leaf: Level): string =>
  leaf === 1 ? offset.toString(2).padStart(12, '0') : `${12 + 9 * (leaf - 1)} bits`;

interface StepProps {
  readonly part: Part;
  readonly table: WalkLevelPicture | undefined;
  readonly selected: boolean;
  readonly walk: WalkPicture;
  readonly onSelect: WalkProps['onSelect'];
}

function Step({ part, table, selected, walk, onSelect }: StepProps) {
  const { level, index, binary } = part;
  return (
    <li className={`level level-${level}`}>
      <p className="split" title={`Bits ${12 + 9 * level - 1}:${12 + 9 * (level - 1)} of the address`}>
        <span className="binary">{binary}</span>
        <b>{index}</b>
      </p>
      <h3 data-changed={table?.changed}>
        {TABLE_NAMES[level]} {table && <small>MPN {<Hex value={table.tableMPN} />}</small>}
      </h3>
      {table ? (
        <Table table={table} selected={selected} walk={walk} onSelect={onSelect} />
      ) : (
        <p className="unreached">not reached</p>
      )}
    </li>
  );
}
