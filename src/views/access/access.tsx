import './access.css';
import { ACCESS_KINDS, PRIVILEGES, type AccessKind, type Privilege } from '../../machine/access';
import type { Outcome } from '../../engine/picture';
import { Choice, Field, foretelling, submitting } from '../field';

export interface AccessDraft {
  readonly pcpu: number;
  readonly kind: AccessKind;
  readonly privilege: Privilege;
  readonly count: string;
  readonly stride: string;
}

interface AccessProps {
  readonly access: AccessDraft;
  readonly pcpus: number;
  /** Why a field is wrong: `count`, `stride`. */
  readonly problems: Readonly<Record<string, string>> | undefined;
  /** The last access that has ended. */
  readonly last: Outcome | undefined;
  readonly onChange: (access: AccessDraft) => void;
  readonly onAct: () => void;
  /** The reader is about to press the button, or not any more. */
  readonly onConsider: (here: boolean) => void;
}

const TEXTS = [
  ['Count', 'count'],
  ['Stride', 'stride'],
] as const;

/** Touches memory at the selected address, once or in a burst. */
export function Access({ access, pcpus, problems, last, onChange, onAct, onConsider }: AccessProps) {
  const change = (part: Partial<AccessDraft>): void => onChange({ ...access, ...part });
  return (
    <form aria-label="Access memory" className="access" noValidate onSubmit={submitting(onAct)}>
      <Choice label="Kind" value={access.kind} options={ACCESS_KINDS} onChoose={(kind) => change({ kind })} />
      <Choice
        label="Privilege"
        value={access.privilege}
        options={PRIVILEGES}
        onChoose={(privilege) => change({ privilege })}
      />
      <Choice
        label="On PCPU"
        value={access.pcpu}
        options={Array.from({ length: pcpus }, (_, i) => i)}
        onChoose={(pcpu) => change({ pcpu })}
      />
      {TEXTS.map(([label, name]) => (
        <Field key={name} label={label} problem={problems?.[name] && `${label} ${problems[name]}`}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              value={access[name]}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <button type="submit" title="At the selected address" {...foretelling(onConsider)}>
        Access
      </button>
      <p className="says">
        {last ? `Last access: ${last.says}` : 'Touch the selected address and see what the TLBs do.'}
      </p>
    </form>
  );
}
