import { useEffect, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { paintCells, type CellStyle } from '../../draw/cells';
import { cellAt, gridFor } from '../../draw/grid';
import { useSize } from '../../draw/size';
import type { FramesProps } from './props';
import { colourToken, KINDS } from './kinds';

interface CanvasProps extends FramesProps {
  readonly describe: (mpn: number) => string;
}

/**
 * The cells, on canvas. To keyboard and screen reader they are one control whose value is a frame number: arrows move by
 * one frame or one row, and what stands at the frame is spoken.
 */
export function FrameCanvas(props: CanvasProps) {
  const { frames, cursor, reached, describe, onPoint, onSelect } = props;
  const [box, size] = useSize<HTMLDivElement>({ width: 320, height: 160 });
  const canvas = useRef<HTMLCanvasElement>(null);
  const { start, kinds } = frames;
  const count = kinds.length;
  const grid = useMemo(() => gridFor(count, size.width, size.height), [count, size]);

  useEffect(() => {
    if (!canvas.current) return;
    const colours = getComputedStyle(canvas.current);
    const read = memo((token) => colours.getPropertyValue(token).trim());
    const styleOf = (i: number): CellStyle => ({
      shape: KINDS[kinds[i] ?? 0]?.shape ?? 'empty',
      colour: read(colourToken(frames, i)),
    });
    const ring = (mpn: number | undefined, token: string) =>
      mpn === undefined || mpn < start || mpn >= start + count
        ? []
        : [{ index: mpn - start, colour: read(token), halo: read('--panel') }];
    const rings = [...ring(cursor === reached ? undefined : cursor, '--ink-3'), ...ring(reached, '--ink')];
    paintCells(canvas.current, { grid, count, styleOf, rings }, devicePixelRatio);
  }, [frames, kinds, start, count, cursor, reached, grid]);

  const frameAt = (event: PointerEvent<HTMLElement>): number | undefined => {
    const { left, top } = canvas.current!.getBoundingClientRect();
    const index = cellAt(grid, event.clientX - left, event.clientY - top);
    return index !== undefined && index < count ? start + index : undefined;
  };
  const key = (event: KeyboardEvent): void => {
    const by = movesOf(grid.columns, count, cursor - start)[event.key];
    if (by !== undefined) onPoint(Math.max(0, cursor + by));
    else if (event.key === 'Enter') onSelect(cursor);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={box}
      className="frame-canvas"
      role="slider"
      tabIndex={0}
      aria-label="Frame"
      aria-valuemin={start}
      aria-valuemax={start + count - 1}
      aria-valuenow={cursor}
      aria-valuetext={describe(cursor)}
      onKeyDown={key}
      onPointerMove={(event) => {
        const mpn = frameAt(event);
        if (mpn !== undefined && mpn !== cursor) onPoint(mpn);
      }}
      onClick={() => onSelect(cursor)}
    >
      <canvas ref={canvas} style={{ width: grid.columns * grid.cell, height: grid.rows * grid.cell }} />
    </div>
  );
}

/** By how many frames a key moves the cursor. */
const movesOf = (columns: number, count: number, at: number): Readonly<Record<string, number>> => ({
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: columns,
  ArrowUp: -columns,
  PageDown: count,
  PageUp: -count,
  Home: -at,
  End: count - 1 - at,
});

function memo(read: (token: string) => string): (token: string) => string {
  const known = new Map<string, string>();
  return (token) => {
    const colour = known.get(token) ?? read(token);
    known.set(token, colour);
    return colour;
  };
}
