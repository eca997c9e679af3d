/** Cells in rows, as large as they can be; columns are a power of two, so that every row starts at a round number. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell with its gap. */
  readonly cell: number;
}

const COLUMNS = [8, 16, 32, 64, 128, 256];
const LARGEST_CELL = 14;

export function gridFor(count: number, width: number, height: number): Grid {
  const grids = COLUMNS.map((columns): Grid => {
    const rows = Math.ceil(count / columns);
    return { columns, rows, cell: Math.min(LARGEST_CELL, width / columns, height / rows) };
  });
  return grids.reduce((best, grid) => (grid.cell > best.cell ? grid : best));
}

/** The index of the cell at a point, or undefined beside the grid. */
export function cellAt({ columns, rows, cell }: Grid, x: number, y: number): number | undefined {
  const column = Math.floor(x / cell);
  const row = Math.floor(y / cell);
  return column >= 0 && row >= 0 && column < columns && row < rows ? row * columns + column : undefined;
}
