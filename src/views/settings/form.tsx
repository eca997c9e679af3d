import { createContext, useContext, useId, type ReactNode } from 'react';
import type { SettingText } from '../../machine/setting-text';
import { Problem } from '../field';
import { getAt, type Path } from './paths';

/** What the fields of the dialog read and write: one tree of texts and switches. */
export interface Form {
  readonly draft: object;
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (path: Path, value: unknown) => void;
}

export const FormContext = createContext<Form>({ draft: {}, problems: {}, onChange: () => undefined });

/** The value at a place of the draft, what is wrong with it, and how it is changed. */
export function useAt<T>(path: Path): {
  readonly value: T;
  readonly problem: string | undefined;
  readonly set: (value: T) => void;
} {
  const { draft, problems, onChange } = useContext(FormContext);
  return { value: getAt(draft, path) as T, problem: problems[path.join('.')], set: (value) => onChange(path, value) };
}

interface AtProps {
  readonly label: string;
  readonly path: Path;
  /** The label is for assistive technology alone, because a heading above says the same. */
  readonly bare?: boolean;
}

interface FrameProps extends Omit<AtProps, 'path'> {
  readonly problem: string | undefined;
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-invalid': true | undefined;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
}

function Frame({ label, bare, problem, children }: FrameProps) {
  const id = useId();
  const wrong = problem !== undefined;
  return (
    <div className="field">
      <label htmlFor={id} className={bare ? 'unseen' : undefined}>
        {label}
      </label>
      {children({ id, 'aria-invalid': wrong || undefined, 'aria-describedby': wrong ? `${id}-problem` : undefined })}
      {/* Of an empty field there is no value to begin the sentence with. */}
      <Problem id={`${id}-problem`} text={problem?.startsWith('is ') ? `${label} ${problem}` : problem} />
    </div>
  );
}

interface TextAtProps extends AtProps {
  readonly hint?: string;
  /** What stands there while the draft says nothing. */
  readonly fallback?: string;
}

export function TextAt({ path, hint, fallback = '', ...frame }: TextAtProps) {
  const { value = fallback, problem, set } = useAt<string | undefined>(path);
  return (
    <Frame {...frame} problem={problem}>
      {(control) => (
        <input
          {...control}
          autoComplete="off"
          spellCheck={false}
          placeholder={hint}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </Frame>
  );
}

interface ChoiceAtProps extends AtProps {
  readonly options: readonly string[];
  /** What stands there while the draft says nothing. */
  readonly fallback?: string;
}

export function ChoiceAt({ path, options, fallback = '', ...frame }: ChoiceAtProps) {
  const { value = fallback, problem, set } = useAt<string | undefined>(path);
  const all = options.includes(value) ? options : [...options, value];
  return (
    <Frame {...frame} problem={problem}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => set(event.target.value)}>
          {all.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
    </Frame>
  );
}

/** The words of a switch stand behind it. */
export function FlagAt({ path, label, fallback = false }: AtProps & { readonly fallback?: boolean }) {
  const { value = fallback, set } = useAt<boolean | undefined>(path);
  return (
    <label className="switch">
      <input type="checkbox" checked={value} onChange={() => set(!value)} /> {label}
    </label>
  );
}

/** A sentence on what a setting means, with its tag and source. */
export const Says = ({ text: { says, tag, source } }: { readonly text: SettingText }) => (
  <p className="says">
    {says}{' '}
    <span className="tag">
      {tag} {source}
    </span>
  </p>
);

interface GroupProps {
  readonly title: string;
  readonly text?: SettingText;
  readonly path?: Path;
  readonly children: ReactNode;
}

const NOWHERE: Path = ['none'];

/** Fields that belong together, with what they mean, and what is wrong with them as a whole. */
export function Group({ title, text, path = NOWHERE, children }: GroupProps) {
  const id = useId();
  const { problem } = useAt(path);
  return (
    <section className="setting-group" role="group" aria-labelledby={id} aria-describedby={problem && `${id}-problem`}>
      <h4 id={id}>{title}</h4>
      {text && <Says text={text} />}
      {children}
      <Problem id={`${id}-problem`} text={problem} />
    </section>
  );
}
