import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { cColours, type Mistake } from '../../../scenario/c';
import { sourceDesk } from '../../../state/source-desk';
import { CSource } from '../../../views/source/c-source';
import type { Mark } from '../../../views/source/props';
import { useExplorer, useSession } from '../../use-explorer';

/** As wide as the word that is wrong. */
function markOf({ line, column, found, rule }: Mistake, text: string): Mark {
  const [word = ' '] = /^(?:\w+|\S)/.exec((text.split('\n')[line - 1] ?? '').slice(column - 1)) ?? [];
  return { line, column, end: column + word.length, says: `${found}: ${rule}` };
}

/** The scenario as C, or C that is to become one; a chunk of its own, loaded when its tab is first opened. */
export function CSourceDetail() {
  const explorer = useExplorer();
  const desk = sourceDesk(explorer);
  const { text, typed, busy, reading, mistake, trouble } = useStore(desk.store);
  const isOpen = useSession(({ document }) => document === reading?.scenario);
  useEffect(() => desk.show(), [desk]);
  const remarks = useMemo(
    () => (reading?.remarks ?? []).map(({ line, column, says }) => ({ line, column, end: column + 1, says })),
    [reading],
  );
  return (
    <CSource
      text={text}
      typed={typed}
      busy={busy}
      isOpen={isOpen}
      mistake={useMemo(() => mistake && markOf(mistake, text), [mistake, text])}
      remarks={remarks}
      ops={reading?.scenario.ops.length}
      trouble={trouble}
      paint={cColours}
      onText={(now) => desk.type(now)}
      onUse={() => desk.use()}
      onRestore={() => desk.restore()}
    />
  );
}
