import './tiles.css';
import { useState, type CSSProperties, type ReactNode } from 'react';
import type { PcpuPicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { useSize } from '../../draw/size';
import type { Places } from './places';
import type { Marked } from './props';
import { Tile } from './tile';
import { AXES, gridOf, type TileGrid } from './tile-grid';

interface TilesProps extends Marked {
  readonly pcpus: readonly PcpuPicture[];
  readonly lit: Lit;
  readonly open: readonly number[];
  readonly onToggle: (id: number) => void;
  readonly flights: (places: Places) => ReactNode;
}

/** From this size on a tile says in words what is wrong. */
const ROOMY = { width: 64, height: 44 } as const;
/** More PCPUs than this get a higher room where the page scrolls. */
const MANY = 64;

/** A tile a PCPU, where there are too many for lanes. All of them fit the room there is. */
export function Tiles({ pcpus, lit, open, onToggle, flights, onHover, onSelect }: TilesProps) {
  const [element, size] = useSize<HTMLDivElement>({ width: 307, height: 127 });
  const [stop, setStop] = useState(0);
  const grid = gridOf(pcpus.length, size);
  const { columns, rows, width, height, numbered } = grid;
  const roomy = width >= ROOMY.width && height >= ROOMY.height;
  const most = pcpus.reduce((max, { live }) => Math.max(max, live), 1);
  const lights = new Set(lit.pcpus);
  const style = {
    '--columns': columns,
    '--rows': rows,
    '--mark': `${Math.max(5, Math.min(14, width - 4, height * 0.28)).toFixed(0)}px`,
    '--bar': `${Math.max(4, Math.min(12, height * 0.24)).toFixed(0)}px`,
  } as CSSProperties;
  return (
    <div className={pcpus.length > MANY ? 'tile-room many' : 'tile-room'} ref={element}>
      {!numbered && <Axes {...grid} />}
      <div className={`tiles${numbered ? '' : ' beside-axes'}${roomy ? ' roomy' : ''}`} style={style}>
        <div className="tile-grid" role="group" aria-label={`${pcpus.length} PCPUs`}>
          {pcpus.map((pcpu) => (
            <Tile
              key={pcpu.id}
              pcpu={pcpu}
              share={Math.ceil((8 * pcpu.live) / most) / 8}
              stop={pcpu.id === stop}
              open={open.includes(pcpu.id)}
              lit={lights.has(pcpu.id)}
              {...{ numbered, roomy, columns, onToggle, onHover, onSelect, setStop }}
            />
          ))}
        </div>
        {flights(grid)}
      </div>
    </div>
  );
}

/** Of so many columns one has its number, where they are narrow; of so many rows, where they are low. */
const EVERY = { columns: 4, rows: 2 } as const;
const LEAST = { width: 22, height: 12 } as const;

/** The first PCPU of each row, and what a column adds to it. */
function Axes({ columns, rows, width, height }: TileGrid) {
  const every = width >= LEAST.width ? 1 : EVERY.columns;
  const everyRow = height >= LEAST.height ? 1 : EVERY.rows;
  return (
    <div className="axes" aria-hidden="true">
      {Array.from({ length: Math.ceil(rows / everyRow) }, (_, i) => (
        <span key={`row ${i}`} style={{ top: AXES.top + (i * everyRow + 0.5) * height, width: AXES.left - 5 }}>
          {i * everyRow * columns}
        </span>
      ))}
      {Array.from({ length: Math.ceil(columns / every) }, (_, i) => (
        <span key={`column ${i}`} className="column-name" style={{ left: AXES.left + (i * every + 0.5) * width }}>
          +{i * every}
        </span>
      ))}
    </div>
  );
}
