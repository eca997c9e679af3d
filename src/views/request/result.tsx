import type { Outcome } from '../../engine/picture';
import { Address } from '../number';

interface ResultProps {
  readonly outcome: Outcome | undefined;
  readonly onSelect: (va: bigint) => void;
}

/** What the last call that has ended returned. */
export function Result({ outcome, onSelect }: ResultProps) {
  return (
    <div role="status" aria-label="Result" className="result">
      {outcome ? <Returned outcome={outcome} onSelect={onSelect} /> : <p className="hint">No call has ended yet.</p>}
    </div>
  );
}

function Returned({ outcome, onSelect }: { readonly outcome: Outcome; readonly onSelect: (va: bigint) => void }) {
  const { status, va, says, field, label, state } = outcome;
  const refused = status !== undefined && status !== 'VMK_OK';
  return (
    <>
      <p>
        <b className={refused ? 'refused' : 'accepted'}>{status ?? (state === 'skipped' ? 'not called' : 'void')}</b>
        {va !== undefined && (
          <>
            {'  va '}
            <Address va={va} onSelect={onSelect} />
          </>
        )}
        <span className="call"> {label}</span>
      </p>
      {(says !== '' || field !== undefined) && (
        <p className="says">
          {field !== undefined && <code>{field}</code>} {says}
        </p>
      )}
    </>
  );
}
