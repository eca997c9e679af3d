import { describe, expect, test } from 'vitest';
import { cellAt, gridFor } from './grid';

describe('a grid of cells', () => {
  test('takes the columns that make the cells largest', () => {
    expect(gridFor(512, 320, 160)).toEqual({ columns: 32, rows: 16, cell: 10 });
    expect(gridFor(1024, 640, 160)).toEqual({ columns: 64, rows: 16, cell: 10 });
  });

  test('finds the cell at a point', () => {
    const grid = gridFor(512, 320, 160);
    expect(cellAt(grid, 0, 0)).toBe(0);
    expect(cellAt(grid, 319, 159)).toBe(511);
    expect(cellAt(grid, 15, 25)).toBe(65);
    expect(cellAt(grid, 321, 0)).toBeUndefined();
    expect(cellAt(grid, 0, -1)).toBeUndefined();
  });
});
