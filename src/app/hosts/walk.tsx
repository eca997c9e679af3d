import { lazy, Suspense, useMemo } from 'react';
import { mappingsOf } from '../../state/selection';
import { Progress } from '../../views/walk/lines';
import { Walk } from '../../views/walk/walk';
import { useExplorer, useSession, useView } from '../use-explorer';
import { useLit } from '../use-lit';
import { Empty } from './empty';
import { loadDetails } from './load-details';

/** What can be done at the address comes with the other panes. */
const AccessHost = lazy(async () => ({ default: (await loadDetails()).AccessDetail }));
const Tree = lazy(() => import('./tree').then(({ TreeHost }) => ({ default: TreeHost })));

export function WalkHost() {
  const explorer = useExplorer();
  const walk = useSession(({ picture }) => picture?.walk);
  const modules = useSession(({ picture }) => picture?.modules);
  const mappings = useMemo(() => mappingsOf(modules && { modules }), [modules]);
  const preview = useSession((session) => session.preview);
  const level = useView((view) => view.level);
  const picture = useView((view) => view.walkPicture);
  const lit = useLit();
  if (!walk) return <Empty name="Page walk" id="walk" />;
  return (
    <Walk
      walk={walk}
      preview={preview}
      mappings={mappings}
      level={level}
      lit={lit}
      picture={picture}
      onPicture={(which) => explorer.showWalkAs(which)}
      onHover={(thing) => explorer.hover(thing)}
      onSelect={(thing) => explorer.select(thing)}
      renderMotion={
        walk.by === undefined || preview
          ? undefined
          : (columns, geometry) => <Moving columns={columns} geometry={geometry} />
      }
      tree={
        <Suspense fallback={<p className="hint">…</p>}>
          <Tree />
        </Suspense>
      }
    >
      <Suspense fallback={<div className="below-walk" />}>
        <AccessHost />
      </Suspense>
    </Walk>
  );
}

/** The only part that follows the playhead between steps. At a whole step all of the walk is shown. */
function Moving(props: Omit<Parameters<typeof Progress>[0], 'part'>) {
  const part = useView(({ at, step }) => at - step);
  return <Progress {...props} part={part === 0 ? 1 : part} />;
}
