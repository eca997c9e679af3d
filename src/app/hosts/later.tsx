import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import type { Session } from '../../state/session';
import { useSession } from '../use-explorer';
import { Empty } from './empty';
import { loadDetails, type Details } from './load-details';

type Pick<P> = (details: Details) => ComponentType<P>;

const isShown = ({ picture }: Session): boolean => picture !== undefined;
const isSettled = (session: Session): boolean => isShown(session) || session.engine.kind === 'failed';

/** Loaded once it is ready for it; until it is there something stands in for it. */
function loaded<P extends object>(pick: Pick<P>, isReady: (session: Session) => boolean, before?: ReactNode) {
  const Part = lazy(async () => ({ default: pick(await loadDetails()) })) as unknown as ComponentType<P>;
  return function Later(props: P) {
    if (!useSession(isReady)) return before;
    return (
      <Suspense fallback={before}>
        <Part {...props} />
      </Suspense>
    );
  };
}

/** A pane that is loaded once there is a picture; until then it is there, and empty. */
export const later = (name: string, id: string, pick: Pick<object>) =>
  loaded(pick, isShown, <Empty name={name} id={id} />);

/** What nobody sees before it is used: loaded once there is a picture, or there will be none. */
export const unseenLater = <P extends object>(pick: Pick<P>) => loaded(pick, isSettled);
