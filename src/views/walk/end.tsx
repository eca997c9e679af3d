import type { CSSProperties } from 'react';
import { ENTRY_NAMES, PAGE_SIZE, SIZE_NAMES, SPAN } from '../../machine/address';
import { rightsText, US } from '../../machine/rights';
import { ERROR_BITS, type Fault } from '../../machine/walk';
import type { WalkEnd, WalkPicture } from '../../engine/picture';
import { Icon } from '../icons';
import { litFrames } from '../lit';
import { Hex } from '../number';
import { pointing } from '../pointing';
import { fieldOfBit, oddBits, WHY } from './fault-text';
import type { PathProps } from './props';
import { charsOf } from './rows';

type EndProps = Pick<PathProps, 'walk' | 'lit' | 'onHover' | 'onSelect'>;

/** Where a walk ends: at the frame, or at the fault that stopped it. */
export function End(props: EndProps) {
  const { end } = props.walk;
  return end.kind === 'page' ? <Frame {...props} end={end} /> : <Stop walk={props.walk} fault={end.fault} />;
}

function Frame({ end, lit, onHover, onSelect }: EndProps & { readonly end: Extract<WalkEnd, { kind: 'page' }> }) {
  const { mpn, ma, rights, type, region, owner, level } = end;
  const span = SPAN[level];
  const first = mpn - (mpn % span);
  const thing = { kind: 'frame', mpn, count: 1 } as const;
  return (
    <div className={`frame-box${litFrames(lit, first, span) ? ' lit' : ''}`}>
      <h3>
        <button type="button" onClick={() => onSelect(thing)} {...pointing(onHover, thing)}>
          frame <small>{SIZE_NAMES[level]}</small>
        </button>
      </h3>
      <dl className="sum" style={{ '--chars': charsOf(ma) } as CSSProperties}>
        <Term name="MPN" value={first} />
        <Term name="begins" value={first * PAGE_SIZE} />
        <Term name="+ offset" value={ma - first * PAGE_SIZE} />
        <Term name="= MA" value={ma} />
      </dl>
      <dl>
        <dt>memory</dt>
        <dd>
          {region ?? 'hole'} {type.effective}
        </dd>
        <dt>rights</dt>
        <dd>
          {rightsText(rights)} {rights & US ? 'user' : 'kernel'}
        </dd>
        {owner !== undefined && (
          <>
            <dt>owner</dt>
            <dd>{owner}</dd>
          </>
        )}
      </dl>
    </div>
  );
}

/** A line of the sum: a long number may take the room of a short name. */
const Term = ({ name, value }: { readonly name: string; readonly value: number }) => (
  <div>
    <dt>{name}</dt>{' '}
    <dd>
      <Hex value={value} />
    </dd>
  </div>
);

function Stop({ walk, fault }: { readonly walk: WalkPicture; readonly fault: Fault }) {
  const { vector, reason, errorCode, level, bit } = fault;
  const codes = ERROR_BITS.filter((one) => (errorCode >> one.bit) & 1).map(({ name }) => name);
  const table = walk.levels.find((each) => each.level === level);
  return (
    <div className="frame-box fault">
      <h3>
        <Icon name="alert" /> #{vector}
      </h3>
      <p>{WHY[reason]}</p>
      <dl>
        {table && bit !== undefined && (
          <>
            <dt>stops at</dt>
            <dd>
              {ENTRY_NAMES[table.level]} {table.index}
            </dd>
            <dt>bit {bit}</dt>
            <dd>{fieldOfBit(table.kind, bit, table.entry)}</dd>
          </>
        )}
        {reason === 'noncanonical' && (
          <>
            <dt>bit 47</dt>
            <dd>{`${(walk.va >> 47n) & 1n}`}</dd>
            <dt>differ</dt>
            <dd>bits {oddBits(walk.va)}</dd>
          </>
        )}
        <dt>error code</dt>
        <dd>
          {errorCode} {codes.length > 0 && `(${codes.join(' ')})`}
        </dd>
      </dl>
    </div>
  );
}
