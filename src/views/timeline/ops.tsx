import { memo, useMemo, useState, type KeyboardEvent } from 'react';
import type { Span } from '../../draw/span';
import type { TimelinePicture } from '../../engine/picture';
import type { Lit, Thing } from '../../engine/thing';
import { groupsOf, rowsOfOps, type Group } from './groups';
import { litOps } from '../lit';
import type { Tracks } from './tracks';
import { cyclesText } from './words';

interface OpsProps {
  readonly timeline: TimelinePicture;
  readonly tracks: Tracks;
  readonly span: Span;
  readonly width: number;
  readonly lit: Lit;
  readonly step: number;
  readonly onHover: (thing: Thing | undefined) => void;
  readonly onSelect: (thing: Thing) => void;
  /** Several operations as one: show them larger. */
  readonly onShow: (first: number, last: number) => void;
}

/** The operations of the window. One of them can be reached by Tab, the others from it by the arrows. */
export const Ops = memo(function Ops({ timeline, tracks, span, width, lit, step, ...act }: OpsProps) {
  const most = width < ONE_ROW_BELOW ? 1 : 2;
  const rows = useMemo(() => rowsOfOps(tracks, most), [tracks, most]);
  const groups = useMemo(() => groupsOf(tracks, timeline, rows, span, width), [tracks, timeline, rows, span, width]);
  const [focused, setFocused] = useState(0);
  const reachable = Math.min(focused, MOST_SHOWN - 1, groups.length - 1);
  const depth = rows.reduce((most, row) => Math.max(most, row + 1), 1);
  return (
    <div className={`ops rows-${depth}`} role="group" aria-label="Operations">
      {groups.slice(0, MOST_SHOWN).map((group, i) => {
        const { first, last } = timeline.ops[group.first] ?? { first: 0, last: 0 };
        return (
          <Op
            key={group.first}
            group={group}
            timeline={timeline}
            lit={litOps(lit, group.first, group.last + 1)}
            now={step >= first && step <= (timeline.ops[group.last]?.last ?? last)}
            reachable={i === reachable}
            onMove={setFocused}
            {...act}
          />
        );
      })}
    </div>
  );
});

const MOST_SHOWN = 400;
/** Where there is so little room across, there is little below each other too. */
const ONE_ROW_BELOW = 500;

/** Moves the focus along the operations. */
function move(event: KeyboardEvent<HTMLButtonElement>, moved: (to: number) => void): void {
  const buttons = [...(event.currentTarget.parentElement?.querySelectorAll('button') ?? [])];
  const at = buttons.indexOf(event.currentTarget);
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: Math.min(buttons.length - 1, at + 1),
    ArrowLeft: Math.max(0, at - 1),
    Home: 0,
    End: buttons.length - 1,
  };
  const to = targets[event.key];
  if (to === undefined) return;
  event.preventDefault();
  moved(to);
  buttons[to]?.focus();
}

/** From so many pixels on there is room for some of its name. */
const WIDE = 18;

interface OpProps extends Pick<OpsProps, 'timeline' | 'onHover' | 'onSelect' | 'onShow'> {
  readonly group: Group;
  readonly lit: boolean;
  readonly now: boolean;
  readonly reachable: boolean;
  readonly onMove: (to: number) => void;
}

const Op = memo(function Op({ group, timeline, lit, now, reachable, onMove, onHover, onSelect, onShow }: OpProps) {
  const { first, last, count, row, left, width } = group;
  const op = timeline.ops[first];
  if (!op) return undefined;
  const wide = width >= WIDE;
  const label = count === 1 ? op.label : wide ? `${op.label} +${count - 1}` : `${count} operations`;
  const long =
    count > 1 && !wide
      ? `${label} from step ${op.first}; press to see them larger`
      : `${label}: PCPU ${op.pcpu}, steps ${op.first} to ${op.last}, ${cyclesText(op.ended - op.started)}`;
  const here = count > 1 && !wide ? undefined : ({ kind: 'op', index: first } as const);
  return (
    <button
      type="button"
      className={`op row-${row}${wide ? '' : ' narrow'}${lit ? ' lit' : ''}${now ? ' now' : ''}`}
      style={{ left, width }}
      tabIndex={reachable ? 0 : -1}
      aria-label={long}
      aria-current={now ? 'step' : undefined}
      title={long}
      onKeyDown={(event) => move(event, onMove)}
      onPointerEnter={() => onHover(here)}
      onPointerLeave={() => onHover(undefined)}
      onFocus={() => onHover(here)}
      onBlur={() => onHover(undefined)}
      onClick={() => (here ? onSelect(here) : onShow(first, last))}
    >
      {wide && label}
    </button>
  );
});
