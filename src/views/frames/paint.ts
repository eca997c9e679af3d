import { paintCells, paintMarks, type CellStretch, type Mark } from '../../draw/cells';
import type { Window } from '../../draw/frame-window';
import type { Grid } from '../../draw/grid';
import { tokens } from '../../draw/tokens';
import type { FramesPicture } from '../../engine/picture';
import type { Stretch } from '../../engine/thing';
import { lookOf, MIXED_BIT, stylesOf } from './colouring';
import type { Colouring } from './props';

/** The cells of a picture. */
export function paintFrames(canvas: HTMLCanvasElement, frames: FramesPicture, colouring: Colouring, grid: Grid): void {
  const read = tokens();
  const bit = MIXED_BIT[colouring];
  paintCells(
    canvas,
    {
      grid,
      styles: stylesOf(frames, colouring),
      styleOf: (style) => {
        const { shape, token } = lookOf(colouring, style);
        return { shape, colour: read(token) };
      },
      mixed: (i) => ((frames.mixed[i] ?? 0) & bit) !== 0,
      ground: read('--panel'),
    },
    devicePixelRatio,
  );
}

/** The cells that frames lie in. */
export const cellsOf = ({ start, perCell }: Window, frames: readonly Stretch<number>[]): readonly CellStretch[] =>
  frames.map((one) => ({
    start: Math.floor((one.start - start) / perCell),
    end: Math.ceil((one.end - start) / perCell),
  }));

export interface Marked {
  readonly lit: readonly Stretch<number>[];
  readonly range: Stretch<number> | undefined;
  readonly cursor: number | undefined;
}

/** What is pointed at, marked out and under the cursor. */
export function paintOver(canvas: HTMLCanvasElement, window: Window, grid: Grid, { lit, range, cursor }: Marked): void {
  const read = tokens();
  const halo = read('--panel');
  const mark = (frames: readonly Stretch<number>[], token: string, more: Partial<Mark> = {}): Mark => ({
    cells: cellsOf(window, frames),
    colour: read(token),
    halo,
    ...more,
  });
  const marks = [
    mark(range ? [range] : [], '--ink', { wash: read('--accent'), dashed: true }),
    mark(cursor === undefined ? [] : [{ start: cursor, end: cursor + 1 }], '--ink-2'),
    mark(lit, '--accent'),
  ];
  paintMarks(canvas, grid, window.cells, marks, devicePixelRatio);
}
