import type { Size } from '../../draw/size';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How many tiles are laid out in a room, in pixels. */
export interface TileGrid {
  readonly kind: 'tiles';
  readonly columns: number;
  readonly rows: number;
  /** From one tile to the next. */
  readonly width: number;
  readonly height: number;
  /** Whether a tile has room for its number; else the rows and columns have theirs. */
  readonly numbered: boolean;
}

/** The room of the numbers of rows and columns. */
export const AXES = { left: 24, top: 14 } as const;
const DIGIT = 6.7;
const LINE = 15;
/** So much better is a grid whose tiles have their numbers. */
const NUMBERED = 1.3;

/** The grid in which all tiles fit the room and are least narrow. A power of two in a row, so that ids are easily found. */
export function gridOf(count: number, room: Size): TileGrid {
  const grids = [2, 4, 8, 16, 32, 64]
    .filter((columns) => columns <= count)
    .map((columns) => laidOut(count, columns, room));
  const worth = ({ width, height, numbered }: TileGrid): number => Math.min(width, height) * (numbered ? NUMBERED : 1);
  return grids.reduce((best, grid) => (worth(grid) > worth(best) ? grid : best));
}

function laidOut(count: number, columns: number, room: Size): TileGrid {
  const rows = Math.ceil(count / columns);
  const whole = { width: room.width / columns, height: room.height / rows };
  const numbered = whole.width >= String(count - 1).length * DIGIT + 5 && whole.height >= LINE;
  const left = { width: (room.width - AXES.left) / columns, height: (room.height - AXES.top) / rows };
  return { kind: 'tiles', columns, rows, numbered, ...(numbered ? whole : left) };
}

/** A way between the tiles, as corners, from the foot of one to the foot of another: no number lies under it. Answers keep to the right of IPIs. */
export function routeOf(
  { columns, width, height }: TileGrid,
  from: number,
  to: number,
  answer: boolean,
): readonly Point[] {
  const off = answer ? 1.5 : 0;
  const below = (id: number): number => (Math.floor(id / columns) + 1) * height + off;
  const middle = (id: number): number => ((id % columns) + 0.5) * width + 2 * off;
  const [y, end] = [below(from), below(to)];
  const between = ((to % columns) + (answer ? 1 : 0)) * width;
  const way = y === end ? [] : [between, between];
  return [
    { x: middle(from), y: y - 3 },
    { x: middle(from), y },
    ...way.map((x, i) => ({ x, y: i === 0 ? y : end })),
    { x: middle(to), y: end },
    { x: middle(to), y: end - 4 },
  ];
}

/** The point of a route of which a share lies behind it. */
export function alongRoute(route: readonly Point[], share: number): Point {
  const lengths = route.slice(1).map(({ x, y }, i) => Math.abs(x - route[i].x) + Math.abs(y - route[i].y));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  const leg = lengths.findIndex((length) => (left <= length ? true : ((left -= length), false)));
  const [a, b] = [route[leg], route[leg + 1]];
  if (leg < 0 || !a || !b) return route.at(-1) ?? { x: 0, y: 0 };
  const part = lengths[leg] > 0 ? left / lengths[leg] : 0;
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
}
