import { expect, test } from 'vitest';
import { cellAt, cellsFor, gridFor } from './grid';

test('cells fill the rectangle and stay inside it', () => {
  for (const count of [1, 2, 8, 64, 512, 4096]) {
    for (const [width, height] of [
      [320, 160],
      [900, 600],
      [200, 400],
    ] as const) {
      const grid = gridFor(count, width, height);
      expect(grid.columns * grid.rows).toBe(count);
      expect(grid.columns * grid.width).toBeLessThanOrEqual(width);
      expect(grid.rows * grid.height).toBeLessThanOrEqual(height);
      expect(Math.max(grid.width, grid.height)).toBeLessThanOrEqual(Math.min(grid.width, grid.height) * 1.7 + 1);
    }
  }
});

test('a large screen has large cells, and one frame has one cell', () => {
  expect(gridFor(512, 960, 600).height).toBeGreaterThan(25);
  expect(gridFor(1, 300, 150)).toMatchObject({ columns: 1, rows: 1, height: 150 });
});

test('as many cells as have six pixels each', () => {
  expect(cellsFor(308, 150)).toBe(512);
  expect(cellsFor(950, 600)).toBe(4096);
  expect(cellsFor(100, 50)).toBe(128);
  expect(cellsFor(10, 10)).toBe(64);
});

test('every cell is found by its middle, and nothing beside the grid', () => {
  const grid = gridFor(128, 250, 90);
  for (let i = 0; i < 128; i++) {
    const [x, y] = [i % grid.columns, Math.floor(i / grid.columns)];
    expect(cellAt(grid, (x + 0.5) * grid.width, (y + 0.5) * grid.height)).toBe(i);
  }
  expect(cellAt(grid, -1, 5)).toBeUndefined();
  expect(cellAt(grid, grid.columns * grid.width + 1, 5)).toBeUndefined();
});
