import type { CSSProperties, KeyboardEvent } from 'react';
import { ENTRY_NAMES, PAGE_SIZE, SPAN, TABLE_ENTRIES, TABLE_NAMES, type Level } from '../../machine/address';
import { rightsText } from '../../machine/rights';
import type { WalkLevelPicture } from '../../engine/picture';
import { hex } from '../../base/number';
import { litVas } from '../lit';
import { Hex } from '../number';
import { pointing } from '../pointing';
import type { Column, Near } from './columns';
import { entryThing, runsOf, withIndex } from './parts';
import type { PathProps } from './props';
import { charsOf, isLeaf, isPresent, shortly, whereTo, type Writing } from './rows';

interface TableProps extends Pick<PathProps, 'walk' | 'level' | 'lit' | 'onHover' | 'onSelect'> {
  readonly column: Column;
  readonly table: WalkLevelPicture;
  readonly writing: Writing;
}

/** The entries of a table around the chosen one, and what the chosen one says. */
export function Table({ column, table, writing, walk, level: selected, lit, onHover, onSelect }: TableProps) {
  const { level, index, tableMPN } = table;
  const { lens, stops } = column;
  return (
    <>
      <ul className="near" aria-label={`Entries of the ${TABLE_NAMES[level]}`}>
        {lens.map((entry) => {
          const chosen = entry.index === index;
          const start = withIndex(walk.va, level, entry.index) & -BigInt(SPAN[level] * PAGE_SIZE);
          const thing = entryThing(walk, level, tableMPN, entry.index);
          const isLit =
            lit.entries.includes(tableMPN * PAGE_SIZE + entry.index * 8) ||
            litVas(lit, start, start + BigInt(SPAN[level] * PAGE_SIZE));
          const where = whereTo(level, entry, chosen ? stops : undefined);
          return (
            <li key={entry.index}>
              <button
                type="button"
                className={`entry${chosen ? ' chosen' : ''}${isLit ? ' lit' : ''}`}
                tabIndex={chosen ? 0 : -1}
                aria-pressed={chosen && selected === level}
                aria-label={`${ENTRY_NAMES[level]} ${entry.index}, ${where}${chosen ? ', chosen' : ''}`}
                title={`${ENTRY_NAMES[level]} ${entry.index} = ${hex(entry.entry)}`}
                onClick={() => onSelect(thing)}
                onKeyDown={moveFocus}
                {...pointing(onHover, thing)}
              >
                <span>{entry.index}</span>
                <Value level={level} entry={entry} stops={chosen ? stops : undefined} rights={writing.rights} />
              </button>
            </li>
          );
        })}
      </ul>
      <Facts table={table} takes={column.takes} />
    </>
  );
}

/** Arrows up and down go from entry to entry. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const entries = [...(event.currentTarget.closest('ul')?.querySelectorAll('button') ?? [])];
  entries[entries.indexOf(event.currentTarget) + by]?.focus();
}

interface ValueProps {
  readonly level: Level;
  readonly entry: Near[number];
  readonly stops: string | undefined;
  readonly rights: boolean;
}

/** Where an entry leads, in bare hex, and of a page its rights, which stand below each other. */
function Value({ level, entry: { entry, target }, stops, rights }: ValueProps) {
  if (stops !== undefined) return <span className="why">{shortly(stops)}</span>;
  if (!isPresent(entry)) return <span>–</span>;
  const own = Number(entry & 6n) | (entry >> 63n ? 8 : 0);
  const maps = isLeaf(level, entry);
  return (
    <>
      <span>
        {maps ? '' : '→'}
        {target.toString(16)}
      </span>
      {maps && rights && <small>{rightsText(own)}</small>}
    </>
  );
}

/** The chosen entry as a number, and the rights that it leaves. */
function Facts({ table, takes }: { readonly table: WalkLevelPicture; readonly takes: string }) {
  const { entry, ownRights, rights } = table;
  const text = (bits: number): string => (isPresent(entry) ? rightsText(bits) : '–');
  return (
    <dl className="facts">
      <dt className="unseen">entry</dt>
      <dd className="raw" style={{ '--chars': charsOf(entry) } as CSSProperties}>
        <Hex value={entry} />
      </dd>
      <dt>own</dt>
      <dd>
        {takes !== '' && <em className="takes">takes {takes}</em>} {text(ownRights)}
      </dd>
      <dt>so far</dt>
      <dd>{text(rights)}</dd>
    </dl>
  );
}

/** The 512 slots of a table side by side, for where levels stand below each other. */
export function FlatStrip({
  table: { slots, index },
  lens,
}: {
  readonly table: WalkLevelPicture;
  readonly lens: Near;
}) {
  const first = lens[0]?.index ?? index;
  return (
    <svg className="flat-strip" viewBox={`0 0 ${TABLE_ENTRIES} 16`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="slots" width={TABLE_ENTRIES} height="16" />
      {runsOf(slots).map(({ kind, start, length }) => (
        <rect
          key={start}
          className={['', 'to-table', 'to-page', 'reserved'][kind]}
          x={start}
          width={Math.max(length, 2)}
          y={kind === 1 ? 2 : 5}
          height={kind === 1 ? 12 : 6}
        />
      ))}
      <rect className="lens" x={first - 1} width={lens.length + 2} height="16" />
      <rect className="needle" x={Math.min(index, TABLE_ENTRIES - 3)} width="3" height="16" />
    </svg>
  );
}
