import { useEffect } from 'react';
import type { Explorer } from '../state/explorer';

type Action = (explorer: Explorer) => void;

const KEYS: Readonly<Record<string, Action>> = {
  ' ': (explorer) => (explorer.view.getState().playing ? explorer.playhead.pause() : explorer.playhead.play()),
  ArrowLeft: (explorer) => explorer.playhead.stepBy(-1),
  ArrowRight: (explorer) => explorer.playhead.stepBy(1),
  '[': (explorer) => explorer.playhead.previousOperation(),
  ']': (explorer) => explorer.playhead.nextOperation(),
};

/** Elements that have their own use for these keys. */
const TYPES = 'input, select, textarea, [contenteditable], [role="slider"]';
const PRESSES = `${TYPES}, button, a, summary`;

function actionOf(event: KeyboardEvent): Action | undefined {
  if (event.defaultPrevented || event.altKey) return undefined;
  const target = event.target instanceof Element ? event.target : undefined;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== 'z' || target?.closest(TYPES)) return undefined;
    return event.shiftKey ? (explorer) => explorer.redo() : (explorer) => explorer.undo();
  }
  if (target?.closest(event.key === ' ' ? PRESSES : TYPES)) return undefined;
  return KEYS[event.key];
}

export function useShortcuts(explorer: Explorer): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      action(explorer);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [explorer]);
}
