import { useState, type FocusEvent, type KeyboardEvent } from 'react';

/** What the parts of a list need so that Tab enters it once and the arrows move inside. */
export interface Roving {
  /** The index of the part that Tab leads to. */
  readonly at: number;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
}

const marksIn = (list: HTMLElement): readonly HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[data-mark]')];
const indexOf = (list: HTMLElement, target: EventTarget): number =>
  marksIn(list).findIndex((mark) => target instanceof Node && mark.contains(target));

/**
 * Arrow keys among the `data-mark` elements inside an element, by where they stand on screen, so that the same keys work
 * however the lines break. Home and End lead to the first and the last.
 */
export function useRoving(start = 0): Roving {
  const [at, setAt] = useState(start);
  return {
    at,
    onFocus: ({ currentTarget, target }) => {
      const index = indexOf(currentTarget, target);
      if (index >= 0) setAt(index);
    },
    onKeyDown: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
      const marks = marksIn(event.currentTarget);
      const next = nextMark(marks, indexOf(event.currentTarget, event.target), event.key);
      if (!next) return;
      event.preventDefault();
      next.focus();
    },
  };
}

function nextMark(marks: readonly HTMLElement[], from: number, key: string): HTMLElement | undefined {
  if (from < 0) return undefined;
  switch (key) {
    case 'ArrowLeft':
      return marks[from - 1];
    case 'ArrowRight':
      return marks[from + 1];
    case 'ArrowUp':
      return inColumn(marks.slice(0, from).toReversed(), marks[from]);
    case 'ArrowDown':
      return inColumn(marks.slice(from + 1), marks[from]);
    case 'Home':
      return marks[0];
    case 'End':
      return marks.at(-1);
    default:
      return undefined;
  }
}

/** The nearest of the marks that stands above or below one. */
function inColumn(marks: readonly HTMLElement[], from: HTMLElement | undefined): HTMLElement | undefined {
  const [left, top] = placeOf(from);
  return marks.find((mark) => {
    const [x, y] = placeOf(mark);
    return Math.abs(x - left) < 2 && Math.abs(y - top) > 2;
  });
}

function placeOf(mark: HTMLElement | undefined): readonly [left: number, top: number] {
  const box = mark?.getBoundingClientRect();
  return [box?.left ?? 0, box?.top ?? 0];
}
