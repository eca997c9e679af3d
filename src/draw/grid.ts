/** Cells in rows that fill a rectangle; columns are a power of two, so that rows are of a round number of frames. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** The sides of a cell with its gap, in pixels of the page. */
  readonly width: number;
  readonly height: number;
}

const COLUMNS = Array.from({ length: 10 }, (_, i) => 2 ** i);
/** A cell is at most so much longer than it is high, or the other way round. */
const LONGEST = 1.7;
/** Cells that no side of may be smaller than; and how many are shown at once. */
const SMALLEST_CELL = 5;
const FEWEST = 64;
const MOST = 4096;

/** The grid of `count` cells whose cells are largest. */
export function gridFor(count: number, width: number, height: number): Grid {
  const grids = COLUMNS.filter((columns) => columns <= count).map((columns): Grid => {
    const rows = Math.ceil(count / columns);
    const [w, h] = sidesOf(width / columns, height / rows);
    return { columns, rows, width: w, height: h };
  });
  const side = (grid: Grid): number => Math.min(grid.width, grid.height);
  return grids.reduce((best, grid) => (side(grid) > side(best) ? grid : best));
}

function sidesOf(width: number, height: number): readonly [width: number, height: number] {
  const longest = Math.min(width, height) * LONGEST;
  // Whole pixels keep the edges sharp; only tiny cells need the fractions.
  const whole = (side: number): number => (side >= SMALLEST_CELL ? Math.floor(side) : side);
  return [whole(Math.min(width, longest)), whole(Math.min(height, longest))];
}

/** How many cells a rectangle has room for: a power of two. */
export function cellsFor(width: number, height: number): number {
  let cells = MOST;
  for (; cells > FEWEST; cells /= 2) {
    const grid = gridFor(cells, width, height);
    if (Math.min(grid.width, grid.height) >= SMALLEST_CELL) return cells;
  }
  return cells;
}

/** The index of the cell at a point, or undefined beside the grid. */
export function cellAt({ columns, rows, width, height }: Grid, x: number, y: number): number | undefined {
  const column = Math.floor(x / width);
  const row = Math.floor(y / height);
  return column >= 0 && row >= 0 && column < columns && row < rows ? row * columns + column : undefined;
}
