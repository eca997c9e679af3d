import './stage.css';
import { memo, useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { Lit } from '../../engine/thing';
import { useSize } from '../../draw/size';
import { keptIn, moved, pixelOf, zoomed, held, type Span } from '../../draw/span';
import { axisOf, usualAxis, type Axis, type AxisKind } from './axis';
import type { Hit } from './hit';
import { Lanes } from './lanes';
import { MARGIN } from './layout';
import { Ops } from './ops';
import { Overview } from './overview';
import type { StageProps } from './props';
import { Ruler } from './ruler';
import { Tools } from './tools';
import { tracksOf } from './tracks';
import { hitText } from './words';

const GUTTER = 56;

/** The tracks of all PCPUs, their operations, and the window that is seen of them. */
export const Stage = memo(StageView, (before, after) =>
  (Object.keys(after) as (keyof StageProps)[]).every((key) =>
    key === 'lit' ? sameLit(before.lit, after.lit) : before[key] === after[key],
  ),
);

/** Whether the same is lit on the time line: every step has a new answer for all views, which mostly says the same here. */
function sameLit(before: Lit, after: Lit): boolean {
  const parts = ({ ops, steps, pcpus, messages }: Lit): string => JSON.stringify([ops, steps, pcpus, messages]);
  return before === after || parts(before) === parts(after);
}

function StageView(props: StageProps) {
  const { timeline, lit, theme, bookmarks, track, Moving, onSeek, onHover, onSelect, onBookmark, onTrack } = props;
  const kind = track.axis ?? usualAxis(timeline);
  const [hit, setHit] = useState<Hit>();
  const tracks = useMemo(() => tracksOf(timeline, axisOf(timeline, kind)), [timeline, kind]);
  const { axis } = tracks;
  const { span, setSpan, zoom, pan } = useWindow(axis, track, onTrack);
  const now = useRef(0);
  const [box, { width: outer }] = useSize<HTMLDivElement>({ width: 900, height: 120 });
  const width = Math.max(1, outer - GUTTER - MARGIN);
  const scrub = useCallback((place: number) => onSeek(axis.atOf(place)), [axis, onSeek]);
  const show = useCallback(
    (first: number, last: number) => {
      const from = axis.starts[timeline.ops[first]?.first ?? 0] ?? 0;
      const to = Math.max(
        ...timeline.ops.slice(first, last + 1).map((op) => Math.max(axis.ends[op.last] ?? 0, axis.ofTime(op.ended))),
      );
      const pad = Math.max((to - from) * 0.03, axis.least * 0.1);
      setSpan({ from: from - pad, to: to + pad });
    },
    [axis, timeline, setSpan],
  );
  const all = span.to - span.from >= axis.whole.to - axis.whole.from;
  /** The same window of the other axis. */
  const turn = (next: AxisKind): void => {
    const other = axisOf(timeline, next);
    const same = (x: number): number => (x >= axis.whole.to ? other.whole.to : other.ofAt(axis.atOf(x)));
    const from = same(span.from);
    onTrack({ axis: next, span: all ? undefined : { from, to: Math.max(same(span.to), from + other.least) } });
  };
  return (
    <div className="stage">
      <Moving>
        {({ at }) => <Follow x={axis.ofAt(at)} at={at} now={now} span={span} whole={axis.whole} onSpan={setSpan} />}
      </Moving>
      <Tools
        {...{ kind, all, bookmarks, Moving, onSeek, onBookmark }}
        onCompare={props.onCompare}
        readout={hit && hitText(timeline, tracks, hit)}
        onKind={turn}
        onZoom={(by) => zoom(by, near(axis.ofAt(now.current), span))}
        onFitAll={() => setSpan(axis.whole)}
        onFitOp={() => {
          const op = Math.max(0, timeline.acts.ops[Math.floor(now.current)] ?? 0);
          show(op, op);
        }}
      />
      <div className="tracks-area" ref={box}>
        <div className="heads" style={{ marginLeft: GUTTER, width }}>
          <Ruler {...{ axis, span, width, bookmarks, onSeek }} onRemove={onBookmark} onPan={pan} onZoom={zoom} />
          <Moving>
            {({ step }) => <Ops {...{ timeline, tracks, span, width, lit, step, onHover, onSelect }} onShow={show} />}
          </Moving>
        </div>
        <div className="lanes-box">
          <Lanes
            key={theme}
            {...{ timeline, tracks, span, lit, onHover, onSelect }}
            gutter={GUTTER}
            onZoom={zoom}
            onPan={pan}
            onScrub={scrub}
            onPoint={setHit}
          />
        </div>
        <div className="playhead-box" style={{ left: GUTTER, width }} aria-hidden="true">
          <Moving>{({ at }) => <Playhead x={pixelOf(span, width, axis.ofAt(at))} width={width} />}</Moving>
        </div>
      </div>
      <Overview
        key={theme}
        {...{ timeline, tracks, span, Moving, onSeek, onSelect }}
        last={props.last}
        gutter={GUTTER}
        onOperation={props.onOperation}
        onSpan={setSpan}
        onScrub={scrub}
        onZoom={zoom}
      />
    </div>
  );
}

/** The middle of the window, or the playhead where that is seen. */
const near = (x: number, { from, to }: Span): number => (x >= from && x <= to ? x : (from + to) / 2);

/** What is seen of an axis. It is kept while a run grows or shrinks; a window that showed all of it still does. */
function useWindow({ kind, whole, least }: Axis, track: StageProps['track'], onTrack: StageProps['onTrack']) {
  const span = useMemo(() => (track.span ? held(track.span, whole) : whole), [track, whole]);
  const setSpan = useCallback(
    (next: Span) => {
      const seen = held(next, whole);
      const isAll = seen.to - seen.from >= whole.to - whole.from;
      onTrack(isAll ? { axis: track.axis, span: undefined } : { axis: kind, span: seen });
    },
    [kind, whole, track, onTrack],
  );
  const zoom = useCallback(
    (by: number, about: number) => setSpan(zoomed(span, by, about, whole, least)),
    [span, whole, least, setSpan],
  );
  const pan = useCallback((by: number) => setSpan(moved(span, by, whole)), [span, whole, setSpan]);
  return { span, setSpan, zoom, pan };
}

interface FollowProps {
  readonly x: number;
  readonly at: number;
  /** Kept up to date, for those who ask only now and then. */
  readonly now: RefObject<number>;
  readonly span: Span;
  readonly whole: Span;
  readonly onSpan: (span: Span) => void;
}

/** Brings the window to the playhead when that moves out of it, and leaves it alone otherwise. */
function Follow({ x, at, now, span, whole, onSpan }: FollowProps) {
  useEffect(() => {
    now.current = at;
    const next = keptIn(span, x, whole);
    if (next !== span) onSpan(next);
    // Only a move of the playhead: a reader who looks elsewhere meanwhile stays there.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [x]);
  return undefined;
}

const Playhead = memo(function Playhead({ x, width }: { readonly x: number; readonly width: number }) {
  return x < -1 || x > width + 1 ? undefined : (
    <span className="playhead" style={{ transform: `translateX(${x}px)` }} />
  );
});
