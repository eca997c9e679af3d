import './gallery.css';
import {
  memo,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { Strip } from '../../engine/picture-strip';
import { HAZARD_RULES } from '../../machine/hazards';
import { KIND_STYLE, type ActKind } from '../acts';
import { Icon } from '../icons';
import { useRoving } from '../roving';
import { countText, found, type CardText } from './search';
import { Thumbnail } from './thumbnail';

const FOUND = 'Found';

interface GalleryProps {
  readonly cards: readonly CardText[];
  /** The pictures by id, as far as they are made; null where there will be none. */
  readonly strips: Readonly<Record<string, Strip | null | undefined>>;
  /** The scenario that is open. */
  readonly current: string | undefined;
  /** A card came into view, or left it. */
  readonly onSee: (id: string, inView: boolean) => void;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** All scenarios that come with the program, to search and to open. */
export function Gallery({ cards, strips, current, onSee, onOpen, onClose }: GalleryProps) {
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query);
  const shown = useMemo(() => found(cards, wanted), [cards, wanted]);
  const searched = wanted.trim() !== '';
  // What is found by words stands together; groups of one would only be in the way.
  const groups = searched ? [FOUND] : [...new Set(cards.map(({ group }) => group))];
  const body = useRef<HTMLDivElement>(null);
  const roving = useRoving();
  const tabStop = shown[Math.min(roving.at, shown.length - 1)]?.id;

  const press = (event: KeyboardEvent): void => {
    // What is shown may lag behind what is typed.
    const [first] = query.trim() === '' ? [] : found(cards, query);
    if (event.key === 'Escape' && query !== '') setQuery('');
    else if (event.key === 'Enter' && first) onOpen(first.id);
    else if (event.key === 'ArrowDown' || event.key === 'Enter')
      body.current?.querySelector<HTMLElement>('[data-mark]')?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <header className="gallery-head">
        <h2>Gallery</h2>
        <input
          type="search"
          aria-label="Search the gallery"
          placeholder="Title, driver, hazard, source …"
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={press}
        />
        <p role="status">{cards.length > 0 && countText(shown.length, cards.length)}</p>
        <button type="button" className="icon-only" aria-label="Close Gallery" onClick={onClose}>
          <Icon name="remove" />
        </button>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys pressed on the cards inside */}
      <div
        className="gallery-body"
        role="group"
        aria-label="Cards"
        ref={body}
        onKeyDown={roving.onKeyDown}
        onFocus={roving.onFocus}
      >
        {cards.length === 0 && (
          <p className="hint">
            The scenarios are not here yet. If they do not come, reload the page when you are online.
          </p>
        )}
        {shown.length > 0 && <Key />}
        {groups.map((group) => {
          const members = searched ? shown : shown.filter((card) => card.group === group);
          return (
            members.length > 0 && (
              <Group key={group} title={group} count={members.length}>
                {members.map((card) => (
                  <Card
                    key={card.id}
                    card={card}
                    strip={strips[card.id]}
                    open={card.id === current}
                    searched={searched}
                    tabStop={card.id === tabStop}
                    onSee={onSee}
                    onOpen={onOpen}
                  />
                ))}
              </Group>
            )
          );
        })}
      </div>
    </>
  );
}

/** What stands in a picture as bars, in the order in which it happens. */
const BARS: readonly (readonly [ActKind, string])[] = [
  ['check', 'call'],
  ['tables', 'tables'],
  ['entries', 'entries'],
  ['walk', 'walk'],
  ['fault', 'fault'],
  ['invalidate', 'invalidate'],
  ['ipi', 'send'],
  ['interrupt', 'interrupt'],
];
const MARKS = {
  message: 'IPI',
  ack: 'acknowledgement',
  lost: 'lost',
  owed: 'owes a flush',
  waits: 'waits',
  hazard: 'hazard',
} as const;

/** What the pictures show. */
function Key() {
  return (
    <p className="gallery-key hint">
      <span>Each picture is a whole run, a track for each PCPU:</span>
      {BARS.map(([kind, says]) => (
        <span key={kind}>
          <i style={{ background: `var(${KIND_STYLE[kind].token})` }} /> {says}
        </span>
      ))}
      {Object.entries(MARKS).map(([mark, says]) => (
        <span key={mark}>
          <i className={`key-of-${mark}`} /> {says}
        </span>
      ))}
    </p>
  );
}

interface GroupProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

function Group({ title, count, children }: GroupProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3>
        <span id={id}>{title}</span> <small>{count}</small>
      </h3>
      <ul>{children}</ul>
    </section>
  );
}

interface CardProps {
  readonly card: CardText;
  readonly strip: Strip | null | undefined;
  readonly open: boolean;
  /** Found by words, and so not below the heading of its group. */
  readonly searched: boolean;
  readonly tabStop: boolean;
  readonly onSee: GalleryProps['onSee'];
  readonly onOpen: GalleryProps['onOpen'];
}

/** The title is the button; its area is that of the card. */
const Card = memo(function Card({ card, strip, open, searched, tabStop, onSee, onOpen }: CardProps) {
  const { id, group, title, why, look, source, hazards, slow } = card;
  const whyId = useId();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver((seen) => onSee(id, seen.at(-1)?.isIntersecting ?? false));
    if (item.current) observer.observe(item.current);
    return () => {
      observer.disconnect();
      onSee(id, false);
    };
  }, [id, onSee]);
  return (
    <li className="gallery-card" ref={item}>
      <Thumbnail title={title} strip={strip} slow={slow} />
      <div className="gallery-text">
        <h4>
          <button
            type="button"
            data-mark
            tabIndex={tabStop ? 0 : -1}
            aria-describedby={whyId}
            aria-current={open || undefined}
            onClick={() => onOpen(id)}
          >
            {title}
          </button>
          {open && <span className="tag">open now</span>}
        </h4>
        <p id={whyId}>{why}</p>
        <p className="gallery-look">
          <b>Look first:</b> {look}
        </p>
        <p className="gallery-source">
          {searched && `${group} · `}
          {source}
        </p>
      </div>
      {hazards.length > 0 && (
        <ul className="gallery-hazards" aria-label={`Hazards of ${title}`}>
          {hazards.map((rule) => (
            <li key={rule} className={`gallery-${HAZARD_RULES[rule].severity}`}>
              {HAZARD_RULES[rule].title}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
});
