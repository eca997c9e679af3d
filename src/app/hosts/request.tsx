import { useMemo } from 'react';
import type { Scenario } from '../../scenario';
import { MAX_RANGES, rangesOf } from '../../state/draft';
import { mappingAt } from '../../state/selection';
import { Request } from '../../views/request/request';
import { CALLS, lastOutcome } from '../outcomes';
import { useExplorer, useSession, useView } from '../use-explorer';

export function RequestHost() {
  const explorer = useExplorer();
  const draft = useView((view) => view.draft);
  const va = useView((view) => view.va);
  const document = useSession((session) => session.document);
  const picture = useSession((session) => session.picture);
  const forecast = useSession((session) => session.forecast);
  const choices = useMemo(() => choicesOf(document), [document]);
  return (
    <Request
      draft={draft}
      pcpus={document.config.pcpus}
      modules={picture?.modules ?? []}
      {...choices}
      mapping={mappingAt(picture, va)}
      forecast={forecast}
      lastCall={lastOutcome(document, picture, CALLS)}
      mostRanges={MAX_RANGES}
      readRanges={rangesOf}
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

/** The names that a request may use: those of the configuration and those that operations give. */
function choicesOf({ config, ops }: Scenario): {
  readonly reservations: readonly string[];
  readonly resources: readonly string[];
} {
  return {
    reservations: [
      ...config.reservations.map(({ name }) => name),
      ...ops.flatMap((op) => (op.op === 'reserve' ? [op.as] : [])),
    ],
    resources: [
      ...config.resources.map(({ name }) => name),
      ...ops.flatMap((op) => (op.op === 'register' ? [op.resource] : [])),
    ],
  };
}
