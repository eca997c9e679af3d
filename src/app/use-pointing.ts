import { useMemo } from 'react';
import type { Thing } from '../engine/thing';
import { useExplorer } from './use-explorer';

/** What a view reports of pointing and choosing; the same functions as long as the explorer is the same. */
export function usePointing() {
  const explorer = useExplorer();
  return useMemo(
    () => ({
      onHover: (thing: Thing | undefined) => explorer.hover(thing),
      onSelect: (thing: Thing) => explorer.select(thing),
    }),
    [explorer],
  );
}
