import { useLayoutEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';

/** A point of the drawing at (x, y) stands on screen at (x·k + this.x, y·k + this.y). */
export interface Transform {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

const [LEAST, MOST] = [0.25, 2];
/** Pixels that a pointer may move and still click. */
const CLICK = 4;

/** The same picture magnified `by` around a point of the screen. */
export function zoomed({ x, y, k }: Transform, by: number, px: number, py: number): Transform {
  const scale = Math.max(LEAST, Math.min(MOST, k * by));
  return { x: px - ((px - x) * scale) / k, y: py - ((py - y) * scale) / k, k: scale };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Dragging pans, the wheel and two fingers zoom; a drag is no click. Give the handlers to the element that `element` is the ref of. */
export function usePanZoom(element: RefObject<HTMLElement | null>) {
  const [transform, setTransform] = useState<Transform>({ x: 0, y: 0, k: 1 });
  const pointers = useRef(new Map<number, Point>());
  const moved = useRef(0);

  useLayoutEffect(() => {
    const target = element.current;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = target!.getBoundingClientRect();
      setTransform((old) => zoomed(old, 2 ** (-event.deltaY / 400), event.clientX - left, event.clientY - top));
    };
    // React's own wheel listeners cannot prevent the page from scrolling.
    target?.addEventListener('wheel', wheel, { passive: false });
    return () => target?.removeEventListener('wheel', wheel);
  }, [element]);

  const zoomBy = (by: number): void => {
    const { clientWidth, clientHeight } = element.current!;
    setTransform((old) => zoomed(old, by, clientWidth / 2, clientHeight / 2));
  };

  const onPointerDown = ({ pointerId, clientX: x, clientY: y }: PointerEvent): void => {
    if (pointers.current.size === 0) moved.current = 0;
    pointers.current.set(pointerId, { x, y });
  };
  const onPointerMove = ({ pointerId, clientX: x, clientY: y }: PointerEvent<HTMLElement>): void => {
    const before = pointers.current.get(pointerId);
    if (!before) return;
    const other = [...pointers.current].find(([id]) => id !== pointerId)?.[1];
    pointers.current.set(pointerId, { x, y });
    const [dx, dy] = [x - before.x, y - before.y];
    moved.current += Math.abs(dx) + Math.abs(dy);
    if (moved.current < CLICK) return;
    // From here on it is a drag, wherever the pointer goes.
    if (!element.current!.hasPointerCapture(pointerId)) element.current!.setPointerCapture(pointerId);
    if (!other) return setTransform((old) => ({ ...old, x: old.x + dx, y: old.y + dy }));
    const { left, top } = element.current!.getBoundingClientRect();
    const by = distance({ x, y }, other) / Math.max(1, distance(before, other));
    return setTransform((old) => zoomed(old, by, (x + other.x) / 2 - left, (y + other.y) / 2 - top));
  };
  const onPointerUp = ({ pointerId }: PointerEvent): void => void pointers.current.delete(pointerId);

  return {
    transform,
    setTransform,
    zoomBy,
    /** Whether what just happened was a drag, so that the click that follows means nothing. */
    dragged: () => moved.current >= CLICK,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
  };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
