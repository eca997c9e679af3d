import { unreachable } from '../../base/assert';
import { lastStep, SPEEDS, type Speed } from '../../state/playback';
import type { Session } from '../../state/session';
import { Timeline } from '../../views/timeline/timeline';
import { useExplorer, useSession, useView } from '../use-explorer';

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
      timeline={timeline}
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
      onSeek={(to) => explorer.playhead.seek(to)}
      onSpeed={(to) => explorer.playhead.setSpeed(to as Speed)}
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
