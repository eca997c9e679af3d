import { useEffect, useRef } from 'react';
import { decimalGroups } from '../../base/number';
import { followGestures, type Gestures } from '../../draw/gestures';
import { pixelOf, placeOf, roundTicks, type Span } from '../../draw/span';
import type { Axis } from './axis';

/** Width of a character of a label, in pixels. */
const DIGIT = 7;

interface RulerProps {
  readonly axis: Axis;
  readonly span: Span;
  readonly width: number;
  readonly bookmarks: readonly number[];
  readonly onSeek: (at: number) => void;
  readonly onRemove: (step: number) => void;
  readonly onPan: (by: number) => void;
  readonly onZoom: (by: number, about: number) => void;
}

/** Round numbers along the axis, and a flag for each bookmark. Dragging it moves the window. */
export function Ruler({ axis, span, width, bookmarks, onSeek, onRemove, onPan, onZoom }: RulerProps) {
  const perPixel = (span.to - span.from) / Math.max(1, width);
  const box = useRef<HTMLDivElement>(null);
  const gestures: Gestures = {
    zoom: (by, x) => onZoom(by, placeOf(span, width, x)),
    pan: (by) => onPan(by * perPixel),
    press: () => 'click',
    drag: (_, by) => onPan(-by * perPixel),
    click: (x) => onSeek(axis.atOf(placeOf(span, width, x))),
    point: () => undefined,
  };
  const now = useRef(gestures);
  useEffect(() => {
    now.current = gestures;
  });
  useEffect(() => (box.current ? followGestures(box.current, () => now.current) : undefined), []);
  const widest = DIGIT * (decimalGroups(Math.ceil(span.to)).length + 2);
  const ticks = roundTicks(span, width, Math.max(90, widest)).filter(
    (tick) => axis.kind === 'cycles' || Number.isInteger(tick),
  );
  return (
    <div className="time-ruler">
      <span className="unit" aria-hidden="true">
        {axis.kind}
      </span>
      <div className="ruler-strip" ref={box} aria-hidden="true" title="Drag to move, wheel to zoom">
        {ticks.map((tick) => (
          <span key={tick} className="tick" style={{ left: pixelOf(span, width, tick) }}>
            {/* Not where it would be cut off. */}
            {pixelOf(span, width, tick) + DIGIT * (decimalGroups(tick).length + 1) < width && decimalGroups(tick)}
          </span>
        ))}
      </div>
      {bookmarks
        .map((step) => ({ step, x: pixelOf(span, width, axis.ofAt(step)) }))
        .filter(({ x }) => x >= 0 && x <= width)
        .map(({ step, x }) => (
          <button
            key={step}
            type="button"
            className="flag"
            style={{ left: x }}
            aria-label={`Bookmark at step ${step}`}
            title={`Go to step ${step}; Delete removes the bookmark`}
            onClick={() => onSeek(step)}
            onKeyDown={(event) => event.key === 'Delete' && onRemove(step)}
          />
        ))}
    </div>
  );
}
