import { memo, type CSSProperties } from 'react';
import type { TlbPicture } from '../../engine/picture';
import { SPAN } from '../../machine/address';
import { mappingColour } from '../palette';
import { useNearest } from './nearest';
import { entryThing, type Marked } from './props';
import { rove } from './rove';
import { entryText, TLB_TITLES } from './words';

interface TlbProps extends Marked {
  readonly pcpu: number;
  readonly tlb: TlbPicture;
  readonly va: bigint;
  /** The places of what is lit and of what was filled in this step, as `marksOf` writes them. */
  readonly marks: string;
}

/** The places of a TLB that has room for each: a column a set, a row a way. */
export const Tlb = memo(function Tlb({ pcpu, tlb, va, marks, onHover, onSelect }: TlbProps) {
  const { name, sets, ways, live, entries } = tlb;
  const near = useNearest(pcpu, tlb, { onHover, onSelect });
  const [lit, fresh] = marks.split('|').map((list) => new Set(list.split(' '))) as [Set<string>, Set<string>];
  return (
    <div className={live > 0 || name === 'l1d4k' ? 'tlb' : 'tlb empty'}>
      <TlbName tlb={tlb} />
      <div
        className="places"
        style={{ '--sets': sets, '--ways': ways } as CSSProperties}
        role="group"
        aria-label={`${TLB_TITLES[name]} TLB, ${live} of ${sets * ways} entries`}
        {...near}
      >
        {entries.map((entry, i) => {
          const thing = entryThing({ pcpu, tlb: name, entry });
          const key = `${entry.set}.${entry.way}`;
          const colour = entry.mapping === undefined ? 'map-none' : `map-${mappingColour(entry.mapping)}`;
          const covers = va >= entry.va && va < entry.va + BigInt(SPAN[entry.level] * 4096);
          const state = [
            entry.stale && 'stale',
            covers && 'covers',
            lit.has(key) && 'lit',
            fresh.has(key) && 'fresh',
          ].filter(Boolean);
          return (
            <button
              key={key}
              type="button"
              tabIndex={i === 0 ? 0 : -1}
              className={['tlb-entry', colour, ...state].join(' ')}
              style={{ gridColumn: entry.set + 1, gridRow: entry.way + 1 }}
              aria-label={entryText(entry)}
              onKeyDown={rove}
              onClick={() => onSelect(thing)}
              onFocus={() => onHover(thing)}
              onBlur={() => onHover(undefined)}
            />
          );
        })}
      </div>
    </div>
  );
});

/** Its name and how much it holds. */
export const TlbName = ({ tlb: { name, sets, ways, live } }: { readonly tlb: TlbPicture }) => (
  <span className="tlb-name" title={`${sets} ${sets === 1 ? 'set' : 'sets'} of ${ways}: ${live} of ${sets * ways}`}>
    {TLB_TITLES[name]}
    <b>{live}</b>
  </span>
);
