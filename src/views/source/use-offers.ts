import { useState, type KeyboardEvent, type RefObject } from 'react';
import { placeOf, put, widthOf } from './place';
import type { Complete, Offer } from './props';

/** More than these nobody reads; typing narrows them. */
const MOST = 40;

/** What may stand at the cursor, while it is offered. */
export interface Offered {
  readonly offers: readonly Offer[];
  /** The one that Enter takes; -1 while none is. */
  readonly active: number;
  /** The line of the cursor, from 1. */
  readonly line: number;
  readonly at: Spot;
}

/** Where the list stands: characters from the left, and pixels. */
export interface Spot {
  readonly column: number;
  readonly scrolled: number;
  /** The upper and the lower end of the line of the cursor, and whether there is more room above it. */
  readonly top: number;
  readonly bottom: number;
  readonly above: boolean;
}

function spotOf(element: HTMLElement, line: number, column: number): Spot {
  const { scrollTop, scrollLeft, clientHeight } = element.closest('.editor-scroll')!;
  const height = parseFloat(getComputedStyle(element).lineHeight) || 18;
  const bottom = 4 + line * height - scrollTop;
  return { column, scrolled: scrollLeft, top: bottom - height, bottom, above: bottom > clientHeight * 0.6 };
}

export interface Offering {
  readonly offered: Offered | undefined;
  /** Answers a key; true: it was for the list. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean;
  readonly onTyped: (typed: string | undefined) => void;
  readonly onTake: (offer: Offer) => void;
  /** The list goes with its line. */
  readonly onScroll: () => void;
  readonly close: () => void;
}

const isName = (typed: string): boolean => /^[\w.=|]$/.test(typed);

/** Offers what may stand at the cursor: on Ctrl+Space, and while a name is typed. */
export function useOffers(area: RefObject<HTMLTextAreaElement | null>, complete: Complete | undefined): Offering {
  const [offered, setOffered] = useState<Offered>();
  const close = (): void => setOffered(undefined);

  const open = (asked: boolean): void => {
    const element = area.current;
    if (!element || !complete || element.selectionStart !== element.selectionEnd) return close();
    const { value, selectionStart } = element;
    const { line, column } = placeOf(value, selectionStart);
    const offers = complete(value, line, column).slice(0, MOST);
    if (offers.length === 0) return close();
    const [{ from }] = offers;
    const start = selectionStart - (column - from);
    const typed = value.slice(start, selectionStart);
    // What is whole already is not to be made longer by the Enter that ends the line.
    const whole = typed !== '' && complete(value, line, column - 1).some(({ text }) => text === typed);
    const width = widthOf(value.slice(value.lastIndexOf('\n', start - 1) + 1, start));
    setOffered({ offers, active: asked || (typed !== '' && !whole) ? 0 : -1, line, at: spotOf(element, line, width) });
  };
  const take = ({ text, from }: Offer): void => {
    const element = area.current!;
    const { value, selectionStart } = element;
    const { column } = placeOf(value, selectionStart);
    element.focus();
    put(element, selectionStart - (column - from), selectionStart, text);
    if (/[=.]$/.test(text)) open(false);
    else close();
  };
  const press = (event: KeyboardEvent): boolean => {
    if (event.key === ' ' && event.ctrlKey) {
      open(true);
      return true;
    }
    if (!offered) return false;
    const { offers, active } = offered;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: (active + 1) % offers.length,
      ArrowUp: (Math.max(active, 0) + offers.length - 1) % offers.length,
      PageDown: Math.min(active + 6, offers.length - 1),
      PageUp: Math.max(active - 6, 0),
    };
    const to = moves[event.key];
    if (to !== undefined) setOffered({ ...offered, active: to });
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab' && !event.shiftKey) take(offers[Math.max(active, 0)]);
    else if (event.key === 'Enter' && active >= 0) take(offers[active]);
    else return false;
    return true;
  };
  return {
    offered,
    onKeyDown: (event) => {
      const taken = !event.nativeEvent.isComposing && press(event);
      if (taken) event.preventDefault();
      return taken;
    },
    onTyped: (typed) => (typed !== undefined && isName(typed) ? open(false) : close()),
    onTake: take,
    onScroll: () => setOffered((old) => old && { ...old, at: spotOf(area.current!, old.line, old.at.column) }),
    close,
  };
}
