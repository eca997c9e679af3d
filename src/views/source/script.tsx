import { useRef } from 'react';
import { Editor } from './editor';
import { Mistakes } from './mistakes';
import type { Complete, Mark, Paint } from './props';

export interface ScriptProps {
  readonly text: string;
  /** It is not the document's yet. */
  readonly waiting: boolean;
  readonly marks: readonly Mark[];
  /** All mistakes, also those that are not listed. */
  readonly count: number;
  /** Where the text belongs instead, if it is no script at all. */
  readonly elsewhere: string | undefined;
  /** The document was changed elsewhere in the same lines. */
  readonly clash: boolean;
  readonly ops: number;
  readonly current: number | undefined;
  readonly paint: Paint;
  readonly complete: Complete;
  readonly onText: (text: string) => void;
  readonly onLine: (line: number) => void;
  readonly onRestore: () => void;
}

const STATE = 'script-state';

/** The whole scenario, one operation a line. */
export function Script(props: ScriptProps) {
  const { text, waiting, marks, count, paint, complete, current, onText, onLine, onRestore } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <section className="source" aria-label="Script">
      <Editor
        name="Script text"
        area={area}
        describedBy={STATE}
        text={text}
        paint={paint}
        marks={marks}
        complete={complete}
        current={current}
        onText={onText}
        onLine={onLine}
      />
      <div className="source-state">
        <p id={STATE} className={count > 0 ? 'problem' : 'hint'}>
          <span role="status">{says(props)}</span>
          {count === 0 && <span className="keys"> Ctrl+Space completes, Ctrl+Enter goes to the operation.</span>}
        </p>
        {waiting && count > 0 && (
          <button type="button" className="quiet" onClick={onRestore}>
            Discard what is typed
          </button>
        )}
      </div>
      <Mistakes name="Mistakes" marks={marks} area={area} more={count - marks.length} />
    </section>
  );
}

const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

function says({ waiting, count, elsewhere, clash, ops }: ScriptProps): string {
  if (count > 0) {
    const also = clash ? ' The scenario was changed elsewhere in the same lines; yours are kept.' : '';
    return `Not applied yet: ${counted(count, 'mistake')}.${elsewhere ? ` ${elsewhere}` : ''}${also}`;
  }
  if (waiting) return 'Not applied yet …';
  return `In step with the scenario: ${counted(ops, 'operation')}.`;
}
