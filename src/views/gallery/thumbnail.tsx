import { memo } from 'react';
import type { Strip } from '../../engine/picture-strip';
import { KIND_STYLE } from '../acts';
import { barPaths, groundPaths, hazardPath, HEIGHT, messagePaths, severityOf, stripText, WIDTH } from './shapes';

interface ThumbnailProps {
  readonly title: string;
  /** Undefined while there is none yet, null where there will be none. */
  readonly strip: Strip | null | undefined;
  readonly slow: boolean;
}

/** A whole run at a glance: a track for each PCPU, messages between them, hazards above. It is computed, never stored. */
export const Thumbnail = memo(function Thumbnail({ title, strip, slow }: ThumbnailProps) {
  if (!strip) {
    const says = slow ? 'A very large run: its picture takes some seconds.' : 'The machine is drawing …';
    return <p className="gallery-strip">{strip === null ? 'The machine could not draw this one.' : says}</p>;
  }
  const { line, owed, waits } = groundPaths(strip);
  const says = stripText(strip);
  return (
    <div className="gallery-strip">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Timeline of ${title}: ${says}`}>
        <path className="strip-line" d={line} />
        <path className="strip-owed" d={owed} />
        <path className="strip-waits" d={waits} />
        {[...barPaths(strip)].map(([kind, d]) => (
          <path key={kind} d={d} style={{ fill: `var(${KIND_STYLE[kind].token})` }} />
        ))}
        <Messages strip={strip} />
        {strip.hazards.map((hazard) => (
          <path
            key={`${hazard.track} ${hazard.at}`}
            className={`strip-${severityOf(hazard)}`}
            d={hazardPath(hazard, strip.tracks, severityOf(hazard))}
          />
        ))}
      </svg>
      <small>{says.replace(/ on \d+ PCPUs?|, with hazards/g, '')}</small>
    </div>
  );
});

function Messages({ strip }: { readonly strip: Strip }) {
  return (['ipi', 'ack'] as const).map((kind) => {
    const [lines, crosses] = messagePaths(strip, kind);
    return (
      <g key={kind} className={`strip-${kind}`}>
        <path className="strip-halo" d={lines} />
        <path d={lines} />
        <path className="strip-lost" d={crosses} />
      </g>
    );
  });
}
