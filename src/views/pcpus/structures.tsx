import { memo } from 'react';
import type { StructurePicture } from '../../engine/picture';
import type { Thing } from '../../engine/thing';
import { TABLE_NAMES } from '../../machine/address';
import type { Level } from '../../machine/address';
import { LEVEL_CLASS } from '../palette';
import type { Marked } from './props';
import { rove } from './rove';
import { structureText } from './words';

interface StructuresProps extends Marked {
  readonly entries: readonly StructurePicture[];
}

const thingOf = ({ level, va, tableMPN }: StructurePicture): Thing => ({
  kind: 'table',
  va,
  level: (level - 1) as Level,
  mpn: tableMPN,
});

/** The paging-structure caches: entries that point to tables, from which a walk may start. */
export const Structures = memo(function Structures({ entries, onHover, onSelect }: StructuresProps) {
  return (
    <div className={entries.length > 0 ? 'tlb tables' : 'tlb tables empty'}>
      <span
        className="tlb-name"
        title="Paging-structure caches: entries that point to tables; a walk starts below them"
      >
        tables
        <b>{entries.length}</b>
      </span>
      <div
        className="structures"
        role="group"
        aria-label={`Paging-structure caches, ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`}
      >
        {entries.map((entry, i) => (
          <button
            key={`${entry.level}.${entry.va}`}
            type="button"
            tabIndex={i === 0 ? 0 : -1}
            className={`structure ${LEVEL_CLASS[entry.level]}${entry.stale ? ' stale' : ''}`}
            aria-label={structureText(entry)}
            title={structureText(entry)}
            onKeyDown={rove}
            onClick={() => onSelect(thingOf(entry))}
            onPointerEnter={() => onHover(thingOf(entry))}
            onFocus={() => onHover(thingOf(entry))}
            onPointerLeave={() => onHover(undefined)}
            onBlur={() => onHover(undefined)}
          >
            <span>{TABLE_NAMES[entry.level]}</span>
          </button>
        ))}
      </div>
    </div>
  );
});
