import { createContext, useContext } from 'react';
import type { InForce, When } from './types';
import type { Path } from './paths';

interface Times {
  readonly when: When;
  /** The step at the playhead. */
  readonly step: number;
  readonly start: InForce;
  readonly force: InForce;
  readonly onWhen: (when: When) => void;
}

export const TimesContext = createContext<Times | undefined>(undefined);

/** Where a setting stands in the draft, by when it is to take effect, and what it is until it is touched. */
export function useSetting(
  part: keyof InForce,
  ...rest: Path
): { readonly path: Path; readonly start: unknown; readonly force: unknown } {
  const times = useContext(TimesContext);
  const at = (tree: InForce | undefined): unknown =>
    rest.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | undefined)?.[key], tree?.[part]);
  return {
    path: [times?.when === 'now' ? 'now' : 'config', part, ...rest],
    start: at(times?.start),
    force: at(times?.force),
  };
}

/** Whether what is set in a section holds from the start, or is an operation at the playhead. */
export function WhenChoice() {
  const times = useContext(TimesContext);
  if (!times) return undefined;
  const { when, step, onWhen } = times;
  const words: Readonly<Record<When, string>> = {
    start: 'from the start',
    now: step === 0 ? 'by an operation before the first' : `from this step on, step ${step}`,
  };
  return (
    <fieldset className="when">
      <legend>Takes effect</legend>
      {(['start', 'now'] as const).map((one) => (
        <label key={one} className="switch">
          <input type="radio" name="when" checked={when === one} onChange={() => onWhen(one)} /> {words[one]}
        </label>
      ))}
      <p className="says">
        {when === 'start'
          ? 'The machine begins like this, and the whole scenario runs again.'
          : 'Adds a set operation behind the one at the playhead. What came before stays as it was.'}
      </p>
    </fieldset>
  );
}

interface ValuesProps {
  readonly start: unknown;
  readonly force: unknown;
}

/** The value in the document and, beside it, the one in force in the step on screen. */
export function Values({ start, force }: ValuesProps) {
  const step = useContext(TimesContext)?.step ?? 0;
  const differ = start !== force;
  return (
    <p className={`values ${differ ? 'differ' : ''}`}>
      from the start <b>{shown(start)}</b> · in force at step {step} <b>{shown(force)}</b>
      {differ && ' (changed on the way)'}
    </p>
  );
}

const shown = (value: unknown): string => (typeof value === 'boolean' ? String(Number(value)) : String(value));
