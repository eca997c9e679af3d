import { lazy, Suspense, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { unreachable } from '../../base/assert';
import type { Lit, Thing } from '../../engine/thing';
import { lastStep, SPEEDS, type Speed } from '../../state/playback';
import type { Session } from '../../state/session';
import type { Track } from '../../state/view';
import { PanelContext } from '../../views/panel';
import type { Now } from '../../views/timeline/props';
import { Timeline } from '../../views/timeline/timeline';
import { useTheme } from '../theme';
import { useExplorer, useSession, useView } from '../use-explorer';
import { useLit } from '../use-lit';
import { loadDetails } from './load-details';

const Stage = lazy(async () => ({ default: (await loadDetails()).Stage }));
const Card = lazy(() => import('../../views/timeline/card').then((all) => ({ default: all.Card })));

export function TimelineHost() {
  const explorer = useExplorer();
  const timeline = useSession((session) => session.timeline);
  const picture = useSession((session) => session.picture);
  const notice = useSession(noticeOf);
  const step = useView((view) => view.step);
  const playing = useView((view) => view.playing);
  const speed = useView((view) => view.speed);
  return (
    <Timeline
      step={step}
      last={timeline ? lastStep(timeline) : 0}
      time={timeline?.times[step] ?? 0}
      narration={picture?.narration ?? ''}
      playing={playing}
      speed={speed}
      speeds={SPEEDS}
      notice={notice}
      onPlay={() => explorer.playhead.play()}
      onPause={() => explorer.playhead.pause()}
      onStep={(by) => explorer.playhead.stepBy(by)}
      onOperation={(by) => (by > 0 ? explorer.playhead.nextOperation() : explorer.playhead.previousOperation())}
      onSpeed={(to) => explorer.playhead.setSpeed(to as Speed)}
    >
      <div className="timeline-body">
        <Suspense>
          <StageHost />
        </Suspense>
        {/* On its own: while its chunk loads, the tracks stay. */}
        <Suspense>
          <CardHost />
        </Suspense>
      </div>
    </Timeline>
  );
}

/** Renders its children anew with every move of the playhead, and nothing else. */
function Moving({ children }: { readonly children: (now: Now) => ReactNode }) {
  const at = useView((view) => view.at);
  const narration = useSession((session) => session.picture?.narration ?? '');
  return children({ at, step: Math.floor(at), narration });
}

const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Most of a run happens at the address selected: only when it is pointed at are its spans told from the others. */
function useTimelineLit(): Lit {
  const lit = useLit();
  const rests = useView(({ hover, selected }) => !hover && selected.kind === 'va');
  return useMemo(() => (rests ? { ...lit, ops: [], steps: [] } : lit), [lit, rests]);
}

function StageHost() {
  const explorer = useExplorer();
  const timeline = useSession((session) => session.timeline);
  const ready = useSession(({ picture }) => picture !== undefined);
  const bookmarks = useView((view) => view.bookmarks);
  const track = useView((view) => view.track);
  const lit = useTimelineLit();
  const theme = useTheme();
  const intents = useMemo(
    () => ({
      onSeek: (at: number) => explorer.playhead.seek(still() ? Math.round(at) : at),
      onOperation: (by: 1 | -1) => (by > 0 ? explorer.playhead.nextOperation() : explorer.playhead.previousOperation()),
      onHover: (thing: Thing | undefined) => explorer.hover(thing),
      onSelect: (thing: Thing) => explorer.select(thing),
      onBookmark: (step: number) => explorer.toggleBookmark(step),
      onCompare: () => explorer.showDialog('compare'),
      onTrack: (next: Track) => explorer.showTrack(next),
    }),
    [explorer],
  );
  if (!timeline || !ready) return undefined;
  return <Stage {...{ timeline, bookmarks, track, lit, theme, Moving }} last={lastStep(timeline)} {...intents} />;
}

/** Only for what was chosen, and until it is closed. */
function CardHost() {
  const explorer = useExplorer();
  const thing = useView((view) => view.selected);
  const timeline = useSession((session) => session.timeline);
  const costs = useSession((session) => session.document.config.costs);
  const index = thing.kind === 'op' ? thing.index : undefined;
  const outcome = useSession((session) => session.picture?.outcomes.find((one) => one.index === index));
  const [closed, setClosed] = useState<Thing>();
  const close = useCallback(() => setClosed(thing), [thing]);
  // A message is told where it can be dropped or delayed, unless another panel is in the place of all.
  const maximised = useContext(PanelContext)?.maximised;
  const toldByPcpus = maximised === undefined || maximised === 'pcpus';
  if (!timeline || thing === closed) return undefined;
  if (thing.kind !== 'op' && thing.kind !== 'step' && thing.kind !== 'message') return undefined;
  if (thing.kind === 'message' && toldByPcpus) return undefined;
  return (
    <Card
      {...{ timeline, thing, outcome, costs }}
      onSelect={(next) => explorer.select(next)}
      onSeek={(step) => explorer.playhead.seek(step)}
      onClose={close}
    />
  );
}

/** What a reader must know of the engine; nothing while it does its work. */
function noticeOf({ engine, timeline }: Session): string | undefined {
  switch (engine.kind) {
    case 'failed':
      return engine.message;
    case 'restarting':
      return `The engine stopped (${engine.why}) and is being restarted. Nothing is lost.`;
    case 'loading':
      return engine.done > 0 ? `Playing the scenario: ${Math.round(100 * engine.done)} %` : undefined;
    case 'ready':
      return timeline?.stopped;
    default:
      return unreachable(engine);
  }
}
