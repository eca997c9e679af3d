import { useCallback, useEffect, useMemo } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import { LIBRARY_GROUPS } from '../../scenario/library-groups';
import { hazardsOf } from '../../scenario/library-hazards';
import type { Explorer } from '../../state/explorer';
import { Strips, takesLong } from '../../state/strips';
import { Gallery } from '../../views/gallery/gallery';
import { entryOf } from '../scenarios';
import { useExplorer, useSession } from '../use-explorer';
import { Modal } from './modal';

/** Pictures once made stay for the visit. */
const kept = new WeakMap<Explorer, Strips>();

function stripsOf(explorer: Explorer): Strips {
  const strips = kept.get(explorer) ?? new Strips(explorer.spawn);
  kept.set(explorer, strips);
  return strips;
}

/** The library on a page of its own, with a small picture of each scenario. */
export function GalleryDialog({ onClose }: { readonly onClose: () => void }) {
  const explorer = useExplorer();
  const library = useSession((session) => session.library);
  const current = useSession(({ document }) => entryOf(library, document)?.id);
  const strips = stripsOf(explorer);
  const made = useStore(strips.made);
  const cards = useMemo(
    () =>
      library.map((entry) => ({
        ...entry,
        group: LIBRARY_GROUPS[entry.group],
        hazards: hazardsOf(entry),
        slow: takesLong(entry),
      })),
    [library],
  );
  useEffect(() => () => strips.close(), [strips]);
  const see = useCallback(
    (id: string, inView: boolean) => {
      const entry = library.find((one) => one.id === id);
      if (entry) strips.see(entry, inView);
    },
    [library, strips],
  );
  const open = useCallback(
    (id: string) => {
      // The dialog gives the focus back first.
      flushSync(onClose);
      void explorer.openLibrary(id);
    },
    [explorer, onClose],
  );
  return (
    <Modal label="Gallery" id="gallery" heading={false} onClose={onClose}>
      <Gallery cards={cards} strips={made} current={current} onSee={see} onOpen={open} onClose={onClose} />
    </Modal>
  );
}
