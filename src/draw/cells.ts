import type { Grid } from './grid';

/** How a cell is filled: colour alone never tells kinds apart. */
export type CellShape =
  | 'none'
  | 'empty'
  | 'full'
  | 'inset'
  | 'seed'
  | 'shut'
  | 'striped'
  | 'split'
  | 'rising'
  | 'rows'
  | 'falling'
  | 'columns'
  | 'dot'
  | 'cross';

/** In a square of side 1: polygons that are filled, those of four corners rectangles, lines that are cut out of them, and whether there is an outline. */
interface Geometry {
  readonly outline?: true;
  readonly fills?: readonly (readonly number[])[];
  readonly cuts?: readonly (readonly number[])[];
}

const SQUARE = [[0, 0, 1, 0, 1, 1, 0, 1]];
const square = (from: number, to: number): readonly number[] => [from, from, to, from, to, to, from, to];
const bar = (from: number, to: number): readonly number[] => [0, from, 1, from, 1, to, 0, to];

export const SHAPES: Readonly<Record<CellShape, Geometry>> = {
  none: { fills: [square(0.42, 0.58)] },
  empty: { outline: true },
  full: { fills: SQUARE },
  inset: { outline: true, fills: [square(0.28, 0.72)] },
  seed: { outline: true, fills: [square(0.4, 0.6)] },
  shut: { outline: true, fills: [[0, 1, 0, 0.8, 0.8, 0, 1, 0, 1, 0.2, 0.2, 1]] },
  striped: { fills: [bar(0.04, 0.26), bar(0.39, 0.61), bar(0.74, 0.96)] },
  split: { outline: true, fills: [[0, 0, 1, 0, 0, 1]] },
  rising: { fills: SQUARE, cuts: [[0, 1, 1, 0]] },
  rows: { fills: SQUARE, cuts: [[0, 0.5, 1, 0.5]] },
  falling: { fills: SQUARE, cuts: [[0, 0, 1, 1]] },
  columns: { fills: SQUARE, cuts: [[0.5, 0, 0.5, 1]] },
  dot: { fills: SQUARE, cuts: [[0.5, 0.36, 0.5, 0.64]] },
  cross: {
    fills: SQUARE,
    cuts: [
      [0, 1, 1, 0],
      [0, 0, 1, 1],
    ],
  },
};

/** Frames that are not alike have a corner less: so much of the side. */
export const NOTCH = 0.42;
/** Cells smaller than this are filled without a pattern being cut out. */
const PATTERNED = 7;

export interface CellStyle {
  readonly shape: CellShape;
  readonly colour: string;
}

export interface CellPicture {
  readonly grid: Grid;
  /** The number of the style of each cell. */
  readonly styles: ArrayLike<number>;
  readonly styleOf: (style: number) => CellStyle;
  /** Whether the frames of a cell are not alike. */
  readonly mixed: (index: number) => boolean;
  /** The colour behind the cells. */
  readonly ground: string;
}

const gapOf = ({ width, height }: Grid): number => (Math.min(width, height) > 6 ? 1.5 : 1);

/** Makes the canvas as large as the grid, at the resolution of the screen, and gives what it is painted with. */
export function canvasFor(canvas: HTMLCanvasElement, grid: Grid, resolution: number) {
  const context = canvas.getContext('2d');
  const [width, height] = [grid.columns * grid.width, grid.rows * grid.height].map((side) =>
    Math.ceil(side * resolution),
  );
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context?.setTransform(resolution, 0, 0, resolution, 0, 0);
  context?.clearRect(0, 0, grid.columns * grid.width, grid.rows * grid.height);
  return context;
}

/** Paints all cells, those of one style together. */
export function paintCells(canvas: HTMLCanvasElement, picture: CellPicture, resolution: number): void {
  const { grid, styles, styleOf, mixed, ground } = picture;
  const context = canvasFor(canvas, grid, resolution);
  if (!context) return;
  const groups = new Map<number, number[]>();
  for (let i = 0; i < styles.length; i++) {
    const group = groups.get(styles[i]);
    if (group) group.push(i);
    else groups.set(styles[i], [i]);
  }
  for (const [style, cells] of groups) paintGroup(context, grid, styleOf(style), cells, ground);
  const notched = Array.from({ length: styles.length }, (_, i) => i).filter(mixed);
  paintNotches(context, grid, notched, ground);
}

type Context = CanvasRenderingContext2D;

function paintGroup(context: Context, grid: Grid, style: CellStyle, cells: readonly number[], ground: string): void {
  const { outline, fills = [], cuts = [] } = SHAPES[style.shape];
  const gap = gapOf(grid);
  const [width, height] = [grid.width - gap, grid.height - gap];
  context.fillStyle = style.colour;
  for (const points of fills) {
    const fill = points.length === 8 ? fillRectangle : fillPolygon;
    for (const i of cells) {
      const [x, y] = cornerOf(grid, i);
      fill(context, points, x, y, width, height);
    }
  }
  if (outline) {
    context.beginPath();
    for (const i of cells) {
      const [x, y] = cornerOf(grid, i);
      context.rect(x + 0.5, y + 0.5, width - 1, height - 1);
    }
    stroke(context, style.colour, 1);
  }
  if (cuts.length === 0 || Math.min(width, height) < PATTERNED - gap) return;
  context.beginPath();
  for (const i of cells) {
    const [x, y] = cornerOf(grid, i);
    for (const [x1, y1, x2, y2] of cuts) {
      context.moveTo(x + x1 * width, y + y1 * height);
      context.lineTo(x + x2 * width, y + y2 * height);
    }
  }
  stroke(context, ground, Math.max(1, Math.min(width, height) * (style.shape === 'dot' ? 0.28 : 0.12)));
}

function paintNotches(context: Context, grid: Grid, cells: readonly number[], ground: string): void {
  const side = Math.min(grid.width, grid.height) * NOTCH;
  const gap = gapOf(grid);
  context.beginPath();
  for (const i of cells) {
    const [x, y] = cornerOf(grid, i);
    context.moveTo(x + grid.width - gap - side, y - 0.5);
    context.lineTo(x + grid.width - gap + 0.5, y - 0.5);
    context.lineTo(x + grid.width - gap + 0.5, y + side);
  }
  context.fillStyle = ground;
  context.fill();
}

const cornerOf = ({ columns, width, height }: Grid, i: number): readonly [number, number] => [
  (i % columns) * width,
  Math.floor(i / columns) * height,
];

type Fill = (context: Context, points: readonly number[], x: number, y: number, w: number, h: number) => void;

/** Much cheaper than as a path, and there may be thousands. */
const fillRectangle: Fill = (context, [x1, y1, , , x2, y2], x, y, w, h) =>
  context.fillRect(x + x1 * w, y + y1 * h, (x2 - x1) * w, (y2 - y1) * h);

const fillPolygon: Fill = (context, points, x, y, w, h) => {
  context.beginPath();
  for (let at = 0; at < points.length; at += 2) context.lineTo(x + points[at] * w, y + points[at + 1] * h);
  context.fill();
};

function stroke(context: Context, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/** A stretch of cells, up to and not including `end`. */
export interface CellStretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The outline of cells: the sides that a marked cell has in common with one that is not, or with none. Four numbers a side.
 */
export function outlineOf(stretches: readonly CellStretch[], grid: Grid, count: number): number[] {
  const marked = new Uint8Array(count);
  for (const { start, end } of stretches) marked.fill(1, Math.max(0, start), Math.max(0, Math.min(end, count)));
  const { columns, width, height } = grid;
  const gap = gapOf(grid);
  const sides: number[] = [];
  for (let i = 0; i < count; i++) {
    if (!marked[i]) continue;
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const [left, top] = [column * width - gap / 2, row * height - gap / 2];
    const [right, bottom] = [left + width, top + height];
    if (row === 0 || !marked[i - columns]) sides.push(left, top, right, top);
    if (i + columns >= count || !marked[i + columns]) sides.push(left, bottom, right, bottom);
    if (column === 0 || !marked[i - 1]) sides.push(left, top, left, bottom);
    if (column === columns - 1 || i + 1 >= count || !marked[i + 1]) sides.push(right, top, right, bottom);
  }
  return sides;
}

/** A set of cells with an outline; the halo shows it on every colour. */
export interface Mark {
  readonly cells: readonly CellStretch[];
  readonly colour: string;
  readonly halo: string;
  /** Laid over the cells. */
  readonly wash?: string | undefined;
  readonly dashed?: boolean;
}

/** Paints outlines over the cells. */
export function paintMarks(
  canvas: HTMLCanvasElement,
  grid: Grid,
  count: number,
  marks: readonly Mark[],
  resolution: number,
): void {
  const context = canvasFor(canvas, grid, resolution);
  if (!context) return;
  context.lineCap = 'square';
  for (const { cells, colour, halo, wash, dashed = false } of marks) {
    if (wash) paintWash(context, grid, cells, wash, count);
    const sides = outlineOf(cells, grid, count);
    if (sides.length === 0) continue;
    // Inside the canvas also at its edges.
    const [right, bottom] = [grid.columns * grid.width - 1, grid.rows * grid.height - 1];
    context.beginPath();
    for (let i = 0; i < sides.length; i += 4) {
      context.moveTo(Math.max(1, Math.min(right, sides[i])), Math.max(1, Math.min(bottom, sides[i + 1])));
      context.lineTo(Math.max(1, Math.min(right, sides[i + 2])), Math.max(1, Math.min(bottom, sides[i + 3])));
    }
    stroke(context, halo, 4);
    context.setLineDash(dashed ? [4, 3] : []);
    stroke(context, colour, 2);
    context.setLineDash([]);
  }
}

function paintWash(context: Context, grid: Grid, cells: readonly CellStretch[], colour: string, count: number): void {
  context.globalAlpha = 0.35;
  context.fillStyle = colour;
  for (const { start, end } of cells) {
    for (let i = Math.max(0, start); i < Math.min(end, count); i++) {
      const [x, y] = cornerOf(grid, i);
      context.fillRect(x, y, grid.width, grid.height);
    }
  }
  context.globalAlpha = 1;
}
