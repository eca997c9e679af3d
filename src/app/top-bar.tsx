import type { Theme } from '../state/view';
import { Icon } from '../views/icons';
import { entryOf, EXAMPLES, groupsOf } from './scenarios';
import { useExplorer, useSession } from './use-explorer';

export function TopBar({ theme }: { readonly theme: Theme }) {
  const explorer = useExplorer();
  const canUndo = useSession(({ past }) => past.length > 0);
  const canRedo = useSession(({ future }) => future.length > 0);
  const other = theme === 'light' ? 'dark' : 'light';
  return (
    <header className="top-bar">
      <h1>
        <Mark /> Pagescope
      </h1>
      <Scenarios />
      <div className="history" role="group" aria-label="History">
        <button type="button" className="quiet" aria-disabled={!canUndo || undefined} onClick={() => explorer.undo()}>
          Undo
        </button>
        <button type="button" className="quiet" aria-disabled={!canRedo || undefined} onClick={() => explorer.redo()}>
          Redo
        </button>
      </div>
      <Tagline />
      <button
        type="button"
        className="icon-only"
        aria-label={`Use the ${other} theme`}
        title={`Use the ${other} theme`}
        onClick={() => explorer.setTheme(other)}
      >
        <Icon name="theme" />
      </button>
    </header>
  );
}

/** What this is; for a scenario of the library, why it matters and where to look first. */
function Tagline() {
  const entry = useSession(({ library, document }) => entryOf(library, document));
  if (!entry || entry.id === EXAMPLES[0].id) {
    return <p className="tagline">vmk_Map and x86-64 paging on a simulated machine, step by step. Press Play.</p>;
  }
  return (
    <p className="tagline" title={`${entry.why} Source: ${entry.source}`}>
      {entry.look}
    </p>
  );
}

const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
    {[4, 3, 2, 1].map((level, i) => (
      <rect key={level} className={`bar-${level}`} x={3 + 7 * i} y={21 - 6 * i} width="5" height={8 + 6 * i} rx="1.5" />
    ))}
  </svg>
);

function Scenarios() {
  const explorer = useExplorer();
  const document = useSession((session) => session.document);
  const library = useSession(({ library: entries }) => entries);
  const current = entryOf(library, document);
  const open = (id: string): void => void explorer.openLibrary(id);
  return (
    <div className="scenarios" role="group" aria-label="Scenarios">
      {EXAMPLES.map(({ id, name }) => (
        <button key={id} type="button" aria-pressed={current?.id === id} onClick={() => open(id)}>
          {name}
        </button>
      ))}
      <select
        aria-label="More scenarios"
        value={EXAMPLES.some(({ id }) => id === current?.id) ? '' : (current?.id ?? '')}
        onChange={(event) => open(event.target.value)}
      >
        <option value="" disabled>
          {current ? 'More scenarios' : document.title || 'Untitled'}
        </option>
        {groupsOf(library).map(({ title, entries }) => (
          <optgroup key={title} label={title}>
            {entries.map(({ id, title: name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
