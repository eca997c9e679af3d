import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import type { Explorer } from '../state/explorer';
import { useExplorer } from './use-explorer';

/** What fits beside each other on a landscape page of A4 or Letter, in CSS pixels. */
const PAPER = 960;

/** Makes the page ready for paper: light, and each panel as small as it must be. Gives back what puts it as it was. */
function prepare({ view }: Explorer): () => void {
  const { theme } = view.getState();
  const panels = [...document.querySelectorAll<HTMLElement>('.panel')];
  const sizes = panels.map((panel) => panel.getBoundingClientRect());
  panels.forEach(({ style }, i) => {
    const { width, height } = sizes[i];
    style.setProperty('--print-width', `${width}px`);
    style.setProperty('--print-height', `${height}px`);
    style.setProperty('--print-zoom', String(Math.min(1, PAPER / Math.max(1, width))));
  });
  flushSync(() => view.setState({ theme: 'light' }));
  return () => {
    for (const { style } of panels)
      for (const name of ['width', 'height', 'zoom']) style.removeProperty(`--print-${name}`);
    flushSync(() => view.setState({ theme }));
  };
}

/** Follows Ctrl+P and the browser's menu, which announce themselves. */
export function Printing(): undefined {
  const explorer = useExplorer();
  useEffect(() => {
    let back: (() => void) | undefined;
    const before = (): void => {
      if (back === undefined) back = prepare(explorer);
    };
    const after = (): void => {
      back?.();
      back = undefined;
    };
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, [explorer]);
}
