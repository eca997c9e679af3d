import { useMemo, type ReactNode } from 'react';
import { PANEL_IDS, PANELS, type PanelId } from '../../state/layout';
import { PanelContext } from '../../views/panel';
import { useExplorer, useView } from '../use-explorer';
import { styleOf } from './borders';
import { goToPanel, maximise } from './go-to';

/** The main part of the page: panels between borders that can be moved, or one that fills the place of all. */
export function Panels({ children }: { readonly children: ReactNode }) {
  const explorer = useExplorer();
  const { borders, maximised, folded } = useView(({ layout }) => layout);
  const frame = useMemo(
    () => ({
      maximised,
      folded,
      onMaximise: (id: string) => maximise(explorer, id as PanelId),
      onRestore: () => maximise(explorer, undefined),
      onFold: (fold: boolean) => explorer.arrange({ folded: fold }),
    }),
    [explorer, maximised, folded],
  );
  return (
    <PanelContext value={frame}>
      <main className={`panels${maximised ? ' one' : ''}${folded ? ' folded' : ''}`} style={styleOf(borders)}>
        {children}
      </main>
    </PanelContext>
  );
}

/** Where the panels do not all fit on the screen: a way to each. */
export function Jumps() {
  const explorer = useExplorer();
  const maximised = useView(({ layout }) => layout.maximised);
  return (
    <nav className="jumps" aria-label="Panels">
      <ul>
        {PANEL_IDS.filter((id) => id !== 'timeline').map((id) => (
          <li key={id}>
            <button
              type="button"
              className="quiet"
              aria-current={id === maximised || undefined}
              // The browser leaves one that is half in sight where it is. Under a finger it must stay there.
              onFocus={({ currentTarget }) => {
                if (currentTarget.matches(':focus-visible'))
                  currentTarget.scrollIntoView({ block: 'nearest', inline: 'center' });
              }}
              onClick={() => goToPanel(explorer, id)}
            >
              {PANELS[id]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
