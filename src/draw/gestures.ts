/** What a reader does to a strip of time with wheel, fingers or pointer. Pixels from the left and top edge of the element. */
export interface Gestures {
  /** Magnify about a place: by 2 shows half as much. */
  readonly zoom: (by: number, x: number) => void;
  /** Move what is shown by so many pixels to the left. */
  readonly pan: (by: number) => void;
  /** A press; what it returns says what moving on does: `drag` at once, or only after a few pixels, and until then it may be a click. */
  readonly press: (x: number, y: number) => 'drag' | 'click';
  readonly drag: (x: number, by: number) => void;
  readonly click: (x: number, y: number) => void;
  /** The pointer is here, without a button pressed; undefined: it left. */
  readonly point: (at: { readonly x: number; readonly y: number } | undefined) => void;
}

/** Pixels that a press may wander and still be a click. */
const CLICK = 4;

interface Press {
  x: number;
  readonly startX: number;
  readonly y: number;
  dragging: boolean;
}

/** Follows wheel and pointers on an element until the function returned is called. `now` gives the handlers of the moment. */
export function followGestures(element: HTMLElement, now: () => Gestures): () => void {
  const presses = new Map<number, Press>();
  const place = (event: PointerEvent | WheelEvent): { x: number; y: number } => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const across = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    const lines = event.deltaMode === 1 ? 24 : 1;
    if (across !== 0) now().pan(across * lines);
    else now().zoom(2 ** ((-event.deltaY * lines) / (event.ctrlKey ? 80 : 240)), place(event).x);
  };
  const pinch = (press: Press, x: number): void => {
    const other = [...presses.values()].find((one) => one !== press);
    if (!other) return;
    const before = Math.max(24, Math.abs(press.x - other.x));
    const after = Math.max(24, Math.abs(x - other.x));
    now().zoom(after / before, (x + other.x) / 2);
    now().pan((press.x - x) / 2);
    press.x = x;
    press.dragging = other.dragging = true;
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const { x, y } = place(event);
    const dragging = presses.size === 0 && now().press(x, y) === 'drag';
    presses.set(event.pointerId, { x, startX: x, y, dragging });
    element.setPointerCapture(event.pointerId);
    if (dragging) now().drag(x, 0);
  };
  const move = (event: PointerEvent): void => {
    const { x, y } = place(event);
    const press = presses.get(event.pointerId);
    if (!press) return now().point({ x, y });
    if (presses.size > 1) return pinch(press, x);
    if (!press.dragging && Math.abs(x - press.startX) < CLICK) return;
    press.dragging = true;
    now().drag(x, x - press.x);
    press.x = x;
  };
  const up = (event: PointerEvent): void => {
    const press = presses.get(event.pointerId);
    presses.delete(event.pointerId);
    if (press && !press.dragging && event.type === 'pointerup') now().click(press.startX, press.y);
  };
  const leave = (): void => now().point(undefined);
  element.addEventListener('wheel', wheel, { passive: false });
  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('pointerleave', leave);
  return () => {
    element.removeEventListener('wheel', wheel);
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', up);
    element.removeEventListener('pointerleave', leave);
  };
}
