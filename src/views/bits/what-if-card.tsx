import { ENTRY_NAMES } from '../../machine/address';
import { Hex } from '../number';
import { Tag } from '../tag';
import { problemOf } from './hex-field';
import type { WhatIfProps } from './props';
import { consequences, differences } from './what-if';

/** What a draft would do, before it is done; nothing when it is what the entry is. */
export function WhatIf(props: WhatIfProps) {
  const { entry, draft, pcpu, onPoke, onDiscard } = props;
  const problem = problemOf(draft);
  if (draft.value === entry.entry && problem === undefined) return undefined;
  const unready = problem !== undefined || draft.value === entry.entry;
  return (
    <section className="what-if" aria-label="If you poke this">
      <h3>If you poke this</h3>
      {problem === undefined && <Foretold {...props} />}
      <p className="what-if-acts">
        <button
          type="button"
          className="primary"
          aria-disabled={unready || undefined}
          title={`PCPU ${pcpu} writes the word to ${ENTRY_NAMES[entry.level]} ${entry.index}, and flushes nothing`}
          onClick={() => {
            if (unready) return;
            onPoke(entry.ma, draft.value);
            onDiscard();
          }}
        >
          Poke (adds an operation)
        </button>
        <button type="button" onClick={onDiscard}>
          Discard
        </button>
      </p>
    </section>
  );
}

function Foretold({ entry: { entry, level }, draft, forecast, noForecast, control }: WhatIfProps) {
  const [first, ...rest] = forecast ? consequences(forecast.now, forecast.after, level, control) : [];
  return (
    <>
      <div aria-live="polite">
        {first !== undefined && <p className="headline">{first}</p>}
        {rest.map((says) => (
          <p key={says}>{says}</p>
        ))}
        {forecast?.hazards.map((title) => (
          <p key={title}>Reported: {title}.</p>
        ))}
      </div>
      <p className="what-if-change">
        {changedText(entry ^ draft.value)}: <Hex value={entry} digits={16} /> → <Hex value={draft.value} digits={16} />
      </p>
      {forecast ? (
        <Differences rows={differences(forecast.now, forecast.after, control)} />
      ) : (
        <p className="hint">{noForecast ?? 'The machine is asked…'}</p>
      )}
      <p>
        <Tag tag="A" source="SDM 4.6.1, 4.7, 4.10.4.2" />
      </p>
    </>
  );
}

/** `bits 0, 63`. */
function changedText(bits: bigint): string {
  const changed = Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => (bits >> BigInt(bit)) & 1n);
  if (changed.length > 8) return `${changed.length} bits`;
  return `${changed.length === 1 ? 'bit' : 'bits'} ${changed.join(', ')}`;
}

function Differences({ rows }: { readonly rows: ReturnType<typeof differences> }) {
  if (rows.length === 0) return undefined;
  return (
    <table className="differences">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">What</span>
          </th>
          <th scope="col">now</th>
          <th scope="col">then</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, now, after, worse }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{now}</td>
            <td className={worse ? 'worse' : undefined}>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
