import type { CSSProperties } from 'react';
import { piecesOf } from './pieces';
import type { Coloured, Mark } from './props';
import type { Window } from './use-window';

interface LinesProps {
  readonly lines: readonly string[];
  readonly seen: Window;
  readonly colours: (line: number) => readonly Coloured[];
  readonly marks: readonly Mark[];
  readonly current: number | undefined;
}

/** The lines in view, in colour; the field over them has the same text without any. */
export function Lines({ lines, seen, colours, marks, current }: LinesProps) {
  return (
    <div className="editor-lines" aria-hidden="true">
      {lines.slice(seen.from, seen.to).map((line, i) => {
        const at = seen.from + i;
        const own = marks.filter((mark) => mark.line === at + 1);
        return (
          <div
            key={at}
            className={at + 1 === current ? 'editor-line now' : 'editor-line'}
            style={{ '--at': at } as CSSProperties}
          >
            {piecesOf(line, colours(at), own).map(({ from, text, kind, wrong }) => (
              <span key={from} className={`${kind ? `as-${kind}` : ''}${wrong ? ' mistaken' : ''}`}>
                {text}
              </span>
            ))}
          </div>
        );
      })}
    </div>
  );
}
