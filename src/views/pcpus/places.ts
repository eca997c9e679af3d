import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Point, TileGrid } from './tile-grid';

/** Where messages start and end, in pixels from the top left of what they are drawn over. */
export type Places = Lanes | TileGrid;

/** Lanes, and the gutter in which their messages move: at their right, or between two columns of them. */
export interface Lanes {
  readonly kind: 'lanes';
  readonly ports: readonly Port[];
  readonly width: number;
  readonly height: number;
}

/** The middle of a lane, and whether the gutter is at its right or at its left. */
export interface Port {
  readonly y: number;
  readonly side: 'left' | 'right';
}

/** Widths of the gutter: beside lanes, and between two columns. */
export const GUTTER = 60;
export const MIDDLE = 46;

/** Before anything is measured. */
const GUESS = 64;
/** Of a tall lane, its first lines stand for it. */
const HEAD = 30;

/** Follows where the lanes stand, which are children of the element; of the same ones for as long as it is on screen. */
export function useLanes<T extends HTMLElement>(
  count: number,
  width: number,
): readonly [element: RefObject<T | null>, lanes: Lanes] {
  const element = useRef<T>(null);
  const [lanes, setLanes] = useState<Lanes>(() => ({
    kind: 'lanes',
    ports: Array.from({ length: count }, (_, i) => ({ y: i * GUESS + GUESS / 2, side: 'left' })),
    width,
    height: count * GUESS,
  }));
  useLayoutEffect(() => {
    const parent = element.current;
    const all = [...(parent?.querySelectorAll<HTMLElement>(':scope > div') ?? [])];
    const measure = (): void => {
      const middle = (parent?.clientWidth ?? 0) / 2;
      const ports = all.map(({ offsetTop, offsetHeight, offsetLeft }): Port => {
        const y = offsetTop + Math.min(offsetHeight / 2, HEAD);
        return { y, side: offsetLeft > middle ? 'right' : 'left' };
      });
      const height = Math.max(...all.map(({ offsetTop, offsetHeight }) => offsetTop + offsetHeight), 0);
      setLanes((old) => (sameLanes(old, ports, height) ? old : { kind: 'lanes', ports, width, height }));
    };
    const observer = new ResizeObserver(measure);
    all.forEach((lane) => observer.observe(lane));
    measure();
    return () => observer.disconnect();
  }, [width]);
  return [element, lanes];
}

const sameLanes = (old: Lanes, ports: readonly Port[], height: number): boolean =>
  old.height === height &&
  old.ports.length === ports.length &&
  ports.every(({ y, side }, i) => y === old.ports[i]?.y && side === old.ports[i].side);

/** Where the lanes end, and the least that a way bends away from them. */
const EDGE = 4;
const NEAR = 16;

/** A cubic from one lane to another, by its four abscissas and the heights of its ends. */
export interface Way {
  readonly xs: readonly [start: number, number, number, end: number];
  readonly start: number;
  readonly end: number;
}

const NOWHERE: Port = { y: 0, side: 'left' };
const edgeOf = ({ side }: Port, width: number): number => (side === 'left' ? EDGE : width - EDGE);
const inward = ({ side }: Port): number => (side === 'left' ? 1 : -1);

/** The farther apart two lanes of a column are, the farther out it goes. `inner` ways stay a little nearer, so that an answer does not cover what it answers. */
export function wayOf({ ports, width }: Lanes, from: number, to: number, inner: boolean): Way {
  const [a, b] = [ports[from] ?? NOWHERE, ports[to] ?? NOWHERE];
  const ys = ports.map(({ y }) => y);
  const longest = Math.max(1, Math.max(...ys) - Math.min(...ys));
  const far = width - EDGE - 12;
  const reach =
    a.side === b.side ? ((NEAR + (far - NEAR) * (Math.abs(b.y - a.y) / longest)) * 4) / 3 : (width - 2 * EDGE) * 0.6;
  const out = (inner ? 0.72 : 1) * reach;
  const [start, end] = [edgeOf(a, width), edgeOf(b, width)];
  return { xs: [start, start + out * inward(a), end + out * inward(b), end], start: a.y, end: b.y };
}

export const wayPath = ({ xs: [a, b, c, d], start, end }: Way): string =>
  `M${a} ${start}C${b} ${start} ${c} ${end} ${d} ${end}`;

/** The head of an arrow at the end of a way. */
export function headPath({ xs: [, , c, d], start, end }: Way): string {
  const turn = Math.sign(c - d);
  return `M${d + 7 * turn} ${end - 4 + Math.sign(start - end) * 2}l${-7 * turn} 4 ${7 * turn} 4`;
}

/** Marks keep off the ends of their way, where the lanes are. */
const FIRST = 0.16;
const LAST = 0.86;

/** The point of a way that a mark has reached. */
export function pointOn({ xs: [a, b, c, d], start, end }: Way, share: number): Point {
  const t = FIRST + (LAST - FIRST) * share;
  const u = 1 - t;
  return {
    x: u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d,
    y: start + (end - start) * t * t * (3 - 2 * t),
  };
}

/** Messages that are still to be sent stand beside their lane, the next one first; too many for that make a pile. */
const QUEUE = 17;
const PILE = 3;
export const isPile = ({ width }: Lanes, count: number): boolean => count > Math.floor(width / QUEUE);

export function queued(lanes: Lanes, from: number, nth: number, of: number): Point {
  const port = lanes.ports[from] ?? NOWHERE;
  const off = isPile(lanes, of) ? Math.min(nth, 2) * PILE : nth * QUEUE;
  return { x: edgeOf(port, lanes.width) + inward(port) * (8 + off), y: port.y };
}

/** Where the number of a pile stands: below it. */
export function pileEnd(lanes: Lanes, from: number): Point {
  const { x, y } = queued(lanes, from, 0, 1);
  return { x, y: y + 15 };
}

/** A message can also be pressed where it alone is: an IPI at the lane that it goes to, an acknowledgement at the one that it comes from. */
export function ownEnd({ ports, width }: Lanes, pcpu: number): Point {
  const port = ports[pcpu] ?? NOWHERE;
  return { x: port.side === 'left' ? 0 : width - OWN, y: port.y };
}
export const OWN = 18;
