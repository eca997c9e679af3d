import { useMemo, type CSSProperties } from 'react';
import { rowsOf } from '../../draw/lanes';
import type { TimelinePicture } from '../../engine/picture';
import type { TimelineProps } from './props';

/** More operations than this would be slivers: neighbours are shown as one. */
const MOST_SEGMENTS = 240;
/** Rows of operations that overlap; deeper ones share the last. */
const MOST_ROWS = 3;

interface Segment {
  readonly label: string;
  readonly first: number;
  readonly last: number;
}

/** All steps from left to right: the operations, where hazards were raised, and the playhead, which a slider over all of it moves. */
export function Track({ timeline, step, last, narration, onSeek }: TimelineProps) {
  return (
    <div className="track">
      {timeline && <Marks timeline={timeline} last={last} step={step} />}
      <div className="rail" aria-hidden="true">
        <span style={{ width: shareOf(step, last) }} />
      </div>
      <input
        type="range"
        aria-label="Step"
        aria-valuetext={`Step ${step} of ${last}. ${narration}`}
        min={0}
        max={Math.max(1, last)}
        value={step}
        onChange={(event) => onSeek(event.target.valueAsNumber)}
      />
    </div>
  );
}

/** A number of steps as a share of all, for CSS. */
const shareOf = (steps: number, last: number): string => `${(100 * steps) / Math.max(1, last)}%`;

interface MarksProps {
  readonly timeline: TimelinePicture;
  readonly last: number;
  readonly step: number;
}

function Marks({ timeline, last, step }: MarksProps) {
  const segments = useMemo(() => segmentsOf(timeline), [timeline]);
  const rows = useMemo(() => rowsOf(segments), [segments]);
  const deepest = Math.min(MOST_ROWS - 1, Math.max(0, ...rows));
  return (
    <div className="marks" aria-hidden="true" style={{ '--rows': deepest + 1 } as CSSProperties}>
      {segments.map(({ label, first, last: end }, i) => (
        <span
          key={first}
          className={`segment${step >= first && step <= end ? ' now' : ''}${step > end ? ' past' : ''} row-${Math.min(rows[i] ?? 0, MOST_ROWS - 1)}`}
          style={{ left: shareOf(first - 1, last), width: shareOf(end - first + 1, last) }}
        >
          {label}
        </span>
      ))}
      {timeline.hazardSteps.slice(0, MOST_SEGMENTS).map((at) => (
        <span key={`hazard ${at}`} className="hazard-mark" style={{ left: shareOf(at, last) }} />
      ))}
    </div>
  );
}

/** The operations that take steps, in at most so many segments. */
function segmentsOf({ ops }: TimelinePicture): readonly Segment[] {
  const lasting = ops.filter(({ first, last }) => last >= first && last > 0);
  const size = Math.ceil(lasting.length / MOST_SEGMENTS);
  if (size <= 1) return lasting;
  return Array.from({ length: Math.ceil(lasting.length / size) }, (_, i) => {
    const group = lasting.slice(i * size, (i + 1) * size);
    return { label: `${group.length} operations`, first: group[0]?.first ?? 0, last: group.at(-1)?.last ?? 0 };
  });
}
