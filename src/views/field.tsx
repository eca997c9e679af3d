import { useId, type ReactNode, type SubmitEvent } from 'react';

/** What ties a control to the words about it. */
export interface FieldProps {
  readonly id: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

interface Props {
  readonly label: string;
  readonly problem?: string | undefined;
  readonly className?: string;
  readonly children: (control: FieldProps) => ReactNode;
}

/** A label, its control, and below it what is wrong with it. */
export function Field({ label, problem, className = '', children }: Props) {
  const id = useId();
  const wrong = problem !== undefined;
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': wrong || undefined, 'aria-describedby': wrong ? `${id}-problem` : undefined })}
      <Problem id={`${id}-problem`} text={problem} />
    </div>
  );
}

/** What is wrong, if something is. */
export function Problem({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return (
    text !== undefined && (
      <p className="problem" id={id}>
        {text}
      </p>
    )
  );
}

/** Moves the focus to the first that a selector finds, once the page shows what an event has changed. */
export const focusSoon = (within: ParentNode, selector: string): unknown =>
  setTimeout(() => within.querySelector<HTMLElement>(selector)?.focus());

/** What tells that the reader is about to press a button, and about to no longer. */
export const foretelling = (consider: (here: boolean) => void) => {
  const [here, gone] = [() => consider(true), () => consider(false)];
  return { onPointerEnter: here, onFocus: here, onPointerLeave: gone, onBlur: gone };
};

/** What a form does when it is sent: it acts, and goes to what the reader will want to correct. */
export const submitting =
  (act: () => void) =>
  (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    focusSoon(event.currentTarget, '[aria-invalid]');
    act();
  };

interface ChoiceProps<T extends string | number> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly T[];
  /** What an option is called, if not by its value. */
  readonly name?: (option: T) => string;
  readonly problem?: string | undefined;
  readonly className?: string;
  readonly onChoose: (value: T) => void;
}

/** A labelled choice. A value that is no longer on the list stays visible. */
export function Choice<T extends string | number>({
  value,
  options,
  name = String,
  onChoose,
  ...field
}: ChoiceProps<T>) {
  const all = options.includes(value) ? options : [...options, value];
  return (
    <Field {...field}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onChoose(all[event.target.selectedIndex] ?? value)}>
          {all.map((option) => (
            <option key={option} value={option}>
              {name(option)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
