import type { CSSProperties, KeyboardEvent } from 'react';
import type { TlbEntryPicture, TlbPicture } from '../../engine/picture';
import { mappingColour } from '../palette';
import { entryText, TLB_TITLES } from './words';

interface TlbProps {
  readonly tlb: TlbPicture;
  readonly va: bigint;
  readonly onSelect: (va: bigint) => void;
  readonly onPoint: (entry: TlbEntryPicture | undefined) => void;
}

/** A TLB with more places or ways than this shows its entries side by side, not where they stand. */
const MOST_PLACES = 64;
const MOST_WAYS = 4;
const MOST_CELLS = 64;
const PACKED_ROWS = 4;

/** The places of a TLB: a column a set, a row a way. */
export function Tlb({ tlb, va, onSelect, onPoint }: TlbProps) {
  const { name, sets, ways, live, entries } = tlb;
  const placed = sets * ways <= MOST_PLACES && ways <= MOST_WAYS;
  const shown = entries.slice(0, MOST_CELLS);
  const style = { '--sets': placed ? sets : 1, '--ways': placed ? ways : PACKED_ROWS } as CSSProperties;
  return (
    <div className="tlb">
      <span className="tlb-name" title={`${sets} sets of ${ways}`}>
        {TLB_TITLES[name]}
        <b>{live}</b>
      </span>
      <div
        className={placed ? 'places' : 'places packed'}
        style={style}
        role="group"
        aria-label={`${TLB_TITLES[name]} TLB, ${live} of ${sets * ways} entries`}
      >
        {shown.map((entry, i) => (
          <button
            key={`${entry.set}.${entry.way}`}
            type="button"
            tabIndex={i === 0 ? 0 : -1}
            className={classOf(entry, va)}
            style={placed ? { gridColumn: entry.set + 1, gridRow: entry.way + 1 } : undefined}
            aria-label={entryText(entry)}
            onKeyDown={moveAmongEntries}
            onClick={() => onSelect(entry.va)}
            onPointerEnter={() => onPoint(entry)}
            onFocus={() => onPoint(entry)}
            onPointerLeave={() => onPoint(undefined)}
            onBlur={() => onPoint(undefined)}
          />
        ))}
      </div>
      {live > shown.length && <span className="more">+{live - shown.length}</span>}
    </div>
  );
}

const PAGES = [0n, 4096n, 1n << 21n, 1n << 30n] as const;

function classOf({ va, level, stale, mapping }: TlbEntryPicture, selected: bigint): string {
  const colour = mapping === undefined ? 'map-none' : `map-${mappingColour(mapping)}`;
  const covers = selected >= va && selected < va + (PAGES[level] ?? 0n);
  return ['tlb-entry', colour, stale ? 'stale' : '', covers ? 'covers' : ''].filter(Boolean).join(' ');
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** A TLB is one stop of the Tab key; arrows go from entry to entry. */
function moveAmongEntries(event: KeyboardEvent<HTMLElement>): void {
  const by = STEPS[event.key];
  if (by === undefined) return;
  const entries = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('button') ?? [])];
  const at = entries.indexOf(event.currentTarget);
  entries[(at + by + entries.length) % entries.length]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
