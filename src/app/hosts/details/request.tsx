import { useMemo } from 'react';
import { MAX_RANGES } from '../../../state/draft';
import { namesAt } from '../../../state/insert';
import { rangesOf } from '../../../state/read-draft';
import { mappingAt } from '../../../state/selection';
import { Request } from '../../../views/request/request';
import { CALLS, lastOutcome } from '../../outcomes';
import { useExplorer, useSession, useView } from '../../use-explorer';

export function RequestDetail() {
  const explorer = useExplorer();
  const draft = useView((view) => view.draft);
  const va = useView((view) => view.va);
  const document = useSession((session) => session.document);
  const picture = useSession((session) => session.picture);
  const forecast = useSession((session) => session.forecast);
  const begun = explorer.insertionIndex();
  const { resources, reservations } = useMemo(() => namesAt(document, begun), [document, begun]);
  return (
    <Request
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
