import type { DocumentLimit } from '../limits';

/** What a lesson may hold. A lesson is read in some minutes, and a card of it must fit beside the panels, on a phone too. */
export const LESSON_LIMITS = {
  moves: { max: 40, why: 'nobody follows more moves in one sitting' },
  says: { max: 600, why: 'a move is read at a glance' },
  about: { max: 200, why: 'one line in the list of lessons' },
  question: { max: 300, why: 'a question is one or two sentences' },
  choices: { max: 6, why: 'more are not weighed against each other' },
  choice: { max: 160, why: 'a choice is one line or two' },
  sources: { max: 600, why: 'where its figures and rules come from' },
} as const satisfies Record<string, DocumentLimit>;
