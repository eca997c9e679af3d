import { lazy, Suspense, type ComponentType } from 'react';
import { useSession } from '../use-explorer';
import { Empty } from './empty';
import { loadDetails, type Details } from './load-details';

/** A pane that is loaded once there is a picture; until then it is there, and empty. */
export function later(name: string, id: string, pick: (details: Details) => ComponentType) {
  const Detail = lazy(async () => ({ default: pick(await loadDetails()) }));
  const empty = <Empty name={name} id={id} />;
  return function Later() {
    const ready = useSession(({ picture }) => picture !== undefined);
    return ready ? (
      <Suspense fallback={empty}>
        <Detail />
      </Suspense>
    ) : (
      empty
    );
  };
}
