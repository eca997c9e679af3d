import type { Grid } from '../../draw/grid';
import type { Bounds, Window } from '../../draw/frame-window';

/** By how many frames a key moves the cursor. */
export function movesOf(
  key: string,
  far: boolean,
  { columns }: Grid,
  { start, cells, perCell }: Window,
  cursor: number,
  { total }: Bounds,
): number | undefined {
  const page = cells * perCell;
  switch (key) {
    case 'ArrowRight':
      return perCell;
    case 'ArrowLeft':
      return -perCell;
    case 'ArrowDown':
      return columns * perCell;
    case 'ArrowUp':
      return -columns * perCell;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return (far ? 0 : start) - cursor;
    case 'End':
      return (far ? total : start + page) - perCell - cursor;
    default:
      return undefined;
  }
}

/** The doublings that a key comes closer by. */
export const zoomOf = (key: string): number | undefined =>
  key === '+' || key === '=' ? 1 : key === '-' || key === '_' ? -1 : undefined;
