import { memo, type KeyboardEvent } from 'react';
import { rightsText } from '../../machine/rights';
import type { TreeKind, TreeNode } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import type { Placed } from '../../draw/tree';
import { litFrames, litVas } from '../lit';
import { Hex } from '../number';
import { pointing } from '../pointing';
import type { TreeProps } from './props';
import { holdsText, nodeText, pointedOf, shortTitle, slotsText, stopsAt, thingOf } from './words';

/** Nodes with a frame to name. */
const POINTS: ReadonlySet<TreeKind> = new Set<TreeKind>(['table', 'tables', 'pages']);
/** A frame number of more than seven digits is written closer. */
const LONG = 0x1000_0000;

interface CardProps extends Omit<TreeProps, 'tree'> {
  readonly placed: Placed<TreeNode>;
  readonly active: boolean;
  readonly onActive: (placed: Placed<TreeNode>, reveal: boolean) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

/** One node: what it is, where it hangs, what it holds. */
export function Card({ placed, active, lit, onActive, onKey, onToggle, onHover, onSelect }: CardProps) {
  const { data, x, y, depth, place, siblings } = placed;
  const { id, kind, level, mpn, rights, again, onPath, opens, children, strip } = data;
  const { onFocus, ...point } = pointing(onHover, pointedOf(data));
  const text = nodeText(data, rightsText(rights));
  const stops = stopsAt(data);
  const state = [stops ? 'stops' : onPath && 'on-path', again && 'again', isLit(data, lit) && 'lit']
    .filter(Boolean)
    .join(' ');
  return (
    <div
      role="treeitem"
      className={`card level-${level} ${kind} ${state}`}
      data-id={id}
      style={{ left: x, top: y }}
      tabIndex={active ? 0 : -1}
      aria-label={text}
      aria-level={depth + 1}
      aria-posinset={place + 1}
      aria-setsize={siblings}
      aria-selected={onPath && !children}
      aria-expanded={opens ? children !== undefined : undefined}
      title={text}
      onClick={() => onSelect(thingOf(data))}
      onKeyDown={onKey}
      {...point}
      onFocus={(event) => {
        // By the pointer it is in sight already, and must not move from under it.
        onActive(placed, event.currentTarget.matches(':focus-visible'));
        onFocus();
      }}
    >
      <p>
        <b>
          {stops && '✕ '}
          {shortTitle(data)}
        </b>
        {POINTS.has(kind) && (
          <span className={mpn < LONG ? undefined : 'long'}>
            <Hex value={mpn} />
          </span>
        )}
      </p>
      <p>
        <span>{id === '' ? 'CR3' : slotsText(data)}</span>
        {kind !== 'absent' && <span>{rightsText(rights)}</span>}
      </p>
      <p>{holdsText(data)}</p>
      {strip && <Strip strip={strip} />}
      {opens && (
        <span
          className="knob"
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle(id, children === undefined);
          }}
        >
          {children ? '−' : '+'}
        </span>
      )}
    </div>
  );
}

/** An open table is lit by itself; what hides things is lit with what it hides. */
function isLit({ kind, mpn, va, vaEnd, children }: TreeNode, lit: Lit): boolean {
  if (kind === 'table' && litFrames(lit, mpn)) return true;
  return !children && litVas(lit, va, vaEnd);
}

/** The slots of a table, eight in a cell. */
const Strip = memo(function Strip({ strip }: { readonly strip: Uint8Array }) {
  const cells = [...strip].map((kind, i) => (kind === 0 ? '' : `M${i} 0h1v4h-1z`)).join('');
  return (
    <svg className="card-strip" viewBox={`0 0 ${strip.length} 4`} preserveAspectRatio="none" aria-hidden="true">
      <path d={cells} />
    </svg>
  );
});
