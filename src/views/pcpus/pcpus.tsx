import './pcpus.css';
import { Suspense, useCallback, useState } from 'react';
import { decimalGroups } from '../../base/number';
import type { Thing } from '../../engine/thing';
import { Panel } from '../panel';
import { Foot } from './foot';
import { Lane } from './lane';
import { GUTTER, useLanes } from './places';
import { laneProps, type Form, type PcpusProps } from './props';

/** Up to so many PCPUs have a lane with all their TLBs, then a line, then a tile. */
const LANES = 6;
const ROWS = 16;

/** A lane for each processor: what it does, what its TLBs hold, what is on its way to it. */
export function Pcpus(props: PcpusProps) {
  const { pcpus, Many, onHover } = props;
  const [pointed, setPointed] = useState<Thing>();
  const hover = useCallback(
    (thing: Thing | undefined) => {
      setPointed(thing);
      onHover(thing);
    },
    [onHover],
  );
  const stale = pcpus.reduce((sum, pcpu) => sum + pcpu.stale, 0);
  const form = formOf(pcpus.length);
  const shown = { ...props, onHover: hover };
  return (
    <Panel
      name="PCPUs"
      id="pcpus"
      aside={stale > 0 ? <em className="tag stale">{decimalGroups(stale)} stale</em> : 'no stale entry'}
    >
      {form === 'lanes' ? (
        <Lanes key={pcpus.length} {...shown} />
      ) : (
        <Suspense fallback={<div className="lanes" />}>
          <Many key={pcpus.length} {...shown} form={form} />
        </Suspense>
      )}
      <Foot {...props} pointed={pointed} form={form} />
    </Panel>
  );
}

const formOf = (count: number): Form => (count <= LANES ? 'lanes' : count <= ROWS ? 'rows' : 'tiles');

function Lanes(props: PcpusProps) {
  const { pcpus, flights } = props;
  const [element, places] = useLanes<HTMLDivElement>(pcpus.length, GUTTER);
  return (
    <div className="lanes">
      <div className="lane-list" ref={element}>
        {pcpus.map((pcpu) => (
          <Lane key={pcpu.id} {...laneProps(props, pcpu)} />
        ))}
        {pcpus.length > 1 && flights(places)}
      </div>
    </div>
  );
}
