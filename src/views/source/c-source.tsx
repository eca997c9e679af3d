import { useMemo, useRef } from 'react';
import { Editor } from './editor';
import { Mistakes } from './mistakes';
import { goTo } from './place';
import type { Mark, Paint } from './props';

export interface CSourceProps {
  readonly text: string;
  /** The reader wrote it; else it is the scenario. */
  readonly typed: boolean;
  readonly busy: boolean;
  /** What it comes to is the scenario. */
  readonly isOpen: boolean;
  readonly mistake: Mark | undefined;
  readonly remarks: readonly Mark[];
  /** Operations that the source comes to, once that is known. */
  readonly ops: number | undefined;
  readonly trouble: string | undefined;
  readonly paint: Paint;
  readonly onText: (text: string) => void;
  /** Answers whether it was opened. */
  readonly onUse: () => Promise<boolean>;
  readonly onRestore: () => void;
}

const STATE = 'c-state';

/** vmkapi C in, a scenario out; and any scenario as C. */
export function CSource(props: CSourceProps) {
  const { text, typed, isOpen, mistake, remarks, paint, onText, onUse, onRestore } = props;
  const canUse = typed && !isOpen;
  const area = useRef<HTMLTextAreaElement>(null);
  const marks = useMemo(() => (mistake ? [mistake] : []), [mistake]);
  return (
    <section className="source" aria-label="C source">
      <Editor
        name="C source text"
        area={area}
        describedBy={STATE}
        text={text}
        paint={paint}
        marks={marks}
        onText={onText}
      />
      <div className="source-state">
        <p id={STATE} role="status" className={`alone ${mistake || props.trouble ? 'problem' : 'hint'}`}>
          {says(props)}
        </p>
        <button
          type="button"
          className={canUse ? 'primary' : undefined}
          aria-disabled={!canUse || undefined}
          onClick={() => {
            if (mistake) goTo(area.current, mistake);
            else if (canUse) void onUse();
          }}
        >
          Use this source
        </button>
        {typed && (
          <button type="button" onClick={onRestore}>
            Show the scenario as C
          </button>
        )}
      </div>
      <Mistakes name="Mistakes" marks={marks} area={area} />
      <Mistakes name="Remarks" marks={remarks} area={area} />
    </section>
  );
}

function says({ typed, busy, isOpen, mistake, ops, trouble, remarks }: CSourceProps): string {
  if (!typed) return 'This is the scenario as C. Paste vmkapi C over it to get another one.';
  if (trouble !== undefined) return `The source could not be played. ${trouble}`;
  if (mistake) return 'Not understood: 1 mistake. Nothing was changed.';
  if (busy || ops === undefined) return 'Reading …';
  const more = remarks.length === 0 ? '' : `, ${remarks.length} ${remarks.length === 1 ? 'remark' : 'remarks'}`;
  return `${isOpen ? 'In step with the scenario' : 'Understood'}: ${ops} ${ops === 1 ? 'operation' : 'operations'}${more}.`;
}
