import './acts.css';
import { useState } from 'react';
import type { ActField, ActText } from '../../machine/act-text';
import { IO_ATTRS, type IoAttrName } from '../../machine/vmkapi';
import type { Outcome } from '../../engine/picture';
import { Choice, Field, submitting, type FieldProps } from '../field';

export interface ActsDraft {
  readonly pcpu: number;
  readonly pcid: string;
  readonly keep: boolean;
  readonly module: string;
  readonly name: string;
  readonly resource: string;
  readonly reservation: string;
  readonly start: string;
  readonly length: string;
  readonly ioAttrs: number;
}

export interface ActsProps<A extends string> {
  /** Of the form. */
  readonly name: string;
  readonly acts: Readonly<Record<A, ActText>>;
  readonly act: A;
  readonly draft: ActsDraft;
  readonly pcpus: number;
  /** The names there are to choose from. */
  readonly modules: readonly string[];
  readonly resources: readonly string[];
  readonly reservations: readonly string[];
  readonly problems: Readonly<Record<string, string>> | undefined;
  /** The last of these acts that has ended. */
  readonly last: Outcome | undefined;
  readonly onAct: () => void;
  readonly onChoose: (act: A) => void;
  readonly onChange: (change: Partial<ActsDraft>) => void;
}

/** One of several acts, with the fields that it asks for and a line that says what it does. */
export function Acts<A extends string>(props: ActsProps<A>) {
  const { name, acts, act, draft, problems, last, onAct, onChoose } = props;
  const [tried, setTried] = useState<A>();
  const press = (): void => {
    setTried(act);
    onAct();
  };
  const { fields, says, tag, source } = acts[act];
  return (
    <form aria-label={name} className="access acts-form" noValidate onSubmit={submitting(press)}>
      <div className="act-fields">
        <Choice
          label="What"
          className="what"
          value={act}
          options={Object.keys(acts) as A[]}
          name={(one) => acts[one].label}
          onChoose={onChoose}
        />
        {fields.map((field) => (
          <ActInput
            key={field}
            {...props}
            field={field}
            // What is still empty is not wrong yet.
            problem={draft[field] === '' && tried !== act ? undefined : problems?.[field]}
          />
        ))}
        <button type="submit">Carry out</button>
      </div>
      <p className="says meaning">
        {says} <span className="tag">{`${tag} ${source}`}</span>
      </p>
      {last && (
        <p className="says last" role="status" title={last.says}>
          Last: {last.label}{' '}
          {last.status !== undefined && (
            <b className={last.status === 'VMK_OK' ? 'accepted' : 'refused'}>{last.status}</b>
          )}
          {last.faulted && <b className="refused">fault</b>} {last.says}
        </p>
      )}
    </form>
  );
}

const LABELS: Readonly<Record<ActField, string>> = {
  pcpu: 'On PCPU',
  pcid: 'PCID',
  keep: 'bit 63: keep',
  module: 'Module',
  name: 'Name',
  resource: 'Resource',
  reservation: 'Reservation',
  start: 'Start MA',
  length: 'Bytes',
  ioAttrs: 'Attributes',
};

interface InputProps extends Omit<ActsProps<string>, 'onChoose' | 'acts' | 'act' | 'problems'> {
  readonly field: ActField;
  readonly problem: string | undefined;
}

function ActInput({ field, problem: wrong, ...props }: InputProps) {
  const { draft, pcpus, onChange } = props;
  const label = LABELS[field];
  const problem = wrong && `${label} ${wrong}`;
  switch (field) {
    case 'pcpu':
      return (
        <Choice
          label={label}
          value={draft.pcpu}
          options={Array.from({ length: pcpus }, (_, i) => i)}
          problem={problem}
          onChoose={(pcpu) => onChange({ pcpu })}
        />
      );
    case 'keep':
      return (
        <label className="flag">
          <input type="checkbox" checked={draft.keep} onChange={() => onChange({ keep: !draft.keep })} /> {label}
        </label>
      );
    case 'ioAttrs':
      return <IoAttrs attrs={draft.ioAttrs} onChange={(ioAttrs) => onChange({ ioAttrs })} />;
    case 'module':
    case 'resource':
    case 'reservation': {
      const names = props[`${field}s`];
      const options = draft[field] === '' ? ['', ...names] : names;
      return (
        <Choice
          label={label}
          value={draft[field]}
          options={options}
          problem={problem}
          onChoose={(name) => onChange({ [field]: name })}
        />
      );
    }
    default:
      return (
        <Field label={label} problem={problem}>
          {(control: FieldProps) => (
            <input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={draft[field]}
              onChange={(event) => onChange({ [field]: event.target.value })}
            />
          )}
        </Field>
      );
  }
}

function IoAttrs({ attrs, onChange }: { readonly attrs: number; readonly onChange: (attrs: number) => void }) {
  return (
    <fieldset className="io-attrs">
      <legend className="unseen">Attributes</legend>
      {(Object.keys(IO_ATTRS) as IoAttrName[]).map((name) => (
        <label key={name} className="flag">
          <input
            type="checkbox"
            checked={(attrs & IO_ATTRS[name]) !== 0}
            onChange={() => onChange(attrs ^ IO_ATTRS[name])}
          />{' '}
          {name}
        </label>
      ))}
    </fieldset>
  );
}
