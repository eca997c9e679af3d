import { useId, type ReactNode } from 'react';
import type { Theme } from '../state/view';
import { Icon, type IconName } from '../views/icons';
import { keysOf } from './keys';
import { entryOf, EXAMPLES, groupsOf } from './scenarios';
import { useExplorer, useSession } from './use-explorer';

/** The name, the scenario and its history at the left; what is about the page itself at the right. */
export function TopBar({ theme }: { readonly theme: Theme }) {
  const explorer = useExplorer();
  const other = theme === 'light' ? 'dark' : 'light';
  return (
    <header className="top-bar">
      <h1>
        <Mark /> Pagescope
      </h1>
      <Scenarios />
      <History />
      <Tagline />
      <div className="tools" role="group" aria-label="Page">
        <button type="button" className="quiet" aria-label="Learn" onClick={() => explorer.showDialog('learn')}>
          <Icon name="learn" /> <span className="wide">Learn</span>
        </button>
        <button type="button" className="quiet" aria-label="Find" onClick={() => explorer.showDialog('palette')}>
          <Icon name="find" /> <span className="wide">Find</span>
          <kbd className="wide" aria-hidden="true">
            {keysOf('Mod+k').join(' ')}
          </kbd>
        </button>
        <button type="button" className="quiet" aria-label="Share" onClick={() => explorer.showDialog('share')}>
          <Icon name="share" /> <span className="wide">Share</span>
        </button>
        <Tool name="Settings" icon="settings" onClick={() => explorer.showDialog('settings')} />
        <Tool name={`Use the ${other} theme`} icon="theme" onClick={() => explorer.setTheme(other)} />
        <Tool name="Keys" onClick={() => explorer.showDialog('keys')}>
          ?
        </Tool>
      </div>
    </header>
  );
}

interface ToolProps {
  readonly name: string;
  readonly icon?: IconName;
  readonly onClick: () => void;
  readonly children?: ReactNode;
}

function Tool({ name, icon, onClick, children }: ToolProps) {
  return (
    <button type="button" className="icon-only" aria-label={name} title={name} onClick={onClick}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** Changes of the document; moving through time is the time line's. */
function History() {
  const explorer = useExplorer();
  const canUndo = useSession(({ past }) => past.length > 0);
  const canRedo = useSession(({ future }) => future.length > 0);
  const button = (name: string, icon: IconName, can: boolean, act: () => void) => (
    <button
      type="button"
      className="quiet"
      aria-label={name}
      title={`${name} a change of the scenario`}
      aria-disabled={!can || undefined}
      onClick={act}
    >
      <Icon name={icon} /> <span className="wide">{name}</span>
    </button>
  );
  return (
    <div className="history" role="group" aria-label="History">
      {button('Undo', 'undo', canUndo, () => explorer.undo())}
      {button('Redo', 'redo', canRedo, () => explorer.redo())}
    </div>
  );
}

/** What this is; for a scenario of the library, why it matters and where to look first. */
function Tagline() {
  const id = useId();
  const entry = useSession(({ library, document }) => entryOf(library, document));
  if (!entry || entry.id === EXAMPLES[0].id) {
    return <p className="tagline">vmk_Map and x86-64 paging, step by step. Press Play.</p>;
  }
  return (
    <div className="tagline" key={entry.id}>
      <button type="button" title="Show all of it, and why it matters" popoverTarget={id}>
        <span>{entry.look}</span>
      </button>
      <div className="tagline-more" id={id} popover="auto">
        <p>{entry.look}</p>
        <p>{entry.why}</p>
        <p className="hint">Source: {entry.source}</p>
      </div>
    </div>
  );
}

const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
    {[4, 3, 2, 1].map((level, i) => (
      <rect key={level} className={`bar-${level}`} x={3 + 7 * i} y={21 - 6 * i} width="5" height={8 + 6 * i} rx="1.5" />
    ))}
  </svg>
);

/** The list says which scenario is open; the two examples of the header are also a click away. */
function Scenarios() {
  const explorer = useExplorer();
  const id = useId();
  const document = useSession((session) => session.document);
  const library = useSession(({ library: entries }) => entries);
  const current = entryOf(library, document);
  const open = (chosen: string): void => void explorer.openLibrary(chosen);
  return (
    <div className="scenarios" role="group" aria-label="Scenarios">
      <label className="unseen" htmlFor={id}>
        More scenarios
      </label>
      <select id={id} value={current?.id ?? ''} onChange={(event) => open(event.target.value)}>
        {!current && (
          <option value="" disabled>
            {document.title || 'Untitled'}
          </option>
        )}
        {groupsOf(library, current).map(({ title, entries }) => (
          <optgroup key={title} label={title}>
            {entries.map((entry) => (
              <option key={entry.id} value={entry.id}>
                {entry.title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <button type="button" onClick={() => explorer.showDialog('gallery')}>
        Gallery
      </button>
      {EXAMPLES.map((example) => (
        <button
          key={example.id}
          type="button"
          aria-pressed={current?.id === example.id}
          onClick={() => open(example.id)}
        >
          {example.name}
        </button>
      ))}
    </div>
  );
}
