import './access.css';
import { ACCESS_KINDS, PRIVILEGES, type AccessKind, type Privilege } from '../../machine/access';
import type { Outcome } from '../../engine/picture';
import { Choice, Field, foretelling, submitting } from '../field';
import { Tally, tallyText } from './tally';

export interface AccessDraft {
  readonly pcpu: number;
  readonly kind: AccessKind;
  readonly privilege: Privilege;
  readonly ac: boolean;
  readonly count: string;
  readonly stride: string;
  readonly value: string;
}

interface AccessProps {
  readonly access: AccessDraft;
  readonly pcpus: number;
  /** Why a field is wrong: `count`, `stride`, `value`. */
  readonly problems: Readonly<Record<string, string>> | undefined;
  /** The last access that has ended, and how many it was. */
  readonly last: Outcome | undefined;
  readonly count: number;
  readonly onChange: (access: AccessDraft) => void;
  readonly onAct: () => void;
  /** The reader is about to press the button, or not any more. */
  readonly onConsider: (here: boolean) => void;
}

const TEXTS = [
  ['Count', 'count'],
  ['Stride', 'stride'],
  ['Value', 'value'],
] as const;

/** What is asked for most, a press away. */
const PRESETS: readonly (readonly [name: string, change: Partial<AccessDraft>])[] = [
  ['read', { kind: 'read', privilege: 'supervisor', count: '1' }],
  ['write', { kind: 'write', privilege: 'supervisor', count: '1' }],
  ['write as user', { kind: 'write', privilege: 'user', count: '1' }],
  ['execute', { kind: 'execute', privilege: 'supervisor', count: '1' }],
  ['24 pages', { count: '24', stride: '4096' }],
];

/** Touches memory at the selected address, once or in a burst. */
export function Access({ access, pcpus, problems, last, count, onChange, onAct, onConsider }: AccessProps) {
  const change = (part: Partial<AccessDraft>): void => onChange({ ...access, ...part });
  const writes = access.kind === 'write';
  return (
    <form aria-label="Access memory" className="access" noValidate onSubmit={submitting(onAct)}>
      <div className="presets" role="group" aria-label="Common accesses">
        {PRESETS.map(([name, part]) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={has(access, part)}
            onClick={() => change(part)}
          >
            {name}
          </button>
        ))}
      </div>
      <div className="act-fields">
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
        {TEXTS.filter(([, name]) => writes || name !== 'value').map(([label, name]) => (
          <Field key={name} label={label} problem={problems?.[name] && `${label} ${problems[name]}`}>
            {(control) => (
              <input
                {...control}
                autoComplete="off"
                placeholder={name === 'value' ? 'its number' : undefined}
                title={name === 'value' ? 'The 64-bit word to store. Empty: one that names the operation.' : undefined}
                value={access[name]}
                onChange={(event) => change({ [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <label className="flag" title="EFLAGS.AC: with CR4.SMAP, supervisor data accesses to user pages need it">
          <input type="checkbox" checked={access.ac} onChange={() => change({ ac: !access.ac })} /> AC
        </label>
        <button type="submit" title="At the selected address" {...foretelling(onConsider)}>
          Access
        </button>
      </div>
      <div className="act-result">
        {last?.access && <Tally count={count} tally={last.access} />}
        <p className="says" title={last && `Last access: ${last.says}`}>
          {last ? (
            <>
              <span className="unseen">Last access: </span>
              {lastText(last, count)}
            </>
          ) : (
            'Touch the selected address and see what the TLBs do.'
          )}
        </p>
      </div>
    </form>
  );
}

/** Short enough for its place; the sentence in full is in the title. */
const lastText = ({ access, says }: Outcome, count: number): string =>
  access && count > 1 ? tallyText(count, access) : says;

const has = (access: AccessDraft, part: Partial<AccessDraft>): boolean =>
  Object.entries(part).every(([name, value]) => access[name as keyof AccessDraft] === value);
