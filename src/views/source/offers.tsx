import { useEffect, useRef } from 'react';
import type { Offer } from './props';
import type { Offered } from './use-offers';

interface OffersProps {
  readonly id: string;
  readonly offered: Offered;
  readonly onTake: (offer: Offer) => void;
}

/** Below the cursor, or above it where there is more room. The focus stays in the text. */
export function Offers({ id, offered, onTake }: OffersProps) {
  const { offers, active, at } = offered;
  const place = at.above ? { bottom: `calc(100% - ${at.top}px)` } : { top: `${at.bottom}px` };
  const across = { '--column': at.column, '--scrolled': `${at.scrolled}px` };
  return (
    <div id={id} role="listbox" aria-label="Completions" className="offers" style={Object.assign(place, across)}>
      {offers.map((offer, i) => (
        <Row key={offer.text} id={`${id}-${i}`} offer={offer} active={i === active} onTake={onTake} />
      ))}
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly offer: Offer;
  readonly active: boolean;
  readonly onTake: (offer: Offer) => void;
}

function Row({ id, offer, active, onTake }: RowProps) {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (active) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <button
      ref={ref}
      type="button"
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      // The focus stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onTake(offer)}
    >
      <code>{offer.text}</code>
      {offer.says !== undefined && <span>{offer.says}</span>}
    </button>
  );
}
