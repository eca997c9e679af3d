import { flushSync } from 'react-dom';
import type { Explorer } from '../../state/explorer';
import { PANEL_IDS, type PanelId } from '../../state/layout';

/** Brings a panel into sight and puts the focus on its heading, or on the first button of one that has none. */
export function goToPanel(explorer: Explorer, id: PanelId): void {
  const { maximised } = explorer.view.getState().layout;
  if (maximised && id !== 'timeline') flushSync(() => explorer.arrange({ maximised: id }));
  const panel = document.querySelector(`.panel-${id}`);
  panel?.scrollIntoView({ block: 'start' });
  panel?.querySelector<HTMLElement>('h2, button')?.focus({ preventScroll: true });
}

/** Lets a panel fill the place of all, or puts it back among the others; the focus stays where it is. */
export function maximise(explorer: Explorer, id: PanelId | undefined): void {
  const before = explorer.view.getState().layout.maximised;
  flushSync(() => explorer.arrange({ maximised: id }));
  // On a narrow screen the page is long again.
  if (before && !id) document.querySelector(`.panel-${before}`)?.scrollIntoView({ block: 'nearest' });
}

/** The panel that has the focus, or else the pointer. */
export function panelInUse(): PanelId | undefined {
  const panel = document.activeElement?.closest('.panel') ?? document.querySelector('.panel:hover');
  return PANEL_IDS.find((id) => id !== 'timeline' && panel?.classList.contains(`panel-${id}`));
}
