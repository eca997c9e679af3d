import type { Kept as KeptDocument } from '../state/kept';
import { useExplorer, useSession } from './use-explorer';

/** Offers the documents of earlier visits, one after the other. Each stays on offer until it is answered. */
export function Kept() {
  const explorer = useExplorer();
  const kept = useSession((session) => session.kept[0]);
  const more = useSession((session) => session.kept.length - 1);
  const unstored = useSession((session) => session.unstored);
  return (
    <>
      {unstored && (
        <p className="kept" role="alert">
          Your browser refuses to store the scenario: a reload would lose it. Share gives a link that keeps it.
        </p>
      )}
      {kept && (
        <p className="kept" role="note">
          <span>
            {nameOf(kept)}
            {more > 0 && ` ${more} older ${more === 1 ? 'one is' : 'ones are'} stored behind it.`}
          </span>
          {kept.document && (
            <button type="button" onClick={() => explorer.takeKept(kept)}>
              Continue with it
            </button>
          )}
          <button type="button" className="quiet" onClick={() => explorer.forgetKept(kept)}>
            Discard it
          </button>
        </p>
      )}
    </>
  );
}

function nameOf({ document, problem }: KeptDocument): string {
  if (!document) return `A scenario of an earlier visit cannot be read: ${problem}.`;
  const { title, ops } = document;
  return `Your last scenario is still here: ${title || 'Untitled'}, changed by you, ${ops.length} ${ops.length === 1 ? 'operation' : 'operations'}.`;
}
