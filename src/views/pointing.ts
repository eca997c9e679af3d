import type { Thing } from '../engine/thing';

/** What a view reports when something of it is pointed at or chosen. */
export interface Pointing {
  readonly onHover: (thing: Thing | undefined) => void;
  readonly onSelect: (thing: Thing) => void;
}

/** What makes a mark say that the pointer or the focus is on it, and when no longer. */
export function pointing(onHover: Pointing['onHover'], thing: Thing | undefined) {
  const on = (): void => onHover(thing);
  const off = (): void => onHover(undefined);
  return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off };
}
