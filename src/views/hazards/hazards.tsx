import './hazards.css';
import { memo, useMemo, useState } from 'react';
import type { HazardPicture, OpSpan } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { Panel } from '../panel';
import { pointing, type Pointing } from '../pointing';
import { useRoving } from '../roving';
import { Tag } from '../tag';
import { countsText, groupsOf, type HazardGroup, type Numbered, type Severity } from './groups';
import { Where } from './where';

interface HazardsProps extends Pointing {
  readonly hazards: readonly HazardPicture[];
  readonly ops: readonly OpSpan[];
  readonly lit: Lit;
  readonly onSeek: (step: number) => void;
}

/** What is legal or quiet on the machine and still wrong. */
export function Hazards({ hazards, lit, ...rest }: HazardsProps) {
  const { onKeyDown } = useRoving();
  const groups = useMemo(() => groupsOf(hazards), [hazards]);
  return (
    <Panel
      name="Hazards"
      id="hazards"
      aside={hazards.length > 0 ? countsText(hazards) : undefined}
      still={hazards.length === 0}
    >
      {hazards.length === 0 ? (
        <Nothing />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys pressed on the marks inside
        <ul className="hazards" onKeyDown={onKeyDown}>
          {groups.map((group) => (
            <Group key={group.rule} group={group} lit={lit.hazards} {...rest} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

const Nothing = () => (
  <p className="hint">None so far: no stale entry was used, no memory types clash, no acknowledgement is missing.</p>
);

type Rest = Pick<HazardsProps, 'ops' | 'onHover' | 'onSelect' | 'onSeek'>;

interface GroupProps extends Rest {
  readonly group: HazardGroup;
  readonly lit: readonly number[];
}

/** So many of one rule are shown; the others are counted until they are asked for. */
const SHOWN = 2;

function Group({ group, lit, ...rest }: GroupProps) {
  const [open, setOpen] = useState(false);
  const { found, times } = group;
  const [{ hazard }] = found;
  const folds = found.length > SHOWN;
  const shown = folds && !open ? found.slice(0, 1) : found;
  const hidden = found.length - shown.length;
  return (
    <li className={`hazard-group ${hazard.severity}`}>
      <p className="hazard-head">
        <Shape severity={hazard.severity} />
        <b>{hazard.title}</b>
        <small className="severity">{hazard.severity}</small>
      </p>
      <ul>
        {shown.map((one) => (
          <Card key={one.index} one={one} isLit={lit.includes(one.index)} {...rest} />
        ))}
      </ul>
      {folds && (
        <button
          type="button"
          className={!open && found.slice(1).some(({ index }) => lit.includes(index)) ? 'fold lit' : 'fold'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Show the first only' : `${hidden} more places, ${times} times in all`}
        </button>
      )}
      <Source hazard={hazard} />
    </li>
  );
}

interface CardProps extends Rest {
  readonly one: Numbered;
  readonly isLit: boolean;
}

const Card = memo(({ one: { hazard, index }, isLit, ops, onHover, onSelect, onSeek }: CardProps) => (
  <li className={isLit ? 'hazard lit' : 'hazard'} {...pointing(onHover, { kind: 'hazard', index })}>
    <button type="button" className="says" data-mark={index} onClick={() => onSelect({ kind: 'hazard', index })}>
      {hazard.says}
    </button>
    <Where hazard={hazard} ops={ops} onSelect={onSelect} onSeek={onSeek} />
  </li>
));

/** The tag of a picture is the letter and, behind it, the source. */
function Source({ hazard: { tag } }: { readonly hazard: HazardPicture }) {
  const [letter = '', ...source] = tag.split(' ');
  return (
    <p>
      <Tag tag={letter} source={source.join(' ')} />
    </p>
  );
}

/** A shape of its own for each severity, so that colour is not needed. */
const SHAPES: Readonly<Record<Severity, string>> = {
  error: 'M5 1h6l4 4v6l-4 4H5l-4-4V5zM7.2 4v5h1.6V4zm0 6.2v1.6h1.6v-1.6z',
  warning: 'M8 1 15.5 14.5H.5zM7.2 6v4.2h1.6V6zm0 5.4v1.5h1.6v-1.5z',
  note: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM7.2 4v1.6h1.6V4zm0 2.8V12h1.6V6.8z',
};

const Shape = ({ severity }: { readonly severity: Severity }) => (
  <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={SHAPES[severity]} fill="currentColor" fillRule="evenodd" />
  </svg>
);
