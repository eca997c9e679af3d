import './pcpus.css';
import { useCallback, useState } from 'react';
import { decimalGroups } from '../../base/number';
import type { Thing } from '../../engine/thing';
import { Panel } from '../panel';
import { Foot } from './foot';
import { Lane } from './lane';
import { GUTTER, useLanes } from './places';
import type { PcpusProps } from './props';
import { Rows } from './rows';
import { Tiles } from './tiles';

/** Up to so many PCPUs have a lane with all their TLBs, then a line, then a tile. */
const LANES = 6;
const ROWS = 16;

/** A lane for each processor: what it does, what its TLBs hold, what is on its way to it. */
export function Pcpus(props: PcpusProps) {
  const { pcpus, onHover } = props;
  const [pointed, setPointed] = useState<Thing>();
  const hover = useCallback(
    (thing: Thing | undefined) => {
      setPointed(thing);
      onHover(thing);
    },
    [onHover],
  );
  const stale = pcpus.reduce((sum, pcpu) => sum + pcpu.stale, 0);
  const shown = { ...props, onHover: hover };
  return (
    <Panel
      name="PCPUs"
      id="pcpus"
      aside={stale > 0 ? <em className="tag stale">{decimalGroups(stale)} stale</em> : 'no stale entry'}
    >
      {pcpus.length <= LANES ? <Lanes key={pcpus.length} {...shown} /> : <Many key={pcpus.length} {...shown} />}
      <Foot {...props} pointed={pointed} form={formOf(pcpus.length)} />
    </Panel>
  );
}

const formOf = (count: number) => (count <= LANES ? 'lanes' : count <= ROWS ? 'rows' : 'tiles');

function Lanes({ pcpus, flights, ...props }: PcpusProps) {
  const [element, places] = useLanes<HTMLDivElement>(pcpus.length, GUTTER);
  return (
    <div className="lanes">
      <div className="lane-list" ref={element}>
        {pcpus.map((pcpu) => (
          <Lane key={pcpu.id} pcpu={pcpu} {...laneProps(props)} />
        ))}
        {pcpus.length > 1 && flights(places)}
      </div>
    </div>
  );
}

/** All of them small, and the lanes of those that are opened. */
function Many(props: PcpusProps) {
  const { pcpus, list, open, onToggle } = props;
  const { step, lit, flights, onHover, onSelect } = props;
  const rows = pcpus.length <= ROWS;
  const shared = { pcpus, lit, open, flights, onToggle, onHover, onSelect };
  return (
    <>
      {rows ? <Rows {...shared} step={step} /> : <Tiles {...shared} />}
      {open.length > 0 && (
        <div className="opened">
          {open.map((id) => {
            const pcpu = pcpus[id];
            return pcpu && <Lane key={id} pcpu={pcpu} onClose={onToggle} {...laneProps(props)} />;
          })}
        </div>
      )}
      {!rows && list}
    </>
  );
}

type ForLanes = Pick<PcpusProps, 'step' | 'va' | 'lit' | 'onHover' | 'onSelect'>;
const laneProps = ({ step, va, lit, onHover, onSelect }: ForLanes): ForLanes => ({ step, va, lit, onHover, onSelect });
