import type { Place } from './place';

const PARTS = [
  ...(['at', 'va', 'selected', 'mpn', 'level', 'walkPicture', 'frames', 'speed', 'colouring', 'lanes'] as const),
  ...(['bookmarks', 'tree'] as const),
];

/** Where a reader is in a document: a place without theme and panels, which are the reader's own in all documents. */
export type Where = Pick<Place, (typeof PARTS)[number]>;

export const whereOf = (place: Where): Where =>
  Object.fromEntries(PARTS.map((part) => [part, place[part]])) as unknown as Where;
