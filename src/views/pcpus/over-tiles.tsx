import type { PointerEvent } from 'react';
import type { Lit } from '../../engine/thing';
import { fading, type Flight } from './flight';
import type { Marked } from './props';
import { alongRoute, routeOf, type Point, type TileGrid } from './tile-grid';

interface OverTilesProps extends Marked {
  readonly flights: readonly Flight[];
  readonly grid: TileGrid;
  readonly lit: Lit;
}

interface Shown extends Point {
  readonly index: number;
}

/**
 * All messages in a few paths, because there may be hundreds: lines between the tiles, and marks on them. Those not sent yet lie
 * in one place, where one mark stands for them. The list has the same for the keyboard.
 */
export function OverTiles({ flights, grid, lit, onHover, onSelect }: OverTilesProps) {
  const paths: Record<string, string> = {};
  const add = (name: string, d: string): void => void (paths[name] = (paths[name] ?? '') + d);
  const shown: Shown[] = [];
  const lights = new Set(lit.messages);
  const heads = new Set<number>();
  for (const flight of flights) {
    const marked = lights.has(flight.index);
    const waits = flight.state === 'waits';
    if (waits && !marked && heads.has(flight.from)) continue;
    if (waits) heads.add(flight.from);
    const route = routeOf(grid, flight.from, flight.to, flight.kind === 'ack');
    if (!waits || marked) {
      add('casing', lineOf(route));
      add(`way ${flight.kind}${marked ? ' lit' : ''}`, lineOf(route) + headOf(route));
    }
    const point = alongRoute(route, flight.share);
    shown.push({ index: flight.index, ...point });
    const [x, y] = [point.x.toFixed(1), point.y.toFixed(1)];
    if (fading(flight) >= 0.5) add('cross', `M${x} ${y}m-4-4l8 8m0-8l-8 8`);
    else if (flight.kind === 'ipi') add('ipi body', `M${x} ${y}m-4-3.5h8v7h-8z`);
    else add('ack body', `M${x} ${y}m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z`);
    if (fading(flight) >= 0.5) continue;
    add('detail', flight.kind === 'ipi' ? `M${x} ${y}m-3-2.5l3 2.8 3-2.8` : `M${x} ${y}m-2 0l1.4 1.5 2.6-3`);
  }
  const under = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    const far = ({ x, y }: Point): number => Math.hypot(x - clientX + left, y - clientY + top);
    const nearest = shown.reduce((best, one) => (far(one) < far(best) ? one : best));
    return { kind: 'message', index: nearest.index } as const;
  };
  return (
    <svg
      className="over-tiles"
      aria-hidden="true"
      onPointerMove={(event) => onHover(under(event))}
      onPointerLeave={() => onHover(undefined)}
      onPointerUp={(event) => onSelect(under(event))}
    >
      {Object.keys(paths)
        .toSorted((a, b) => RANK.indexOf(a) - RANK.indexOf(b))
        .map((name) => (
          <path key={name} className={name} d={paths[name]} />
        ))}
    </svg>
  );
}

const lineOf = (route: readonly Point[]): string =>
  `M${route.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`;

/** The head of an arrow in the foot of the tile that a route leads to. */
function headOf(route: readonly Point[]): string {
  const { x, y } = route.at(-1)!;
  return `M${(x - 3).toFixed(1)} ${(y + 3).toFixed(1)}l3-3 3 3`;
}

/** What lies under what. */
const RANK = ['casing', 'way ipi', 'way ack', 'way ipi lit', 'way ack lit', 'ipi body', 'ack body', 'detail', 'cross'];
