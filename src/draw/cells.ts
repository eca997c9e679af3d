import type { Grid } from './grid';

/** How a cell is filled: colour alone never tells kinds apart. */
export type CellShape = 'empty' | 'full' | 'inset' | 'striped' | 'split';
export interface CellStyle {
  readonly shape: CellShape;
  readonly colour: string;
}

export interface CellPicture {
  readonly grid: Grid;
  readonly count: number;
  readonly styleOf: (index: number) => CellStyle;
  /** Cells with a ring: the selected frame, and the cursor. */
  readonly rings: readonly { readonly index: number; readonly colour: string; readonly halo: string }[];
}

/** Paints all cells. The canvas is sized to the grid, at the resolution of the screen. */
export function paintCells(canvas: HTMLCanvasElement, picture: CellPicture, resolution: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { columns, rows, cell } = picture.grid;
  canvas.width = Math.ceil(columns * cell * resolution);
  canvas.height = Math.ceil(rows * cell * resolution);
  context.setTransform(resolution, 0, 0, resolution, 0, 0);
  const gap = cell > 6 ? 1.5 : cell > 3 ? 1 : 0;
  for (let i = 0; i < picture.count; i++) {
    const style = picture.styleOf(i);
    context.fillStyle = style.colour;
    context.strokeStyle = style.colour;
    paintCell(context, style.shape, (i % columns) * cell, Math.floor(i / columns) * cell, cell - gap);
  }
  for (const ring of picture.rings) paintRing(context, picture.grid, ring);
}

function paintCell(context: CanvasRenderingContext2D, shape: CellShape, x: number, y: number, side: number): void {
  switch (shape) {
    case 'empty':
      context.lineWidth = 0.75;
      context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
      return;
    case 'full':
      context.fillRect(x, y, side, side);
      return;
    case 'inset':
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
      context.fillRect(x + side * 0.3, y + side * 0.3, side * 0.4, side * 0.4);
      return;
    case 'striped':
      for (const at of [0.05, 0.4, 0.75]) context.fillRect(x, y + side * at, side, side * 0.2);
      return;
    case 'split':
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + side, y);
      context.lineTo(x, y + side);
      context.fill();
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
  }
}

/** A ring with a halo, so that it shows on every colour. */
function paintRing(context: CanvasRenderingContext2D, grid: Grid, ring: CellPicture['rings'][number]): void {
  const { columns, cell } = grid;
  const x = (ring.index % columns) * cell - 0.75;
  const y = Math.floor(ring.index / columns) * cell - 0.75;
  for (const [width, colour] of [
    [4, ring.halo],
    [2, ring.colour],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.strokeRect(x, y, cell, cell);
  }
}
