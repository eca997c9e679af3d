import type { KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** A group of marks is one stop of the Tab key; arrows go from mark to mark. `columns` of them stand in a row. */
export function rove(event: KeyboardEvent, columns = 1): void {
  const by = STEPS[event.key];
  const marks = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[tabindex]') ?? [])];
  const at = marks.indexOf(event.currentTarget as HTMLElement);
  const ends: Readonly<Record<string, number>> = { Home: 0, End: marks.length - 1 };
  const vertical = event.key === 'ArrowUp' || event.key === 'ArrowDown';
  const to = by === undefined ? ends[event.key] : at + by * (vertical ? columns : 1);
  if (to === undefined) return;
  marks[columns === 1 ? (to + marks.length) % marks.length : Math.max(0, Math.min(to, marks.length - 1))]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
