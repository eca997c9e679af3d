import { memo } from 'react';
import { decimalGroups } from '../../base/number';
import { SHAPES } from '../../draw/cells';
import { legendOf, type Look } from './colouring';
import type { About, Colouring } from './props';

/** A cell as it is painted, in text. */
export function Swatch({ shape, token }: Look) {
  const { outline, fills = [], cuts = [] } = SHAPES[shape];
  const colour = `var(${token})`;
  return (
    <svg className="frame-swatch" viewBox="0 0 1 1" aria-hidden="true">
      {fills.map((points) => (
        <polygon key={points.join()} points={points.join(' ')} style={{ fill: colour }} />
      ))}
      {outline && <rect x="0.06" y="0.06" width="0.88" height="0.88" className="hollow" style={{ stroke: colour }} />}
      {cuts.map(([x1, y1, x2, y2]) => (
        <line key={`${x1} ${y1}`} x1={x1} y1={y1} x2={x2} y2={y2} strokeWidth={shape === 'dot' ? 0.28 : 0.14} />
      ))}
    </svg>
  );
}

interface LegendProps extends About {
  readonly colouring: Colouring;
}

/** What the colours and patterns stand for, and how many frames of the window each has. */
export const Legend = memo(
  function Legend(props: LegendProps) {
    const { frames, colouring } = props;
    const items = legendOf(props, colouring).filter(({ frames: count }) => count > 0);
    const mixed = frames.mixed.some((bits) => bits > 0);
    return (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it may scroll, and holds nothing else to focus
      <ul className="frame-legend" aria-label="Legend" tabIndex={0}>
        {items.map(({ title, frames: count, look }) => (
          <li key={title}>
            <Swatch {...look} />
            {title} <b>{decimalGroups(count)}</b>
          </li>
        ))}
        {mixed && (
          <li>
            <svg className="frame-swatch" viewBox="0 0 1 1" aria-hidden="true">
              <path d="M0 0H.55L1 .45V1H0z" style={{ fill: 'var(--ink-3)' }} />
            </svg>
            corner cut: frames differ
          </li>
        )}
      </ul>
    );
  },
  (a, b) =>
    a.frames === b.frames && a.colouring === b.colouring && a.mappings === b.mappings && a.modules === b.modules,
);
