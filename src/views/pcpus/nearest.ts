import { useRef, type MouseEvent } from 'react';
import type { TlbEntryPicture, TlbPicture } from '../../engine/picture';
import { entryThing, type Marked } from './props';

/** So far from an entry, in sets, a pointer still means it. */
const NEAR = 2;

/** In the picture of a TLB, the entry nearest to the pointer takes it: entries are smaller than what can be hit. */
export function useNearest(pcpu: number, tlb: TlbPicture, { onHover, onSelect }: Marked) {
  const last = useRef<TlbEntryPicture>(undefined);
  const thingOf = (entry: TlbEntryPicture) => entryThing({ pcpu, tlb: tlb.name, entry });
  const under = ({ currentTarget, clientX, clientY }: MouseEvent): TlbEntryPicture | undefined => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return nearest(tlb.entries, ((clientX - left) / width) * tlb.sets, ((clientY - top) / height) * tlb.ways);
  };
  const report = (entry: TlbEntryPicture | undefined): void => {
    if (entry === last.current) return;
    last.current = entry;
    onHover(entry && thingOf(entry));
  };
  return {
    onPointerMove: (event: MouseEvent) => report(under(event)),
    onPointerLeave: () => report(undefined),
    onPointerUp: (event: MouseEvent) => {
      if (event.target instanceof HTMLButtonElement) return;
      const entry = under(event);
      if (entry) onSelect(thingOf(entry));
    },
  };
}

export function nearest(entries: readonly TlbEntryPicture[], x: number, y: number): TlbEntryPicture | undefined {
  let best: TlbEntryPicture | undefined;
  let least = NEAR;
  for (const entry of entries) {
    const far = Math.hypot(entry.set + 0.5 - x, entry.way + 0.5 - y);
    if (far < least) [best, least] = [entry, far];
  }
  return best;
}
