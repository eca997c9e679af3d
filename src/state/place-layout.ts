import type { ByteReader, ByteWriter } from '../base/bytes';
import { layoutOf, type BorderName, type Layout, type PanelId } from './layout';
import { readDecimal, writeDecimal } from './place-values';

/** Published links hold places in these lists: names are added at the end. */
const PANELS: readonly PanelId[] = [
  ...(['request', 'mappings', 'walk', 'frames', 'pcpus', 'bits', 'memory-type', 'hazards', 'timeline'] as const),
];
const BORDERS: readonly BorderName[] = ['left', 'right', 'timeline', 'request', 'walk', 'frames', 'bits', 'type'];

/** The lowest bit says that the time line is folded; above it is the maximised panel, from 1; then come the borders. */
export function writeLayout(to: ByteWriter, { folded, maximised, borders }: Layout): void {
  to.number((maximised ? PANELS.indexOf(maximised) + 1 : 0) * 2 + (folded ? 1 : 0));
  const moved = BORDERS.filter((name) => borders[name] !== undefined);
  to.number(moved.length);
  for (const name of moved) {
    to.number(BORDERS.indexOf(name));
    writeDecimal(to, borders[name] ?? 0);
  }
}

/** layoutOf brings what is no layout into one. */
export function readLayout(from: ByteReader): Layout {
  const first = from.number();
  const borders = Array.from({ length: from.count() }, () => [BORDERS[from.number()], readDecimal(from)]);
  return layoutOf({
    folded: first % 2 === 1,
    maximised: PANELS[Math.floor(first / 2) - 1],
    borders: Object.fromEntries(borders),
  });
}
