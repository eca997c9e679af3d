import type { CSSProperties } from 'react';
import type { Mark } from './props';
import type { Window } from './use-window';

interface GutterProps {
  readonly count: number;
  readonly seen: Window;
  readonly marks: readonly Mark[];
  readonly current: number | undefined;
  readonly onLine: ((line: number) => void) | undefined;
}

/** The numbers of the lines in view: a sign where something is wrong, another at the present operation. */
export function Gutter({ count, seen, marks, current, onLine }: GutterProps) {
  const numbers = Array.from(
    { length: Math.max(0, Math.min(count, seen.to) - seen.from) },
    (_, i) => seen.from + i + 1,
  );
  return (
    <div className="editor-gutter" aria-hidden={onLine ? undefined : true}>
      {numbers.map((line) => {
        const mark = marks.find((one) => one.line === line);
        const kind = `editor-number${line === current ? ' now' : ''}${mark ? ' mistaken' : ''}`;
        const style = { '--at': line - 1 } as CSSProperties;
        if (!onLine) {
          return (
            <span key={line} className={kind} style={style}>
              {line}
            </span>
          );
        }
        return (
          <button
            key={line}
            type="button"
            // By keyboard, Ctrl+Enter in the text does the same.
            tabIndex={-1}
            className={kind}
            style={style}
            title={mark ? mark.says : `Go to the operation of line ${line} (Ctrl+Enter)`}
            aria-label={`${mark ? 'Mistake in line' : line === current ? 'Present operation, line' : 'Line'} ${line}`}
            onClick={() => onLine(line)}
          >
            {line}
          </button>
        );
      })}
    </div>
  );
}
