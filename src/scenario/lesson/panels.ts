/** The panels that a move can point at, as the page names them. */
export const LESSON_PANELS = [
  'request',
  'mappings',
  'walk',
  'frames',
  'pcpus',
  'bits',
  'memory-type',
  'hazards',
  'timeline',
] as const;
export type LessonPanel = (typeof LESSON_PANELS)[number];
