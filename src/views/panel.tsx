import { createContext, useContext, type ReactNode } from 'react';
import { Icon } from './icons';

/** What a panel may ask of the page around it. */
export interface PanelFrame {
  /** The id of the panel that fills the place of all. */
  readonly maximised: string | undefined;
  readonly onMaximise: (id: string) => void;
  readonly onRestore: () => void;
  /** Whether the time line shows its controls only. */
  readonly folded: boolean;
  readonly onFold: (folded: boolean) => void;
}

/** Without one, panels have no buttons of their own. */
export const PanelContext = createContext<PanelFrame | undefined>(undefined);

interface PanelProps {
  /** Also the name of the region. */
  readonly name: string;
  readonly id: string;
  /** Stands at the right of the heading. */
  readonly aside?: ReactNode;
  /** Nothing in it takes the focus: the panel does, so that it can be scrolled by keyboard. */
  readonly still?: boolean;
  readonly children: ReactNode;
}

/** A named region of the page: a heading and, below it, what may scroll. */
export function Panel({ name, id, aside, still = false, children }: PanelProps) {
  const frame = useContext(PanelContext);
  const maximised = frame?.maximised === id;
  return (
    <section className={`panel panel-${id}${maximised ? ' maximised' : ''}`} aria-labelledby={`panel-${id}`}>
      <header className="panel-head">
        <h2 id={`panel-${id}`} tabIndex={-1}>
          {name}
        </h2>
        {aside !== undefined && <div className="panel-aside">{aside}</div>}
        {frame && <Maximise name={name} id={id} maximised={maximised} frame={frame} />}
      </header>
      <div className="panel-body" {...(still && { tabIndex: 0, role: 'group', 'aria-label': name })}>
        {children}
      </div>
    </section>
  );
}

interface MaximiseProps {
  readonly name: string;
  readonly id: string;
  readonly maximised: boolean;
  readonly frame: PanelFrame;
}

function Maximise({ name, id, maximised, frame }: MaximiseProps) {
  const says = `${maximised ? 'Restore' : 'Maximise'} ${name}`;
  return (
    <button
      type="button"
      className="icon-only panel-tool"
      aria-label={says}
      title={`${says} (m)`}
      aria-pressed={maximised}
      onClick={() => (maximised ? frame.onRestore() : frame.onMaximise(id))}
    >
      <Icon name={maximised ? 'restore' : 'maximise'} />
    </button>
  );
}

/** Leaves of the time line only its controls, or brings the rest back. */
export function Fold() {
  const frame = useContext(PanelContext);
  if (!frame) return undefined;
  const { folded, onFold } = frame;
  const says = folded ? 'Unfold Timeline' : 'Fold Timeline';
  return (
    <button
      type="button"
      className="icon-only panel-tool"
      aria-label={says}
      title={says}
      aria-expanded={!folded}
      onClick={() => onFold(!folded)}
    >
      <Icon name={folded ? 'unfold' : 'fold'} />
    </button>
  );
}
