import type { RefObject } from 'react';
import { goTo } from './place';
import type { Mark } from './props';

interface MistakesProps {
  readonly name: string;
  readonly marks: readonly Mark[];
  readonly area: RefObject<HTMLTextAreaElement | null>;
  /** So many more are not listed. */
  readonly more?: number;
}

/** What is wrong or worth saying, each a way to its place. */
export function Mistakes({ name, marks, area, more = 0 }: MistakesProps) {
  if (marks.length === 0) return undefined;
  return (
    <ul className={`source-list ${name.toLowerCase()}`} aria-label={name}>
      {marks.map(({ line, column, says }) => (
        <li key={`${line}:${column}:${says}`}>
          <button type="button" className="quiet" onClick={() => goTo(area.current, { line, column })}>
            <b>
              line {line}, column {column}
            </b>{' '}
            {says}
          </button>
        </li>
      ))}
      {more > 0 && <li className="hint">and {more} more</li>}
    </ul>
  );
}
