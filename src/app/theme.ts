import { useLayoutEffect, useSyncExternalStore } from 'react';
import type { Theme } from '../state/view';
import { useView } from './use-explorer';

const dark = matchMedia('(prefers-color-scheme: dark)');

function follow(changed: () => void): () => void {
  dark.addEventListener('change', changed);
  return () => dark.removeEventListener('change', changed);
}

/** The reader's choice, or the system's as long as there is none; also put on the page, where the tokens look for it. */
export function useTheme(): Theme {
  const chosen = useView(({ theme }) => theme);
  const system = useSyncExternalStore(follow, () => (dark.matches ? 'dark' : 'light'));
  const theme = chosen ?? system;
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return theme;
}
