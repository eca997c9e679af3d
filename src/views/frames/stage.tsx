import { memo, useEffect, useLayoutEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { hexGroups } from '../../base/number';
import { following, holds, refitted, sameWindow, scrolled, zoomed, type Bounds } from '../../draw/frame-window';
import { cellsFor, gridFor, type Grid } from '../../draw/grid';
import { useSize } from '../../draw/size';
import type { FramesPicture } from '../../engine/picture';
import type { Stretch } from '../../engine/thing';
import { Detail } from './detail';
import { useGestures } from './gestures';
import { movesOf, zoomOf } from './keys';
import { paintFrames, paintOver } from './paint';
import type { Colouring, FramesProps } from './props';
import { describe } from './words';

interface StageProps extends FramesProps {
  /** The frame under the pointer. */
  readonly over: number | undefined;
  readonly range: Stretch<number> | undefined;
  /** The keyboard is here. */
  readonly focused: boolean;
  readonly onFocused: (focused: boolean) => void;
  readonly onOver: (mpn: number | undefined) => void;
  readonly onMark: (range: Stretch<number> | undefined) => void;
}

/**
 * The cells, on canvas. To keyboard and screen reader they are one control whose value is a frame number: arrows move by one cell or
 * one row, and what stands there is spoken.
 */
export function Stage(props: StageProps) {
  const { frames, window, total, cursor, range, colouring, theme, focused } = props;
  const { onPoint, onSelect, onWindow, onOver, onMark, onFocused } = props;
  const [box, size] = useSize<HTMLDivElement>({ width: 320, height: 160 });
  const bounds: Bounds = useMemo(() => ({ total, most: cellsFor(size.width, size.height) }), [total, size]);
  const { start, perCell, kinds } = frames;
  const shown = { start, perCell, cells: kinds.length };
  const grid = useMemo(() => gridFor(Math.max(1, kinds.length), size.width, size.height), [kinds.length, size]);
  const space = useRef(false);
  /** Where marking with Shift began. */
  const anchor = useRef<number>(undefined);

  useEffect(() => {
    if (size.width < 1 || size.height < 1) return;
    const fit = refitted(window, bounds);
    if (!sameWindow(fit, window)) onWindow(fit);
  }, [window, bounds, size, onWindow]);

  const cellOf = (mpn: number, from = start): number => from + Math.floor((mpn - from) / perCell) * perCell;
  const moveTo = (mpn: number, marks: boolean): void => {
    const to = Math.max(0, Math.min(total - 1, mpn));
    const next = following(window, to, grid.columns * window.perCell, bounds);
    if (next !== window) onWindow(next);
    onPoint(to);
    if (!marks) {
      anchor.current = undefined;
      return;
    }
    anchor.current ??= cursor;
    const [low, high] = [Math.min(anchor.current, to), Math.max(anchor.current, to)];
    onMark({
      start: Math.max(0, cellOf(low, next.start)),
      end: Math.min(total, cellOf(high, next.start) + perCell),
    });
  };
  const key = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    const by = movesOf(event.key, event.ctrlKey || event.metaKey, grid, window, cursor, bounds);
    const closer = event.ctrlKey || event.metaKey ? undefined : zoomOf(event.key);
    if (by !== undefined) {
      if (event.key.startsWith('Page') && !event.shiftKey) onWindow(scrolled(window, by, bounds));
      moveTo(cursor + by, event.shiftKey);
    } else if (closer !== undefined)
      onWindow(zoomed(window, closer, holds(window, cursor) ? cursor : window.start, bounds));
    else if (event.key === 'Enter') onSelect({ kind: 'frame', mpn: cellOf(cursor), count: perCell });
    else if (event.key === 'Escape' && range) onMark(undefined);
    else if (event.key === ' ') space.current = true;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const gestures = useGestures(
    box,
    { window: shown.cells === window.cells ? window : shown, bounds, grid },
    {
      onWindow,
      onOver,
      onPick: (mpn) => {
        onPoint(mpn);
        onSelect({ kind: 'frame', mpn, count: perCell });
      },
      onRange: ({ start: from, end }) => onMark({ start: Math.max(0, from), end: Math.min(total, end) }),
    },
    space,
  );
  return (
    <div
      ref={box}
      className="frame-canvas"
      role="slider"
      tabIndex={0}
      aria-label="Frame"
      aria-valuemin={0}
      aria-valuemax={total - 1}
      aria-valuenow={cursor}
      aria-valuetext={describe(props, cursor)}
      aria-describedby="frame-keys"
      onKeyDown={key}
      onKeyUp={(event) => {
        if (event.key === ' ') space.current = false;
      }}
      onFocus={() => {
        onFocused(true);
        if (!holds(window, cursor)) onPoint(window.start);
      }}
      onBlur={() => {
        onFocused(false);
        space.current = false;
      }}
      {...gestures}
    >
      <Base key={theme} frames={frames} colouring={colouring} grid={grid} />
      <Over {...props} key={`over ${theme}`} grid={grid} cursor={focused ? cursor : undefined} />
      {kinds.length === 1 && <Detail {...props} mpn={start} />}
      {kinds.length > 1 && kinds.length <= 64 && grid.width >= 48 && <Labels frames={frames} grid={grid} />}
    </div>
  );
}

interface BaseProps {
  readonly frames: FramesPicture;
  readonly colouring: Colouring;
  readonly grid: Grid;
}

const sideOf = (grid: Grid) => ({ width: grid.columns * grid.width, height: grid.rows * grid.height });

/** Painted again only when the picture, its size or the colouring changes; in another theme there is a new one. */
const Base = memo(function Base({ frames, colouring, grid }: BaseProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) paintFrames(canvas.current, frames, colouring, grid);
  }, [frames, colouring, grid]);
  return <canvas ref={canvas} style={sideOf(grid)} />;
});

interface OverProps extends Pick<StageProps, 'frames' | 'lit' | 'range'> {
  readonly grid: Grid;
  readonly cursor: number | undefined;
}

/** What changes with every move of the pointer lies above. */
const Over = memo(
  function Over({ frames, lit, range, cursor, grid }: OverProps) {
    const canvas = useRef<HTMLCanvasElement>(null);
    useLayoutEffect(() => {
      const { start, perCell, kinds } = frames;
      if (canvas.current)
        paintOver(canvas.current, { start, perCell, cells: kinds.length }, grid, { lit: lit.frames, range, cursor });
    }, [frames, lit, range, cursor, grid]);
    return <canvas ref={canvas} className="frame-over" style={sideOf(grid)} />;
  },
  (a, b) =>
    a.frames === b.frames && a.lit === b.lit && a.range === b.range && a.cursor === b.cursor && a.grid === b.grid,
);

/** The numbers of few, large cells. */
function Labels({ frames, grid }: { readonly frames: FramesPicture; readonly grid: Grid }) {
  return (
    <div className="frame-labels" aria-hidden="true">
      {Array.from(frames.kinds, (_, i) => (
        <span
          key={i}
          style={{
            left: (i % grid.columns) * grid.width + 3,
            top: Math.floor(i / grid.columns) * grid.height + 3,
            maxWidth: grid.width - 8,
          }}
        >
          {hexGroups(frames.start + i * frames.perCell)}
        </span>
      ))}
    </div>
  );
}
