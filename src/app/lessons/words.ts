import type { Lesson } from '../../scenario/lesson/lesson';
import type { Reached } from '../../state/lesson/progress';

/** How far somebody has come, in a few words. */
export function progressText({ moves }: Lesson, reached: Reached | undefined): string {
  if (!reached) return `${moves.length} ${moves.length === 1 ? 'move' : 'moves'}`;
  const answers = Object.values(reached.answers);
  const questions = moves.filter(({ ask }) => ask).length;
  const right = answers.length > 0 ? `, ${answers.filter(Boolean).length} of ${questions} right` : '';
  return `${reached.done ? 'done' : `move ${reached.move + 1} of ${moves.length}`}${right}`;
}
