import { lazy, Suspense } from 'react';
import { useExplorer, useView } from '../../use-explorer';

/** Where the card cannot be had the page goes on without it. */
const Card = lazy(() =>
  import('../../lessons/card').then(
    ({ LessonCard }) => ({ default: LessonCard }),
    () => ({ default: () => undefined }),
  ),
);

/** The lesson under way, if there is one. */
export function LessonDetail() {
  const explorer = useExplorer();
  const learning = useView((view) => view.learning);
  if (!learning || !explorer.lessons) return undefined;
  return (
    <Suspense>
      <Card lessons={explorer.lessons} />
    </Suspense>
  );
}
