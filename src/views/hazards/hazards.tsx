import './hazards.css';
import type { HazardPicture } from '../../engine/picture';
import { Icon } from '../icons';
import { Address } from '../number';
import { Panel } from '../panel';

interface HazardsProps {
  readonly hazards: readonly HazardPicture[];
  readonly onSelect: (va: bigint) => void;
  readonly onSeek: (step: number) => void;
}

const ORDER = ['error', 'warning', 'note'] as const;

/** What is legal or quiet on the machine and still wrong. */
export function Hazards({ hazards, onSelect, onSeek }: HazardsProps) {
  const sorted = ORDER.flatMap((severity) => hazards.filter((hazard) => hazard.severity === severity));
  return (
    <Panel name="Hazards" id="hazards" aside={hazards.length > 0 ? hazards.length : undefined}>
      {sorted.length === 0 ? (
        <p className="hint">
          None so far. Stale TLB entries in use, clashing memory types, lost acknowledgements and the like are reported
          here.
        </p>
      ) : (
        <ul className="hazards">
          {sorted.map((hazard) => (
            <Hazard key={keyOf(hazard)} hazard={hazard} onSelect={onSelect} onSeek={onSeek} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

const keyOf = ({ rule, step, pcpu, va, mpn, op }: HazardPicture): string => [rule, step, pcpu, va, mpn, op].join();

type HazardProps = Omit<HazardsProps, 'hazards'> & { readonly hazard: HazardPicture };

function Hazard({ hazard, onSelect, onSeek }: HazardProps) {
  const { severity, title, says, tag, times, step, va, pcpu } = hazard;
  return (
    <li className={`hazard ${severity}`}>
      <p>
        <Icon name="alert" />
        <b>{title}</b>
        <small className="severity">{severity}</small>
      </p>
      <p className="says">{says}</p>
      <p className="where">
        <button type="button" className="link" onClick={() => onSeek(step)}>
          step {step}
        </button>
        {times > 1 && <span> {times} times</span>}
        {pcpu !== undefined && <span> PCPU {pcpu}</span>}
        {va !== undefined && <Address va={va} onSelect={onSelect} />}
        <small>{tag}</small>
      </p>
    </li>
  );
}
