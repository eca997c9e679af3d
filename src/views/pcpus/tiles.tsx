import { memo, useState, type CSSProperties } from 'react';
import type { PcpuPicture } from '../../engine/picture';
import { useSize } from '../../draw/size';
import { rove } from './rove';
import { pcpuText } from './words';
import type { Marked, TilesProps } from './props';

/** The least and most that a tile measures, in pixels. Many are lower, so that a shootdown is seen to cross all of them. */
const LEAST = 23.5;
const MANY = 64;
const LEAST_HEIGHTS = { few: 24, many: 15 } as const;
const MOST_HEIGHT = 40;
/** From this width on a tile has room for its number. */
const NUMBERED = 30;

/** A tile a PCPU, where there are too many for lanes, and what the marks on them mean. */
export function Tiles({ pcpus, lit, open, onToggle, flights, onHover, onSelect }: TilesProps) {
  const [element, size] = useSize<HTMLDivElement>({ width: 384, height: 0 });
  const [stop, setStop] = useState(0);
  const columns = Math.max(4, Math.min(Math.ceil(Math.sqrt(pcpus.length)), Math.floor(size.width / LEAST)));
  const width = size.width / columns;
  const least = pcpus.length > MANY ? LEAST_HEIGHTS.many : LEAST_HEIGHTS.few;
  const height = Math.max(least, Math.min(MOST_HEIGHT, Math.floor(width * 0.54)));
  const most = pcpus.reduce((max, { live }) => Math.max(max, live), 1);
  const lights = new Set(lit.pcpus);
  const style = { '--columns': columns, '--tile': `${height}px` } as CSSProperties;
  return (
    <>
      <div className="tiles" ref={element} style={style}>
        <div className="tile-grid" role="group" aria-label={`${pcpus.length} PCPUs`}>
          {pcpus.map((pcpu) => (
            <Tile
              key={pcpu.id}
              pcpu={pcpu}
              share={Math.ceil((8 * pcpu.live) / most) / 8}
              numbered={width >= NUMBERED}
              columns={columns}
              stop={pcpu.id === stop}
              open={open.includes(pcpu.id)}
              lit={lights.has(pcpu.id)}
              {...{ onToggle, onHover, onSelect, setStop }}
            />
          ))}
        </div>
        {flights({ kind: 'tiles', columns, width, height: size.height / Math.ceil(pcpus.length / columns) || height })}
      </div>
      <TileLegend />
    </>
  );
}

interface TileProps extends Marked {
  readonly pcpu: PcpuPicture;
  /** How full its TLB is, of the fullest: in eighths, so that a tile is drawn again only when it shows. */
  readonly share: number;
  readonly numbered: boolean;
  readonly columns: number;
  readonly stop: boolean;
  readonly open: boolean;
  readonly lit: boolean;
  readonly onToggle: (id: number) => void;
  readonly setStop: (id: number) => void;
}

const Tile = memo(function Tile({ pcpu, share, numbered, columns, stop, open, lit, ...act }: TileProps) {
  const { id, state, stale, owes, masked, covers } = pcpu;
  const thing = { kind: 'pcpu', id } as const;
  const marks = [
    'tile',
    state,
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
      title={pcpuText(pcpu)}
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
      <i className="fill" style={{ width: `${share * 100}%` }} />
    </button>
  );
});

const LEGEND = [
  ['idle', 'idle'],
  ['busy', 'busy'],
  ['waits', 'waits'],
  ['stale', 'stale entry'],
  ['owes', 'owes'],
  ['masked', 'masked'],
  ['covers', 'holds the address'],
] as const;

/** What the tiles cannot say for themselves. */
const TileLegend = () => (
  <ul className="tile-legend">
    {LEGEND.map(([name, title]) => (
      <li key={name}>
        <span className={`tile ${name}`} aria-hidden="true" />
        {title}
      </li>
    ))}
    <li>
      <span className="tile" aria-hidden="true">
        <i className="fill" style={{ width: '60%' }} />
      </span>
      TLB entries
    </li>
  </ul>
);
