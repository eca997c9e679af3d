import type { Explorer } from './explorer';
import { whereOf, type Shown } from './where';

export const shownBy = ({ session, view }: Explorer): Shown => ({
  document: session.getState().document,
  place: whereOf(view.getState()),
  pokes: view.getState().pokes,
});

export const show = (explorer: Explorer, { document, place, pokes }: Shown): void =>
  explorer.open(document, place, pokes);

/** A browser takes no entry of its history that is larger, or takes its time over it. */
const MOST_PARTS = 20_000;

/** Whether this is little enough to stand in the history of the browser. */
export function isLittle({ document }: Shown): boolean {
  const parts = document.ops.map((op) => (op.op === 'map' ? op.ranges.length : 1));
  return parts.reduce((sum, count) => sum + count, document.config.regions.length) <= MOST_PARTS;
}
