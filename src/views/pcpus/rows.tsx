import './tiles.css';
import './rows.css';
import { memo, type CSSProperties, type ReactNode } from 'react';
import type { PcpuPicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { Marks } from './lane-marks';
import { marksOf } from './marks';
import { MIDDLE, useLanes, type Places } from './places';
import type { Marked } from './props';
import { TlbMap } from './tlb-map';
import { doesNow, pcpuText } from './words';

interface RowsProps extends Marked {
  readonly pcpus: readonly PcpuPicture[];
  readonly step: number;
  readonly lit: Lit;
  readonly open: readonly number[];
  readonly onToggle: (id: number) => void;
  readonly flights: (places: Places) => ReactNode;
}

/** Two columns of lanes of one line, their messages between them, where there are more than can be drawn place by place. */
export function Rows({ pcpus, open, flights, ...props }: RowsProps) {
  const [element, places] = useLanes<HTMLDivElement>(pcpus.length, MIDDLE);
  const style = { '--rows': Math.ceil(pcpus.length / 2), '--middle': `${MIDDLE}px` } as CSSProperties;
  return (
    <div className="rows-room">
      <div className="rows" ref={element} style={style}>
        {pcpus.map((pcpu) => (
          <Row key={pcpu.id} pcpu={pcpu} open={open.includes(pcpu.id)} right={pcpu.id >= pcpus.length / 2} {...props} />
        ))}
        {flights(places)}
      </div>
    </div>
  );
}

interface RowProps extends Marked {
  readonly pcpu: PcpuPicture;
  readonly step: number;
  readonly lit: Lit;
  readonly open: boolean;
  /** In the right column. */
  readonly right: boolean;
  readonly onToggle: (id: number) => void;
}

/** The TLBs that a line has room for. */
const SHOWN = new Set(['l1d4k', 'l2']);

const Row = memo(function Row({ pcpu, step, lit, open, right, onToggle, onHover, onSelect }: RowProps) {
  const { id, doing, stale, masked, caches } = pcpu;
  const thing = { kind: 'pcpu', id } as const;
  const marks = ['pcpu-row', right && 'right', stale > 0 && 'stale', lit.pcpus.includes(id) && 'lit'];
  return (
    <div
      role="group"
      aria-label={`PCPU ${id}`}
      className={marks.filter(Boolean).join(' ')}
      onPointerEnter={() => onHover(thing)}
      onPointerLeave={() => onHover(undefined)}
    >
      <button
        type="button"
        className="row-name"
        aria-label={`PCPU ${id}`}
        aria-expanded={open}
        title={`${open ? 'Close' : 'Open'} its lane`}
        onClick={() => {
          onSelect(thing);
          onToggle(id);
        }}
        onFocus={() => onHover(thing)}
        onBlur={() => onHover(undefined)}
      >
        <span className="wide">PCPU </span>
        {id}
      </button>
      <i className={`does ${doesNow(pcpu)}${masked ? ' masked' : ''}`} role="img" aria-label={pcpuText(pcpu)} />
      <span className="doing wide">{doing}</span>
      <div className="strips">
        {caches?.tlbs
          .filter(({ name }) => SHOWN.has(name))
          .map((tlb) => (
            <TlbMap
              key={tlb.name}
              {...{ tlb, onSelect }}
              pcpu={id}
              marks={marksOf(tlb, lit, step)}
              onHover={(entry) => onHover(entry ?? thing)}
            />
          ))}
      </div>
      <Marks pcpu={pcpu} />
    </div>
  );
});
