import type { ReactNode } from 'react';

interface PanelProps {
  /** Also the name of the region. */
  readonly name: string;
  readonly id: string;
  /** Stands at the right of the heading. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A named region of the page: a heading and, below it, what may scroll. */
export function Panel({ name, id, aside, children }: PanelProps) {
  return (
    <section className={`panel panel-${id}`} aria-labelledby={`panel-${id}`}>
      <header className="panel-head">
        <h2 id={`panel-${id}`}>{name}</h2>
        {aside !== undefined && <div className="panel-aside">{aside}</div>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
}
