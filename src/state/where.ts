import type { Scenario } from '../scenario';
import type { Place } from './place';
import type { Pokes } from './typed';

/** The parts of a place that are about the document. */
export const WHERE = [
  ...(['at', 'va', 'selected', 'mpn', 'level', 'walkPicture', 'frames', 'speed', 'colouring', 'lanes'] as const),
  ...(['bookmarks', 'tree', 'track', 'listed'] as const),
];

/** Where a reader is in a document: a place without theme, panels and tabs, which are the reader's own in all documents. */
export type Where = Pick<Place, (typeof WHERE)[number]>;

export const whereOf = (place: Where): Where =>
  Object.fromEntries(WHERE.map((part) => [part, place[part]])) as unknown as Where;

/** What is on screen, as far as going back to it must bring it back. */
export interface Shown {
  readonly document: Scenario;
  readonly place?: Partial<Place> | undefined;
  readonly pokes?: Pokes | undefined;
}
