import { lazy, Suspense, useMemo } from 'react';
import { MAX_RANGES } from '../../../state/draft';
import { namesAt } from '../../../state/insert';
import { rangesOf } from '../../../state/read-draft';
import { mappingAt } from '../../../state/selection';
import type { Way } from '../../../state/view';
import { Request, WAY } from '../../../views/request/request';
import { TabList } from '../../../views/tab-list';
import { CALLS, lastOutcome } from '../../outcomes';
import { useExplorer, useSession, useView } from '../../use-explorer';

const SHOWN = {
  script: lazy(() => import('./script').then(({ ScriptDetail }) => ({ default: ScriptDetail }))),
  c: lazy(() => import('./c-source').then(({ CSourceDetail }) => ({ default: CSourceDetail }))),
};
const WAYS: readonly { readonly id: Way; readonly label: string }[] = [
  { id: 'form', label: 'Form' },
  { id: 'script', label: 'Script' },
  { id: 'c', label: 'C source' },
];

export function RequestDetail() {
  const explorer = useExplorer();
  const way = useView(({ tabs }) => tabs.request);
  const Shown = way === 'form' ? undefined : SHOWN[way];
  const draft = useView((view) => view.draft);
  const va = useView((view) => view.va);
  const document = useSession((session) => session.document);
  const picture = useSession((session) => session.picture);
  const forecast = useSession((session) => session.forecast);
  const begun = explorer.insertionIndex();
  const { resources, reservations } = useMemo(() => namesAt(document, begun), [document, begun]);
  return (
    <Request
      ways={
        <TabList
          name="Ways to write"
          id={WAY}
          tabs={WAYS}
          open={way}
          onOpen={(to) => explorer.showTabs({ request: to })}
        />
      }
      way={{
        tab: way,
        shown: Shown && (
          <Suspense fallback={<p className="hint">…</p>}>
            <Shown />
          </Suspense>
        ),
      }}
      draft={draft}
      pcpus={document.config.pcpus}
      modules={picture?.modules ?? []}
      resources={resources}
      reservations={reservations}
      mapping={mappingAt(picture, va)}
      problems={explorer.read('map').problems ?? {}}
      forecast={forecast}
      lastCall={lastOutcome(document, picture, CALLS)}
      mostRanges={MAX_RANGES}
      readRanges={rangesOf}
      lines={useView(({ typed }) => typed['ranges'])}
      onLines={(text) => explorer.keepTyped('ranges', text)}
      onDraft={(change) => {
        explorer.consider('map');
        explorer.setDraft(change);
      }}
      onAct={(act) => explorer.act(act)}
      onConsider={(act) => explorer.consider(act)}
      onReserve={(resource) => explorer.reserve(resource)}
      onSelect={(to) => explorer.select({ kind: 'va', va: to })}
    />
  );
}
