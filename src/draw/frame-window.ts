/** A part of machine memory: from a frame, so many cells of so many frames each. Cells and frames a cell are powers of two. */
export interface Window {
  readonly start: number;
  readonly cells: number;
  readonly perCell: number;
}

/** What a window must keep to. Both are powers of two. */
export interface Bounds {
  /** Frames of the machine. */
  readonly total: number;
  /** Cells that there is room for. */
  readonly most: number;
}

export const framesIn = ({ cells, perCell }: Window): number => cells * perCell;
export const endOf = (window: Window): number => window.start + framesIn(window);
export const holds = (window: Window, mpn: number): boolean => mpn >= window.start && mpn < endOf(window);

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** A window of `count` frames, a power of two, at or just before `start`. */
export function windowOf(start: number, count: number, { total, most }: Bounds): Window {
  const frames = clamp(count, 1, total);
  const perCell = Math.max(1, frames / most);
  const first = Math.floor(start / perCell) * perCell;
  return { start: clamp(first, 0, total - frames), cells: frames / perCell, perCell };
}

/** The same frames, in the cells that there is room for. */
export const refitted = (window: Window, bounds: Bounds): Window => windowOf(window.start, framesIn(window), bounds);

/**
 * Closer by so many doublings, or from farther if negative. The frame `at` stays in its cell, as long as the number of cells stays and
 * memory does not end.
 */
export function zoomed(window: Window, by: number, at: number, bounds: Bounds): Window {
  const count = clamp(framesIn(window) / 2 ** by, 1, bounds.total);
  const perCell = Math.max(1, count / bounds.most);
  const cells = count / perCell;
  const cell = Math.floor(((at - window.start) / framesIn(window)) * cells);
  return windowOf((Math.floor(at / perCell) - cell) * perCell, count, bounds);
}

/** Moved by so many frames, cell by cell. */
export const scrolled = (window: Window, frames: number, bounds: Bounds): Window =>
  windowOf(window.start + frames, framesIn(window), bounds);

/** Moved by as few rows of `row` frames as bring a frame into view. */
export function following(window: Window, mpn: number, row: number, bounds: Bounds): Window {
  if (holds(window, mpn)) return window;
  const rows =
    mpn < window.start ? -Math.ceil((window.start - mpn) / row) : Math.floor((mpn - endOf(window)) / row) + 1;
  return scrolled(window, rows * row, bounds);
}

/** The closest window with all frames from `start` up to `end` in it; it starts at a round number. */
export function showing(start: number, end: number, bounds: Bounds): Window {
  let count = 2 ** Math.ceil(Math.log2(Math.max(1, end - start)));
  for (;;) {
    const step = Math.max(1, count / 8);
    const window = windowOf(Math.floor(start / step) * step, count, bounds);
    if (endOf(window) >= end || count >= bounds.total) return window;
    count *= 2;
  }
}

/** All memory. */
export const whole = (bounds: Bounds): Window => windowOf(0, bounds.total, bounds);

export const sameWindow = (a: Window, b: Window): boolean =>
  a.start === b.start && a.cells === b.cells && a.perCell === b.perCell;
