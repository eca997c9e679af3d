import './frames.css';
import { useCallback, useRef, useState } from 'react';
import { decimalGroups } from '../../base/number';
import { endOf, framesIn, windowOf, type Window } from '../../draw/frame-window';
import type { Stretch } from '../../engine/thing';
import { Panel } from '../panel';
import { Legend } from './legend';
import type { FramesProps } from './props';
import { Rail } from './rail';
import { RangeBar } from './range-bar';
import { Stage } from './stage';
import { Tools } from './tools';
import { describe, sizeText, spanText } from './words';

/** Machine memory, from all of it to one frame. */
export function Frames(props: FramesProps) {
  const { frames, cursor, lit, onHover, onRange } = props;
  const [over, setOver] = useState<number>();
  const [focused, setFocused] = useState(false);
  const [range, setRange] = useState<Stretch<number>>();
  const last = useRef<number>(undefined);
  const { perCell } = frames;
  const hover = useCallback(
    (mpn: number | undefined): void => {
      if (mpn === last.current) return;
      last.current = mpn;
      setOver(mpn);
      onHover(mpn === undefined ? undefined : { kind: 'frame', mpn, count: perCell });
    },
    [onHover, perCell],
  );
  return (
    <Panel name="Machine frames" id="frames" aside={<WindowText {...props.window} />}>
      <Tools {...props} mapped={frames.mapped} lit={lit.frames} />
      <div className="frame-stage">
        <Beyond {...props} where="before" />
        <Stage {...props} {...{ over, range, focused }} onOver={hover} onMark={setRange} onFocused={setFocused} />
        <Beyond {...props} where="behind" />
      </div>
      {frames.kinds.length > 1 && (
        <p className="frame-text" aria-hidden="true">
          {over === undefined && !focused && !props.shown
            ? 'No frame belongs to the selected address.'
            : describe(props, over ?? cursor)}
        </p>
      )}
      {range && (
        <RangeBar
          range={range}
          room={props.room}
          onRange={(marked, how) => {
            onRange(marked, how);
            setRange(undefined);
          }}
          onClear={() => setRange(undefined)}
        />
      )}
      <Legend {...props} />
      <Rail {...props} mapped={frames.mapped} lit={lit.frames} />
      <p id="frame-keys" className="unseen">
        Arrows move by one cell, with Shift they mark frames; plus and minus zoom; Page Up and Page Down turn the
        window.
      </p>
    </Panel>
  );
}

function WindowText(window: Window) {
  const { start, perCell } = window;
  const scale = perCell === 1 ? 'a frame a cell' : `${sizeText(perCell)} a cell`;
  return (
    <span className="frame-window" title={`${decimalGroups(framesIn(window))} frames, ${scale}`}>
      <span className="mono">{spanText(start, endOf(window))}</span> · {scale}
    </span>
  );
}

interface BeyondProps extends FramesProps {
  readonly where: 'before' | 'behind';
}

/** Says that frames of what is pointed at or selected lie outside the window, and leads there. */
function Beyond({ window, lit, total, where, onWindow }: BeyondProps) {
  const before = where === 'before';
  const outside = lit.frames
    .map(({ start, end }) =>
      before ? { start, end: Math.min(end, window.start) } : { start: Math.max(start, endOf(window)), end },
    )
    .filter(({ start, end }) => end > start);
  if (outside.length === 0) return undefined;
  const count = outside.reduce((sum, { start, end }) => sum + end - start, 0);
  const nearest = before
    ? Math.max(...outside.map(({ start }) => start))
    : Math.min(...outside.map(({ start }) => start));
  const frames = framesIn(window);
  return (
    <button
      type="button"
      className={`frame-beyond ${where}`}
      onClick={() =>
        onWindow(windowOf(Math.floor(nearest / frames) * frames, frames, { total, most: Math.max(window.cells, 64) }))
      }
    >
      {before ? '▲' : '▼'} {decimalGroups(count)} {count === 1 ? 'frame' : 'frames'} {before ? 'before' : 'after'}
    </button>
  );
}
