import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Where messages start and end, in pixels from the top left of what they are drawn over. */
export type Places =
  | {
      readonly kind: 'lanes';
      /** The middle of each lane. */
      readonly ys: readonly number[];
    }
  | { readonly kind: 'tiles'; readonly columns: number; readonly width: number; readonly height: number };

/** Before anything is measured. */
const GUESS = 64;
/** Of a tall lane, its first lines stand for it. */
const HEAD = 30;

/** Follows where the lanes stand, which are children of the element; of the same ones for as long as it is on screen. */
export function useLanes<T extends HTMLElement>(count: number): readonly [RefObject<T | null>, Places] {
  const element = useRef<T>(null);
  const [ys, setYs] = useState<readonly number[]>(() => Array.from({ length: count }, (_, i) => i * GUESS + GUESS / 2));
  useLayoutEffect(() => {
    const lanes = [...(element.current?.querySelectorAll<HTMLElement>(':scope > .lane') ?? [])];
    const measure = (): void => {
      const now = lanes.map(({ offsetTop, offsetHeight }) => offsetTop + Math.min(offsetHeight / 2, HEAD));
      setYs((old) => (now.length === old.length && now.every((y, i) => y === old[i]) ? old : now));
    };
    const observer = new ResizeObserver(measure);
    lanes.forEach((lane) => observer.observe(lane));
    measure();
    return () => observer.disconnect();
  }, []);
  return [element, { kind: 'lanes', ys }];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The middle of a tile. */
export function tileCentre({ columns, width, height }: Extract<Places, { kind: 'tiles' }>, id: number): Point {
  return { x: ((id % columns) + 0.5) * width, y: (Math.floor(id / columns) + 0.5) * height };
}

/** The room for messages beside the lanes. */
export const GUTTER = 60;
/** Where the lanes end, and the least and most that a way bends away from them. */
const EDGE = 4;
const NEAR = 16;
const FAR = GUTTER - EDGE - 12;

/** A cubic from one lane to another: the farther they are apart, the farther out it goes. */
export interface Way {
  readonly out: number;
  readonly start: number;
  readonly end: number;
}

/** `inner` ways stay a little nearer, so that an answer does not cover what it answers. */
export function wayOf(ys: readonly number[], from: number, to: number, inner: boolean): Way {
  const start = ys[from] ?? 0;
  const end = ys[to] ?? 0;
  const longest = Math.max(1, (ys.at(-1) ?? 0) - (ys[0] ?? 0));
  const reach = NEAR + (FAR - NEAR) * (Math.abs(end - start) / longest);
  return { out: ((inner ? 0.72 : 1) * reach * 4) / 3, start, end };
}

export const wayPath = ({ out, start, end }: Way): string =>
  `M${EDGE} ${start}C${EDGE + out} ${start} ${EDGE + out} ${end} ${EDGE} ${end}`;

/** Marks keep off the ends of their way, where the lanes are. */
const FIRST = 0.16;
const LAST = 0.86;

/** The point of a way that a mark has reached. */
export function pointOn({ out, start, end }: Way, share: number): Point {
  const t = FIRST + (LAST - FIRST) * share;
  const bend = 3 * t * (1 - t);
  return { x: EDGE + bend * out, y: start + (end - start) * t * t * (3 - 2 * t) };
}

/** Messages that are still to be sent stand beside their lane, the next one first. */
const QUEUE = 17;
export const queued = (ys: readonly number[], from: number, nth: number, of: number): Point => ({
  x: EDGE + 8 + nth * Math.min(QUEUE, (2.2 * QUEUE) / Math.max(1, of - 1)),
  y: ys[from] ?? 0,
});
