import { useEffect, useRef, type PointerEvent, type RefObject } from 'react';
import { framesIn, scrolled, zoomed, type Bounds, type Window } from '../../draw/frame-window';
import { cellAt, type Grid } from '../../draw/grid';
import type { Stretch } from '../../engine/thing';

/** What gestures need to know, as it is at the moment. */
export interface GestureState {
  readonly window: Window;
  readonly bounds: Bounds;
  readonly grid: Grid;
}
export interface GestureIntents {
  readonly onWindow: (window: Window) => void;
  /** The pointer is over a cell, or over none. */
  readonly onOver: (mpn: number | undefined) => void;
  readonly onPick: (mpn: number) => void;
  readonly onRange: (range: Stretch<number>) => void;
}

type Drag =
  | { readonly kind: 'range'; readonly from: number; moved: boolean }
  | { readonly kind: 'pan'; readonly y: number; readonly window: Window }
  | { readonly kind: 'pinch'; readonly distance: number; readonly y: number; readonly window: Window };

/** So far does a wheel turn for one doubling; a notch is at least as much. */
const TURN = 60;
/** Fingers this much farther apart come one doubling closer. */
const SPREAD = Math.SQRT2;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Wheel, pinch, and what is dragged: a range, or with the middle button, Space or two fingers the window. */
export function useGestures(
  box: RefObject<HTMLElement | null>,
  state: GestureState,
  intents: GestureIntents,
  /** Space is held down. */
  space: RefObject<boolean>,
) {
  const now = useRef({ ...state, ...intents });
  // Gestures outlive renderings, and the listeners below are put in place once.
  useEffect(() => {
    now.current = { ...state, ...intents };
  });
  const drag = useRef<Drag>(undefined);
  const fingers = useRef(new Map<number, Point>());

  const indexAt = (x: number, y: number): number | undefined => {
    const { left, top } = box.current!.getBoundingClientRect();
    const { grid, window } = now.current;
    const index = cellAt(grid, x - left, y - top);
    return index !== undefined && index < window.cells ? index : undefined;
  };
  const mpnAt = ({ clientX, clientY }: { clientX: number; clientY: number }): number | undefined => {
    const index = indexAt(clientX, clientY);
    const { start, perCell } = now.current.window;
    return index === undefined ? undefined : start + index * perCell;
  };

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let turned = 0;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { window, bounds, grid, onWindow } = now.current;
      const delta = event.deltaY * (event.deltaMode === 1 ? 30 : 1);
      if (event.shiftKey) {
        const rows = Math.sign(event.deltaY || event.deltaX);
        return onWindow(scrolled(window, rows * grid.columns * window.perCell, bounds));
      }
      turned = Math.sign(turned) === Math.sign(delta) ? turned + delta : delta;
      if (Math.abs(turned) < TURN && !event.ctrlKey) return undefined;
      const at = mpnAt(event) ?? window.start + framesIn(window) / 2;
      turned = 0;
      const next = zoomed(window, delta < 0 ? 1 : -1, at, bounds);
      now.current = { ...now.current, window: next };
      return onWindow(next);
    };
    // Two fingers are ours; one that moves up or down scrolls the page.
    const touch = (event: TouchEvent): void => {
      if (event.touches.length > 1) event.preventDefault();
    };
    element.addEventListener('wheel', wheel, { passive: false });
    element.addEventListener('touchmove', touch, { passive: false });
    return () => {
      element.removeEventListener('wheel', wheel);
      element.removeEventListener('touchmove', touch);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- reads what changes from the reference
  }, [box]);

  const pinch = (): { distance: number; y: number; x: number } => {
    const [a, b] = [...fingers.current.values()];
    return { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  };
  const drawRange = (mpn: number): void => {
    const { current } = drag;
    if (current?.kind !== 'range') return;
    const { perCell } = now.current.window;
    if (mpn !== current.from) current.moved = true;
    if (!current.moved) return;
    now.current.onRange({ start: Math.min(mpn, current.from), end: Math.max(mpn, current.from) + perCell });
  };
  const end = (event: PointerEvent): void => {
    fingers.current.delete(event.pointerId);
    const { current } = drag;
    drag.current = undefined;
    if (event.type === 'pointerup' && current?.kind === 'range' && !current.moved) now.current.onPick(current.from);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      const { window } = now.current;
      if (event.pointerType === 'touch') fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (fingers.current.size === 2) {
        drag.current = { kind: 'pinch', ...pinch(), window };
        return;
      }
      const mpn = mpnAt(event);
      const pans = event.button === 1 || (event.button === 0 && space.current);
      if (pans) event.preventDefault();
      if (pans) drag.current = { kind: 'pan', y: event.clientY, window };
      else if (event.button === 0 && mpn !== undefined) drag.current = { kind: 'range', from: mpn, moved: false };
      if (event.pointerType !== 'touch') event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent): void => {
      const { grid, bounds, onWindow, onOver } = now.current;
      const { current } = drag;
      if (fingers.current.has(event.pointerId))
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const rows = (y: number, from: number): number => Math.round((from - y) / grid.height) * grid.columns;
      if (current?.kind === 'pan') {
        return onWindow(scrolled(current.window, rows(event.clientY, current.y) * current.window.perCell, bounds));
      }
      if (current?.kind === 'pinch' && fingers.current.size === 2) {
        const { distance, x, y } = pinch();
        const by = Math.round(Math.log(distance / current.distance) / Math.log(SPREAD));
        const index = indexAt(x, y);
        const { start, perCell } = current.window;
        const at = index === undefined ? start : start + Math.min(index, current.window.cells - 1) * perCell;
        const panned = scrolled(current.window, rows(y, current.y) * perCell, bounds);
        return onWindow(by === 0 ? panned : zoomed(current.window, by, at, bounds));
      }
      const mpn = mpnAt(event);
      onOver(mpn);
      if (mpn !== undefined) drawRange(mpn);
      return undefined;
    },
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: (): void => now.current.onOver(undefined),
  };
}
