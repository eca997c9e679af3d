import { useEffect, useRef } from 'react';
import { Tree } from '../../views/tree/tree';
import { useExplorer, useSession, useView } from '../use-explorer';
import { useLit } from '../use-lit';

/** All tables; a chunk of its own, loaded when they are first asked for. */
export function TreeHost() {
  const explorer = useExplorer();
  const tree = useSession(({ picture }) => picture?.tree);
  const va = useView((view) => view.va);
  const path = useSession(({ picture }) => (picture?.walk.va === va ? picture.tree?.path : undefined));
  const openedFor = useRef<bigint>(undefined);
  const lit = useLit();
  // What was opened for the selected address stays open when another is selected.
  useEffect(() => {
    if (!path || openedFor.current === va) return;
    openedFor.current = va;
    explorer.openNodes(path);
  }, [explorer, path, va]);
  if (!tree) return <p className="hint">…</p>;
  return (
    <Tree
      tree={tree}
      lit={lit}
      onToggle={(id, open) => explorer.toggleNode(id, open)}
      onHover={(thing) => explorer.hover(thing)}
      onSelect={(thing) => explorer.select(thing)}
    />
  );
}
