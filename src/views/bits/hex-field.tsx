import { Field } from '../field';
import { entryDigits, parseEntry } from './hex-entry';
import type { Draft } from './props';

interface HexFieldProps {
  readonly entry: bigint;
  readonly draft: Draft | undefined;
  readonly onDraft: (draft: Draft | undefined) => void;
}

/** What is wrong with a draft, and what would be right. */
export function problemOf(draft: Draft | undefined): string | undefined {
  const parsed = draft && parseEntry(draft.text);
  return parsed && !parsed.ok ? parsed.error : undefined;
}

/** The whole entry as one number. Escape gives it up. */
export function HexField({ entry, draft, onDraft }: HexFieldProps) {
  return (
    <Field label="Entry in hex" className="hex-entry" problem={problemOf(draft)}>
      {(control) => (
        <input
          {...control}
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={draft?.text ?? entryDigits(entry)}
          onChange={({ target: { value: text } }) => {
            const parsed = parseEntry(text);
            onDraft({ text, value: parsed.ok ? parsed.value : (draft?.value ?? entry) });
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onDraft(undefined);
          }}
        />
      )}
    </Field>
  );
}
