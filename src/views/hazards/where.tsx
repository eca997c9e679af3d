import type { ReactNode } from 'react';
import type { HazardPicture, OpSpan } from '../../engine/picture';
import { Hex } from '../number';
import type { Pointing } from '../pointing';

interface WhereProps extends Pick<Pointing, 'onSelect'> {
  readonly hazard: HazardPicture;
  readonly ops: readonly OpSpan[];
  readonly onSeek: (step: number) => void;
}

/** When and where it was: each of these leads there. */
export function Where({ hazard: { step, times, pcpu, va, mpn, op }, ops, onSelect, onSeek }: WhereProps) {
  return (
    <p className="where">
      <Link onClick={() => onSeek(step)}>step {step}</Link>
      {times > 1 && <span>{times} times</span>}
      {pcpu !== undefined && <Link onClick={() => onSelect({ kind: 'pcpu', id: pcpu })}>PCPU {pcpu}</Link>}
      {va !== undefined && (
        <Link onClick={() => onSelect({ kind: 'va', va })}>
          <Hex value={va} />
        </Link>
      )}
      {mpn !== undefined && (
        <Link onClick={() => onSelect({ kind: 'frame', mpn, count: 1 })}>
          MPN <Hex value={mpn} />
        </Link>
      )}
      {op !== undefined && (
        <Link onClick={() => onSelect({ kind: 'op', index: op })}>
          op {op + 1}
          {ops[op] && `, ${ops[op].label}`}
        </Link>
      )}
    </p>
  );
}

const Link = ({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) => (
  <button type="button" className="link" onClick={onClick}>
    {children}
  </button>
);
