import { memo } from 'react';
import type { TlbPicture } from '../../engine/picture';
import { mappingColour } from '../palette';
import { useNearest } from './nearest';
import type { Marked } from './props';
import { TlbName } from './tlb';
import { TLB_TITLES } from './words';

interface TlbMapProps extends Marked {
  readonly pcpu: number;
  readonly tlb: TlbPicture;
  readonly marks: string;
}

/**
 * The places of a TLB that has too many for a button each, as one small picture: a column a set, a row a way. The list of entries
 * has the same for the keyboard.
 */
export const TlbMap = memo(function TlbMap({ pcpu, tlb, marks, onHover, onSelect }: TlbMapProps) {
  const { name, sets, ways, live, entries } = tlb;
  const near = useNearest(pcpu, tlb, { onHover, onSelect });
  const lit = new Set(marks.split('|')[0]?.split(' '));
  const paths = new Map<string, string>();
  for (const { set, way, mapping, stale } of entries) {
    const colour = stale ? 'stale' : mapping === undefined ? 'map-none' : `map-${mappingColour(mapping)}`;
    const cell = stale ? `M${set + 0.15} ${way - 0.1}h.7v1.2h-.7z` : `M${set + 0.15} ${way + 0.15}h.7v.7h-.7z`;
    paths.set(colour, (paths.get(colour) ?? '') + cell);
    if (lit.has(`${set}.${way}`)) paths.set('lit', `${paths.get('lit') ?? ''}M${set - 0.5} ${way - 0.3}h2v1.6h-2z`);
  }
  return (
    <div className="tlb tlb-map">
      <TlbName tlb={tlb} />
      <svg
        viewBox={`0 0 ${sets} ${ways}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${TLB_TITLES[name]} TLB, ${live} of ${sets * ways} entries`}
        {...near}
      >
        {[...paths].map(([colour, d]) => (
          <path key={colour} className={colour} d={d} />
        ))}
      </svg>
    </div>
  );
});
