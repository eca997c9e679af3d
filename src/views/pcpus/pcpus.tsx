import './pcpus.css';
import { Suspense, useCallback, useState } from 'react';
import { decimalGroups } from '../../base/number';
import type { Thing } from '../../engine/thing';
import { Panel } from '../panel';
import { Lane } from './lane';
import { useLanes } from './places';
import { entryOf, type PcpusProps } from './props';
import { Readout } from './readout';

/** Up to so many PCPUs have a lane with all their TLBs, then a lane of one line, then a tile. */
const FULL_LANES = 6;
const COMPACT_LANES = 16;

/** A lane for each processor: what it does, what its TLBs hold, what is on its way to it. */
export function Pcpus(props: PcpusProps) {
  const { pcpus, selected, message, onHover, onSeek } = props;
  const [pointed, setPointed] = useState<Thing>();
  const hover = useCallback(
    (thing: Thing | undefined) => {
      setPointed(thing);
      onHover(thing);
    },
    [onHover],
  );
  const place = entryOf(pointed, pcpus) ?? entryOf(selected, pcpus);
  const stale = pcpus.reduce((sum, pcpu) => sum + pcpu.stale, 0);
  return (
    <Panel
      name="PCPUs"
      id="pcpus"
      aside={stale > 0 ? <em className="tag stale">{decimalGroups(stale)} stale</em> : 'no stale entry'}
    >
      {pcpus.length > COMPACT_LANES ? (
        <Grid {...props} onHover={hover} />
      ) : (
        <Lanes key={pcpus.length} {...props} onHover={hover} />
      )}
      {selected.kind === 'message' && message}
      {(place || selected.kind !== 'message') && <Readout place={place} held={hasEntries(props)} onSeek={onSeek} />}
    </Panel>
  );
}

const hasEntries = ({ pcpus }: PcpusProps): boolean => pcpus.some(({ live }) => live > 0);

function Lanes({ pcpus, flights, ...props }: PcpusProps) {
  const [element, places] = useLanes<HTMLDivElement>(pcpus.length);
  return (
    <div className="lanes">
      <div className="lane-list" ref={element}>
        {pcpus.map((pcpu) => (
          <Lane key={pcpu.id} pcpu={pcpu} compact={pcpus.length > FULL_LANES} {...laneProps(props)} />
        ))}
        {pcpus.length > 1 && flights(places)}
      </div>
    </div>
  );
}

function Grid({ Tiles, pcpus, flights, list, open, onToggle, ...props }: PcpusProps) {
  const { lit, onHover, onSelect } = props;
  return (
    <>
      <div className="lanes over">
        {open.map((id) => {
          const pcpu = pcpus[id];
          return pcpu && <Lane key={id} pcpu={pcpu} compact={false} onClose={onToggle} {...laneProps(props)} />;
        })}
        <Suspense>
          <Tiles {...{ pcpus, lit, open, onToggle, flights, onHover, onSelect }} />
        </Suspense>
      </div>
      {list}
    </>
  );
}

type ForLanes = Pick<PcpusProps, 'step' | 'va' | 'lit' | 'onHover' | 'onSelect'>;
const laneProps = ({ step, va, lit, onHover, onSelect }: ForLanes): ForLanes => ({ step, va, lit, onHover, onSelect });
