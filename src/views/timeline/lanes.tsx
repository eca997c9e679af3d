import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { followGestures, type Gestures } from '../../draw/gestures';
import { useSize } from '../../draw/size';
import type { Span } from '../../draw/span';
import type { TimelinePicture } from '../../engine/picture';
import type { Lit, Thing } from '../../engine/thing';
import { hitAt, thingOf, type Hit } from './hit';
import { lineWidth, placeAt, rowFor, type Layout } from './layout';
import { paintTracks } from './paint';
import { paintLit } from './paint-lit';
import { penOn } from './pen';
import type { Tracks } from './tracks';

interface LanesProps {
  readonly timeline: TimelinePicture;
  readonly tracks: Tracks;
  readonly span: Span;
  readonly gutter: number;
  readonly lit: Lit;
  readonly onZoom: (by: number, about: number) => void;
  readonly onPan: (by: number) => void;
  readonly onScrub: (place: number) => void;
  readonly onPoint: (hit: Hit | undefined) => void;
  readonly onHover: (thing: Thing | undefined) => void;
  readonly onSelect: (thing: Thing) => void;
}

/**
 * The tracks, on canvas; what is lit lies on a second one, so that pointing repaints nothing else. Keyboard and screen reader have
 * the same by the slider, which says what happens in each step, and by the operations above.
 */
export function Lanes(props: LanesProps) {
  const { timeline, tracks, span, gutter, lit } = props;
  const [box, size] = useSize<HTMLDivElement>({ width: 800, height: 100 });
  const [scroll, setScroll] = useState(0);
  const base = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const row = rowFor(timeline.pcpus, size.height);
  const { width, height } = size;
  const layout = useMemo<Layout>(
    () => ({ width, height, gutter, row, scroll, span }),
    [width, height, gutter, row, scroll, span],
  );

  useLayoutEffect(() => {
    const pen = base.current && penOn(base.current, layout.width, layout.height);
    if (pen) paintTracks(pen, layout, tracks, timeline);
  }, [layout, tracks, timeline]);

  useLayoutEffect(() => {
    const pen = marks.current && penOn(marks.current, layout.width, layout.height);
    if (pen) paintLit(pen, layout, tracks, timeline, lit);
  }, [layout, tracks, timeline, lit]);

  const gestures = useGestures(props, layout);
  const now = useRef(gestures);
  useEffect(() => {
    now.current = gestures;
  });
  const surface = useRef<HTMLDivElement>(null);
  useEffect(() => (surface.current ? followGestures(surface.current, () => now.current) : undefined), []);

  const total = row * timeline.pcpus;
  return (
    <div className="lanes-scroll" ref={box} onScroll={(event) => setScroll(event.currentTarget.scrollTop)}>
      <div className="lanes-surface" ref={surface} style={{ height: Math.min(total, height) || height }}>
        <canvas ref={base} role="img" aria-label={`What ${timeline.pcpus} PCPUs do, a track each`} style={size} />
        <canvas ref={marks} aria-hidden="true" style={size} />
      </div>
      {total > height && <div style={{ height: total - height }} />}
    </div>
  );
}

function useGestures(props: LanesProps, layout: Layout): Gestures {
  const { timeline, tracks, onZoom, onPan, onScrub, onPoint, onHover, onSelect } = props;
  const pointed = useRef('');
  const point = (hit: Hit | undefined): void => {
    const name = JSON.stringify(hit) ?? '';
    if (name === pointed.current) return;
    pointed.current = name;
    onPoint(hit);
    onHover(hit && thingOf(timeline, hit));
  };
  const at = (x: number, y: number): Hit | undefined => hitAt(layout, tracks, timeline, x, y);
  const perPixel = (layout.span.to - layout.span.from) / lineWidth(layout);
  return {
    zoom: (by, x) => onZoom(by, placeAt(layout, Math.max(layout.gutter, x))),
    pan: (by) => onPan(by * perPixel),
    press: (x, y) => (x < layout.gutter || at(x, y) ? 'click' : 'drag'),
    drag: (x) => onScrub(placeAt(layout, x)),
    click: (x, y) => {
      const hit = at(x, y);
      if (hit) onSelect(thingOf(timeline, hit));
      else if (x < layout.gutter) onSelect({ kind: 'pcpu', id: Math.floor((y + layout.scroll) / layout.row) });
    },
    point: (place) => point(place && at(place.x, place.y)),
  };
}
