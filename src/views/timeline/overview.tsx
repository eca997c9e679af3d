import { memo, useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { followGestures, type Gestures } from '../../draw/gestures';
import { useSize } from '../../draw/size';
import { pixelOf, placeOf, type Span } from '../../draw/span';
import { marksOf, piecesOf } from '../../draw/pieces';
import type { TimelinePicture } from '../../engine/picture';
import type { Layout } from './layout';
import { actOf } from './paint';
import { KIND_STYLE } from '../acts';
import { penOn, type Pen } from './pen';
import type { Now, StageProps } from './props';
import type { Tracks } from './tracks';

interface OverviewProps extends Pick<
  StageProps,
  'timeline' | 'last' | 'Moving' | 'onSeek' | 'onOperation' | 'onSelect'
> {
  readonly tracks: Tracks;
  readonly span: Span;
  readonly gutter: number;
  readonly onSpan: (span: Span) => void;
  readonly onScrub: (place: number) => void;
  readonly onZoom: (by: number, about: number) => void;
}

const HEIGHT = 18;

/** All of the run, the window in it, and the playhead, which a slider moves. */
export function Overview(props: OverviewProps) {
  const { timeline, tracks, span, gutter, Moving, onSpan, onScrub, onZoom } = props;
  const [box, { width }] = useSize<HTMLDivElement>({ width: 800, height: HEIGHT });
  const canvas = useRef<HTMLCanvasElement>(null);
  const { whole } = tracks.axis;
  useLayoutEffect(() => {
    const pen = canvas.current && penOn(canvas.current, width, HEIGHT);
    if (pen) paintOverview(pen, { width, height: HEIGHT, gutter: 0, row: 0, scroll: 0, span: whole }, tracks, timeline);
  }, [width, whole, tracks, timeline]);

  const all = span.to - span.from >= whole.to - whole.from;
  const place = (x: number): number => placeOf(whole, width, x);
  const gestures: Gestures = {
    zoom: (by, x) => onZoom(by, place(x)),
    pan: (by) => onSpan(shifted(span, by * ((whole.to - whole.from) / width))),
    press: (x) => {
      const at = place(x);
      if (!all && (at < span.from || at > span.to)) onSpan(shifted(span, at - (span.from + span.to) / 2));
      return 'drag';
    },
    drag: (x, by) => (all ? onScrub(place(x)) : onSpan(shifted(span, place(by) - place(0)))),
    click: () => undefined,
    point: () => undefined,
  };
  const now = useRef(gestures);
  useEffect(() => {
    now.current = gestures;
  });
  useEffect(() => (box.current ? followGestures(box.current, () => now.current) : undefined), [box]);

  const [left, right] = [pixelOf(whole, width, span.from), pixelOf(whole, width, span.to)];
  return (
    <label className="overview" style={{ marginLeft: gutter }}>
      <div ref={box} className="overview-strip">
        <canvas ref={canvas} aria-hidden="true" style={{ width, height: HEIGHT }} />
        {!all && <span className="overview-window" style={{ left, width: Math.max(6, right - left) }} />}
        <Moving>
          {({ at }) => (
            <span
              className="overview-playhead"
              style={{ transform: `translateX(${pixelOf(whole, width, tracks.axis.ofAt(at))}px)` }}
            />
          )}
        </Moving>
      </div>
      <Moving>{({ step, narration }) => <StepSlider {...props} step={step} narration={narration} />}</Moving>
    </label>
  );
}

const shifted = ({ from, to }: Span, by: number): Span => ({ from: from + by, to: to + by });

type SliderProps = Pick<OverviewProps, 'last' | 'onSeek' | 'onOperation' | 'onSelect'> & Omit<Now, 'at'>;

/** The playhead for keyboard and screen reader: arrows by step, Page keys by operation, Enter selects the step. */
const StepSlider = memo(
  function StepSlider({ step, last, narration, onSeek, onOperation, onSelect }: SliderProps) {
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'PageUp') onOperation(1);
      else if (event.key === 'PageDown') onOperation(-1);
      else if (event.key === 'Enter') onSelect({ kind: 'step', step });
      else return;
      event.preventDefault();
    };
    return (
      <input
        type="range"
        aria-label="Step"
        aria-valuetext={`Step ${step} of ${last}. ${narration}`}
        min={0}
        max={Math.max(1, last)}
        value={step}
        onChange={(event) => onSeek(event.target.valueAsNumber)}
        onKeyDown={key}
      />
    );
  },
  (before, after) =>
    before.step === after.step &&
    before.last === after.last &&
    before.narration === after.narration &&
    before.onSeek === after.onSeek,
);

/** Of more tracks than this only some are shown, evenly chosen. */
const MOST_TRACKS = 16;

function paintOverview(pen: Pen, layout: Layout, { list, hazards }: Tracks, timeline: TimelinePicture): void {
  const { context } = pen;
  const { width, span } = layout;
  context.clearRect(0, 0, width, HEIGHT);
  const every = Math.ceil(list.length / MOST_TRACKS);
  const chosen = list.filter((_, id) => id % every === 0);
  const row = (HEIGHT - 2) / chosen.length;
  chosen.forEach(({ acts }, i) => {
    for (const { first, x0, x1 } of piecesOf(acts.intervals, span, width)) {
      context.fillStyle = pen.colour(KIND_STYLE[actOf(timeline, acts.order[first] ?? 0).kind].token);
      context.fillRect(x0, 1 + i * row, Math.max(0.75, x1 - x0), Math.max(0.75, row - 0.75));
    }
  });
  context.fillStyle = pen.colour('--hazard');
  for (const { x } of marksOf(hazards, span, width, 3)) context.fillRect(x - 1, 0, 2, HEIGHT);
}
