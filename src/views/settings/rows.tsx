import { useRef, type ReactNode } from 'react';
import { focusSoon, Problem } from '../field';
import { Icon } from '../icons';
import { useAt } from './form';
import type { Path } from './paths';

interface RowsProps<T> {
  readonly path: Path;
  /** What a row is called: `Region`. */
  readonly noun: string;
  readonly heads: readonly string[];
  readonly fresh: T;
  readonly most: number;
  readonly children: (row: Path, number: number, value: T) => ReactNode;
}

/** A list of rows of fields that grows and shrinks. */
export function Rows<T>({ path, noun, heads, fresh, most, children }: RowsProps<T>) {
  const { value: rows, set } = useAt<readonly T[]>(path);
  const list = useRef<HTMLDivElement>(null);
  return (
    <div className={`setting-rows columns-${heads.length}`} ref={list}>
      {rows.length > 0 && (
        <div className="setting-row head" aria-hidden="true">
          {heads.map((head) => (
            <span key={head}>{head}</span>
          ))}
        </div>
      )}
      {rows.map((value, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row is its place: focus stays there when others come and go
        <Row key={i} path={[...path, i]} name={`${noun} ${i + 1}`} onRemove={() => set(rows.toSpliced(i, 1))}>
          {children([...path, i], i + 1, value)}
        </Row>
      ))}
      <button
        type="button"
        className="quiet add"
        disabled={rows.length >= most}
        onClick={() => {
          if (list.current) focusSoon(list.current, `[data-row="${noun} ${rows.length + 1}"] :is(input, select)`);
          set([...rows, fresh]);
        }}
      >
        <Icon name="add" /> Add {noun.toLowerCase()}
      </button>
    </div>
  );
}

interface RowProps {
  readonly path: Path;
  readonly name: string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

function Row({ path, name, onRemove, children }: RowProps) {
  const { problem } = useAt(path);
  return (
    <div className="setting-row" role="group" aria-label={name} data-row={name}>
      {children}
      <button
        type="button"
        className="icon-only"
        aria-label={`Remove ${name.toLowerCase()}`}
        onClick={(event) => {
          const list = event.currentTarget.closest('.setting-rows');
          if (list) focusSoon(list, '.add');
          onRemove();
        }}
      >
        <Icon name="remove" />
      </button>
      <Problem id={`problem-${path.join('-')}`} text={problem} />
    </div>
  );
}
