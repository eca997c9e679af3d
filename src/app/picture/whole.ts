import './picture.css';

/** What scrolls, and becomes taller when its panel does. */
const SCROLLING = '.panel-body, .lanes';

/**
 * Lays a panel out as its picture shows it, as tall as what scrolls in it and without what stands there only to be pressed, and gives
 * what puts it back. The browser shows nothing of it when both happen in one task.
 */
export function laidOutWhole(panel: HTMLElement): () => void {
  const { style } = panel;
  const before = style.cssText;
  const scrolled = [...panel.querySelectorAll('*')].map((element) => [element, element.scrollTop] as const);
  const { width, height } = panel.getBoundingClientRect();
  panel.dataset['picture'] = '';
  const scrolling = [...panel.querySelectorAll(SCROLLING)];
  const hidden = scrolling.reduce((sum, { scrollHeight, clientHeight }) => sum + scrollHeight - clientHeight, 0);
  // Out of the flow, so that no other panel keeps it from growing.
  if (hidden > 0)
    style.cssText += `;position:fixed;inset:0 auto auto 0;width:${width}px;height:${height + hidden}px;max-height:none`;
  return () => {
    style.cssText = before;
    delete panel.dataset['picture'];
    for (const [element, top] of scrolled) if (element.scrollTop !== top) element.scrollTop = top;
  };
}
