import './card.css';
import { useEffect, useRef, type RefObject } from 'react';
import type { Lessons, Running } from '../../state/lesson/lessons';
import { isGiven } from '../../state/lesson/verdict';
import { PANELS, type PanelId } from '../../state/layout';
import { Icon } from '../../views/icons';
import { goToPanel } from '../layout/go-to';
import { useExplorer } from '../use-explorer';
import { Question } from './question';
import { useLessonState } from './use-lessons';

/** The lesson under way: its move, its question, and the way on. */
export function LessonCard({ lessons }: { readonly lessons: Lessons }) {
  const running = useLessonState(lessons, (state) => state.running);
  return running && <Card key={running.lesson.title} lessons={lessons} running={running} />;
}

interface CardProps {
  readonly lessons: Lessons;
  readonly running: Running;
}

function Card({ lessons, running }: CardProps) {
  const { lesson, move, left, going, verdicts } = running;
  const { says, look, ask } = lesson.moves[move];
  const asks = ask !== undefined && !verdicts[move];
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  // Whoever starts a lesson is then in it.
  useEffect(() => heading.current?.focus(), []);
  return (
    <section
      className="lesson"
      aria-labelledby="lesson"
      data-look={look.join(' ')}
      data-veiled={(asks && !left && going !== 'answer') || undefined}
    >
      <header className="lesson-head">
        <h2 id="lesson" tabIndex={-1} ref={heading}>
          {lesson.title}
        </h2>
        <span className="lesson-count">
          {move + 1} of {lesson.moves.length}
        </span>
        <button
          type="button"
          className="icon-only panel-tool"
          aria-label="End the lesson"
          onClick={() => lessons.end()}
        >
          <Icon name="remove" />
        </button>
      </header>
      <progress className="lesson-bar" value={move + 1} max={lesson.moves.length} aria-label="Moves" />
      {left && (
        <p className="lesson-left" role="note">
          You left the lesson’s path.
          <button type="button" onClick={() => lessons.back()}>
            Back to the lesson
          </button>
        </p>
      )}
      <Arrival key={move} look={look} body={body} there={going === undefined} />
      <div className="lesson-body" ref={body}>
        <p role="status" aria-label="Lesson">
          <span className="unseen">
            Move {move + 1} of {lesson.moves.length}.{' '}
          </span>
          {says}
        </p>
        <Looks look={look} />
        {ask && <Question key={move} ask={ask} lessons={lessons} running={running} verdict={verdicts[move]} />}
        {lesson.sources !== undefined && move === lesson.moves.length - 1 && (
          <p className="hint lesson-sources">Sources: {lesson.sources}</p>
        )}
      </div>
      <Steps lessons={lessons} running={running} />
    </section>
  );
}

interface ArrivalProps {
  readonly look: readonly PanelId[];
  readonly body: RefObject<HTMLElement | null>;
  /** The machine is where the move wants it. */
  readonly there: boolean;
}

/** A move is read from its beginning; where the page is long, the first panel that it speaks of comes into sight. */
function Arrival({ look, body, there }: ArrivalProps): undefined {
  // The time line is in sight anyway, nearly always.
  const first = look.find((id) => id !== 'timeline') ?? look[0];
  useEffect(() => body.current?.scrollTo({ top: 0 }), [body]);
  useEffect(() => {
    if (!there || !first) return undefined;
    bringInSight(first);
    const again = setTimeout(() => bringInSight(first), SETTLED_MS);
    return () => clearTimeout(again);
  }, [first, there]);
}

/** What the machine says of a new moment comes into the panels above a little later, and moves those below. */
const SETTLED_MS = 400;

function bringInSight(id: PanelId): void {
  const panel = document.querySelector(`.panel-${id}`);
  const { scrollHeight, clientHeight } = document.documentElement;
  if (scrollHeight > clientHeight + 1) {
    // Where the card does not stay, it comes first.
    const card = document.querySelector('.lesson');
    const stays = card && getComputedStyle(card).position === 'sticky';
    (stays ? panel : card)?.scrollIntoView({ block: 'start' });
  }
  // The form stays; what a move speaks of is what the call came to.
  else if (id === 'request') panel?.querySelector('[role="status"]')?.scrollIntoView({ block: 'nearest' });
}

/** The panels that are outlined, by name: what a colour alone would not say, and a way to each. */
function Looks({ look }: { readonly look: readonly PanelId[] }) {
  const explorer = useExplorer();
  if (look.length === 0) return undefined;
  return (
    <p className="lesson-looks">
      <span>Look at</span>
      {look.map((id) => (
        <button key={id} type="button" className="link" onClick={() => goToPanel(explorer, id)}>
          {PANELS[id]}
        </button>
      ))}
    </p>
  );
}

function Steps({ lessons, running }: CardProps) {
  const explorer = useExplorer();
  const { lesson, move, going, given, verdicts } = running;
  const { ask } = lesson.moves[move];
  const last = move === lesson.moves.length - 1;
  const asks = ask !== undefined && !verdicts[move];
  const ready = !asks || isGiven(ask, given[move]);
  const finish = (): void => {
    lessons.end();
    explorer.showDialog('learn');
  };
  const on = (): void => (last && !asks ? finish() : lessons.forward());
  return (
    <footer className="lesson-steps">
      <button
        type="button"
        className="icon-only"
        aria-label="Back"
        title="Back (p)"
        aria-disabled={move === 0 || undefined}
        onClick={() => lessons.previous()}
      >
        <Icon name="back" />
      </button>
      {asks && !last && (
        <button type="button" className="quiet" onClick={() => lessons.next()}>
          Skip
        </button>
      )}
      <button type="button" className="primary" aria-disabled={!ready || undefined} onClick={() => ready && on()}>
        {going === 'answer' ? 'Show it now' : asks ? 'See what the machine does' : last ? 'Finish' : 'Next'}
      </button>
    </footer>
  );
}
