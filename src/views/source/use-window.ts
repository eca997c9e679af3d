import { useEffect, useState, type RefObject } from 'react';

/** Lines above and below those in view that are there already. */
const MORE = 20;
/** Lines by which the view moves on. */
const STRIDE = 10;
/** Lines that are there before anything was measured. */
const FIRST = 60;

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Which lines of a text are in view or close to it; they are moved by whole strides, so that most scrolling changes nothing. */
export function useWindow(scroller: RefObject<HTMLElement | null>, count: number): Window {
  const [seen, setSeen] = useState<Window>({ from: 0, to: FIRST });
  useEffect(() => {
    const element = scroller.current!;
    const look = (): void => {
      const height = parseFloat(getComputedStyle(element).lineHeight) || 18;
      const from = Math.floor(element.scrollTop / height / STRIDE) * STRIDE;
      const to = from + Math.ceil(element.clientHeight / height / STRIDE + 1) * STRIDE;
      setSeen((old) => (old.from === from && old.to === to ? old : { from, to }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);
  return { from: Math.max(0, Math.min(seen.from, count) - MORE), to: Math.min(count, seen.to + MORE) };
}
