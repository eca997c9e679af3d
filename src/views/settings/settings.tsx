import './settings.css';
import { useLayoutEffect, useMemo, useRef, type ComponentType, type ReactNode } from 'react';
import { Icon } from '../icons';
import { CostsSection } from './costs';
import { FormContext, type Form } from './form';
import { MtrrSection, PoliciesSection, RegistersSection } from './registers';
import { MemorySection, ModulesSection, ProcessorSection } from './shape';
import { sectionOf, SECTIONS, SECTION_TITLES, type InForce, type SectionId, type When } from './types';
import { TimesContext } from './when';

const BODIES: Readonly<Record<SectionId, ComponentType>> = {
  processors: ProcessorSection,
  memory: MemorySection,
  modules: ModulesSection,
  registers: RegistersSection,
  mtrrs: MtrrSection,
  policies: PoliciesSection,
  costs: CostsSection,
};

export interface SettingsProps extends Form {
  readonly section: SectionId;
  readonly when: When;
  /** The step at the playhead, and the registers and policies from the start and in it. */
  readonly step: number;
  readonly start: InForce;
  readonly force: InForce;
  /** What is wrong with operations, in full sentences. */
  readonly others: readonly string[];
  /** Operations that will run on another PCPU, because theirs goes. */
  readonly moved: number;
  readonly dirty: boolean;
  /** What is in the dialog was typed before it was closed. */
  readonly resumed: boolean;
  readonly onSection: (section: SectionId) => void;
  readonly onWhen: (when: When) => void;
  /** Puts a section back to the defaults. */
  readonly onReset: (section: SectionId) => void;
  readonly onApply: () => void;
  /** Gives what was typed up. */
  readonly onCancel: () => void;
  /** Closes the dialog; what was typed stays for the next time. */
  readonly onClose: () => void;
}

/** Everything about the machine that a document can set. */
export function Settings(props: SettingsProps) {
  const { draft, problems, onChange, when, step, start, force, onWhen, section } = props;
  const form = useMemo(() => ({ draft, problems, onChange }), [draft, problems, onChange]);
  const times = useMemo(() => ({ when, step, start, force, onWhen }), [when, step, start, force, onWhen]);
  const Body = BODIES[section];
  return (
    <form
      className="settings"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onApply();
      }}
    >
      <header>
        <h2 id="settings-title">Settings</h2>
        <button type="button" className="icon-only" aria-label="Close Settings" onClick={props.onClose}>
          <Icon name="remove" />
        </button>
      </header>
      <Sections {...props} />
      <section className="settings-body" aria-labelledby="settings-section" key={section}>
        <div className="section-head">
          <h3 id="settings-section">{SECTION_TITLES[section]}</h3>
          <button type="button" className="quiet" onClick={() => props.onReset(section)}>
            Reset to defaults
          </button>
        </div>
        <FormContext value={form}>
          <TimesContext value={times}>
            <Body />
          </TimesContext>
        </FormContext>
      </section>
      <Foot {...props} />
    </form>
  );
}

/** The sections, each with the number of fields in it that are wrong. */
function Sections({ section, problems, onSection }: SettingsProps) {
  return (
    <nav aria-label="Settings">
      {SECTIONS.map((id) => {
        const wrong = Object.keys(problems).filter((field) => sectionOf(field) === id).length;
        return (
          <button
            key={id}
            type="button"
            className="quiet"
            aria-current={id === section ? 'page' : undefined}
            onClick={() => onSection(id)}
          >
            {SECTION_TITLES[id]}
            {wrong > 0 && <span className="wrong"> {wrong} wrong</span>}
          </button>
        );
      })}
    </nav>
  );
}

/** What keeps the settings from being applied, or what applying them will also do, and the buttons. */
function Foot({ problems, others, moved, dirty, resumed, section, onSection, onCancel }: SettingsProps) {
  const elsewhere = Object.keys(problems)
    .map(sectionOf)
    .find((id) => id !== undefined && id !== section);
  const wrong = Object.keys(problems).length + others.length;
  return (
    <footer>
      <div className="foot-says" role="status">
        {others.slice(0, 3).map((other) => (
          <p key={other} className="problem">
            {other}
          </p>
        ))}
        {others.length > 3 && <p className="problem">and {others.length - 3} more</p>}
        {elsewhere && (
          <p className="problem">
            Something is wrong in{' '}
            <button type="button" className="link" onClick={() => onSection(elsewhere)}>
              {SECTION_TITLES[elsewhere]}
            </button>
          </p>
        )}
        {moved > 0 && (
          <p>
            {moved} {moved === 1 ? 'operation runs' : 'operations run'} on a PCPU that goes; on Apply{' '}
            {moved === 1 ? 'it moves' : 'they move'} to the last one left.
          </p>
        )}
        {wrong === 0 && moved === 0 && <p>{restText(dirty, resumed)}</p>}
      </div>
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
      <button type="submit" className="primary" aria-disabled={!dirty || wrong > 0 || undefined}>
        Apply
      </button>
    </footer>
  );
}

function restText(dirty: boolean, resumed: boolean): string {
  if (!dirty) return 'Nothing is changed yet.';
  if (resumed) return 'Your edits from before are still here. Cancel gives them up.';
  return 'Escape keeps your edits for later, Cancel gives them up. Apply can be undone.';
}

interface ModalProps {
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** A native dialog above the page. Keys pressed in it are not those of the page. */
export function SettingsModal({ children, onClose }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed before it leaves the page, so that the focus goes back to where it was.
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="settings-dialog"
      aria-labelledby="settings-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {children}
    </dialog>
  );
}
