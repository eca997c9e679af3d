import { useInsertionEffect, useSyncExternalStore } from 'react';
import type { Theme } from '../state/view';
import { useView } from './use-explorer';

const dark = matchMedia('(prefers-color-scheme: dark)');

function follow(changed: () => void): () => void {
  dark.addEventListener('change', changed);
  return () => dark.removeEventListener('change', changed);
}

/** The theme that is on screen when the reader chose this one, or none: then it is the system's. */
export const shownTheme = (chosen: Theme | undefined): Theme => chosen ?? (dark.matches ? 'dark' : 'light');

/** The reader's choice, or the system's as long as there is none; also put on the page, where the tokens look for it. */
export function useTheme(): Theme {
  const chosen = useView((view) => view.theme);
  const theme = useSyncExternalStore(follow, () => shownTheme(chosen));
  // Before any layout effect: canvases read the colours of the theme in theirs.
  useInsertionEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return theme;
}
