import { useExplorer, useSession } from './use-explorer';

/** Offers the document of an earlier visit. It stays on offer until it is answered. */
export function Kept() {
  const explorer = useExplorer();
  const kept = useSession((session) => session.kept);
  if (!kept) return undefined;
  const count = kept.ops.length;
  return (
    <p className="kept" role="note">
      <span>
        Your last scenario is still here: {kept.title || 'Untitled'}, {count} {count === 1 ? 'operation' : 'operations'}
        .
      </span>
      <button type="button" onClick={() => explorer.settleKept(true)}>
        Continue with it
      </button>
      <button type="button" className="quiet" onClick={() => explorer.settleKept(false)}>
        Discard it
      </button>
    </p>
  );
}
