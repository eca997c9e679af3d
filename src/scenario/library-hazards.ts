import type { HazardRule } from '../machine/hazards';
import type { LibraryEntry } from './library';

/** The rules that a scenario of the library raises, as its file says; a test plays it and compares. */
export const hazardsOf = ({ hazards }: LibraryEntry): readonly HazardRule[] =>
  hazards === undefined ? [] : (hazards.split(' ') as HazardRule[]);
