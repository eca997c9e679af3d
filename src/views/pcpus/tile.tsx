import { memo } from 'react';
import { decimalGroups } from '../../base/number';
import type { PcpuPicture } from '../../engine/picture';
import type { Marked } from './props';
import { rove } from './rove';
import { doesNow, pcpuText } from './words';

interface TileProps extends Marked {
  readonly pcpu: PcpuPicture;
  /** How full its TLB is, of the fullest: in eighths, so that a tile is drawn again only when it shows. */
  readonly share: number;
  readonly numbered: boolean;
  /** Has room for words. */
  readonly roomy: boolean;
  readonly columns: number;
  readonly stop: boolean;
  readonly open: boolean;
  readonly lit: boolean;
  readonly onToggle: (id: number) => void;
  readonly setStop: (id: number) => void;
}

/** One PCPU of many: above, what it does; below, what its TLB holds. */
export const Tile = memo(function Tile({ pcpu, share, numbered, roomy, columns, stop, open, lit, ...act }: TileProps) {
  const { id, stale, owes, masked, covers } = pcpu;
  const thing = { kind: 'pcpu', id } as const;
  const marks = [
    'tile',
    doesNow(pcpu),
    stale > 0 && 'stale',
    owes > 0 && 'owes',
    masked && 'masked',
    covers !== 'none' && 'covers',
    lit && 'lit',
  ];
  return (
    <button
      type="button"
      className={marks.filter(Boolean).join(' ')}
      tabIndex={stop ? 0 : -1}
      aria-label={pcpuText(pcpu)}
      aria-expanded={open}
      onKeyDown={(event) => rove(event, columns)}
      onClick={() => {
        act.onSelect(thing);
        act.onToggle(id);
      }}
      onPointerEnter={() => act.onHover(thing)}
      onFocus={() => {
        act.setStop(id);
        act.onHover(thing);
      }}
      onPointerLeave={() => act.onHover(undefined)}
      onBlur={() => act.onHover(undefined)}
    >
      {numbered && <span>{id}</span>}
      {roomy && (stale > 0 || owes > 0) && (
        <small>
          {stale > 0 && <b>{decimalGroups(stale)} stale </b>}
          {owes > 0 && `owes ${owes}`}
        </small>
      )}
      <i className="fill" style={{ width: `${share * 100}%` }} />
    </button>
  );
});
