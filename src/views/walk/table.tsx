import { Fragment, type CSSProperties } from 'react';
import { ENTRY_NAMES, TABLE_ENTRIES, TABLE_NAMES, type Level } from '../../machine/address';
import { rightsText } from '../../machine/rights';
import { BIT } from '../../machine/entry-format';
import type { WalkLevelPicture, WalkPicture } from '../../engine/picture';
import { hex } from '../../base/number';
import { Hex } from '../number';
import { runsOf, withIndex } from './parts';

interface TableProps {
  readonly table: WalkLevelPicture;
  readonly selected: boolean;
  readonly walk: WalkPicture;
  readonly onSelect: (va: bigint, level?: Level) => void;
}

/** One table of the walk: its 512 slots as a strip, the entries around the chosen one under a lens, and the way on. */
export function Table({ table, selected, walk, onSelect }: TableProps) {
  const { level, index, rights, ownRights } = table;
  const near = around(table.near, index, NEAR);
  const close = around(near, index, CLOSE);
  const rowIn = (entries: typeof near): number =>
    Math.max(
      0,
      entries.findIndex((one) => one.index === index),
    );
  const stops = walk.end.kind === 'fault' && walk.end.fault.level === level;
  const style = {
    '--chosen-near': rowIn(near),
    '--rows-near': near.length,
    '--chosen-close': rowIn(close),
    '--rows-close': close.length,
  } as CSSProperties;
  return (
    <div className={`table${stops ? ' stops' : ''}`} style={style}>
      <Strip slots={table.slots} index={index} near={near} close={close} />
      <ul className="near">
        {near.map((entry) => (
          <li key={entry.index} className={close.includes(entry) ? undefined : 'far'}>
            <NearEntry
              entry={entry}
              level={level}
              chosen={entry.index === index}
              pressed={selected && entry.index === index}
              onClick={() => onSelect(entry.index === index ? walk.va : withIndex(walk.va, level, entry.index), level)}
            />
          </li>
        ))}
      </ul>
      <span className="elbow" aria-hidden="true" />
      <dl className="level-rights" title="Rights of this entry alone, and of all entries down to it">
        {[
          ['own', ownRights],
          ['so far', rights],
        ].map(([label, bits]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{isPresent(table.entry) ? rightsText(Number(bits)) : '–'}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}

/** As many neighbours as there is room for: with a mouse, and where a finger needs taller rows. */
const NEAR = 7;
const CLOSE = 3;

type Near = WalkLevelPicture['near'];

/** The neighbours of the chosen entry, as even on both sides as the ends of the table allow. */
function around(near: Near, index: number, count: number): Near {
  const at = near.findIndex((one) => one.index === index);
  const start = Math.max(0, Math.min(at - (count >> 1), near.length - count));
  return near.slice(start, start + count);
}

const isPresent = (entry: bigint): boolean => (entry & BigInt(BIT.P)) !== 0n;
const isLarge = (entry: bigint): boolean => (entry & BigInt(BIT.PS)) !== 0n;

interface EntryProps {
  readonly entry: WalkLevelPicture['near'][number];
  readonly level: Level;
  readonly chosen: boolean;
  readonly pressed: boolean;
  readonly onClick: () => void;
}

function NearEntry({ entry: { index, entry, target }, level, chosen, pressed, onClick }: EntryProps) {
  const present = isPresent(entry);
  const leaf = level === 1 || (level !== 4 && isLarge(entry));
  const where = !present
    ? 'not present'
    : leaf
      ? `maps MPN ${hex(target)}`
      : `to the ${TABLE_NAMES[below(level)]} in MPN ${hex(target)}`;
  return (
    <button
      type="button"
      className={chosen ? 'entry chosen' : 'entry'}
      aria-pressed={pressed}
      aria-label={`${ENTRY_NAMES[level]} ${index}, ${where}${chosen ? ', chosen' : ''}`}
      onClick={onClick}
    >
      <span>{index}</span>
      <span>{present ? <Target leaf={leaf} mpn={target} entry={entry} /> : '–'}</span>
    </button>
  );
}

const below = (level: Level): Level => Math.max(1, level - 1) as Level;

function Target({ leaf, mpn, entry }: { readonly leaf: boolean; readonly mpn: number; readonly entry: bigint }) {
  if (!leaf) return <>→{<Hex value={mpn} />}</>;
  const own = Number(entry & 6n) | (entry >> 63n ? 8 : 0);
  return (
    <>
      <Hex value={mpn} /> <small>{rightsText(own)}</small>
    </>
  );
}

interface StripProps {
  readonly slots: Uint8Array;
  readonly index: number;
  /** The entries under the lens, of either size. */
  readonly near: Near;
  readonly close: Near;
}

/** A mark thinner than this would not be seen. */
const THINNEST = 5;

function Strip({ slots, index, near, close }: StripProps) {
  const lens = (under: Near): string =>
    `M12 ${under[0]?.index ?? index} L26 0 V${TABLE_ENTRIES} L12 ${(under.at(-1)?.index ?? index) + 1} Z`;
  return (
    <svg className="strip" viewBox={`0 0 26 ${TABLE_ENTRIES}`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="slots" width="12" height={TABLE_ENTRIES} />
      {runsOf(slots).map(({ kind, start, length }) => (
        <rect
          key={start}
          className={kind === 1 ? 'to-table' : 'to-page'}
          x={kind === 1 ? 1 : 3}
          width={kind === 1 ? 10 : 6}
          y={start}
          height={Math.max(length, THINNEST)}
        />
      ))}
      <path className="lens of-near" d={lens(near)} />
      <path className="lens of-close" d={lens(close)} />
      <rect className="chosen-slot" width="14" y={Math.min(index, TABLE_ENTRIES - THINNEST)} height={THINNEST} />
    </svg>
  );
}
