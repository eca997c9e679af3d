import { useEffect, useRef } from 'react';
import { ENTRY_NAMES } from '../../machine/address';
import { Hex } from '../number';
import { Tag } from '../tag';
import { problemOf } from './hex-field';
import type { WhatIfProps } from './props';
import { bitsText, consequences, differences } from './what-if';

/** What a draft would do, before it is done; nothing when it is what the entry is. */
export function WhatIf(props: WhatIfProps) {
  const { entry, draft, pcpu, flips, onPoke, onDiscard } = props;
  const first = useRef<HTMLDivElement>(null);
  // Moves no more than it must; the verdict has its room before it is there.
  useEffect(() => {
    if (flips > 0) first.current?.scrollIntoView({ block: 'nearest' });
  }, [flips]);
  const problem = problemOf(draft);
  if (draft.value === entry.entry && problem === undefined) return undefined;
  const unready = problem !== undefined || draft.value === entry.entry;
  return (
    <section className="what-if" aria-label="If you poke this">
      <div className="what-if-first" ref={first}>
        <div className="what-if-acts">
          <h3>If you poke this</h3>
          <button
            type="button"
            className="primary"
            aria-disabled={unready || undefined}
            title={`PCPU ${pcpu} writes the word to ${ENTRY_NAMES[entry.level]} ${entry.index}, and flushes nothing; adds an operation`}
            onClick={() => {
              if (unready) return;
              onPoke(entry.ma, draft.value);
              onDiscard();
            }}
          >
            Poke<span className="unseen"> (adds an operation)</span>
          </button>
          <button type="button" onClick={onDiscard}>
            Discard
          </button>
        </div>
        <Verdict {...props} wrong={problem !== undefined} />
      </div>
      {problem === undefined && <Foretold {...props} />}
    </section>
  );
}

type ForetoldProps = Omit<WhatIfProps, 'onPoke' | 'onDiscard' | 'pcpu' | 'flips'>;

const sayings = ({
  entry: { entry, level },
  draft,
  forecast,
  control,
  maxPhyAddr,
}: ForetoldProps): readonly string[] =>
  forecast
    ? consequences(forecast.now, forecast.after, { level, from: entry, to: draft.value, control, maxPhyAddr })
    : [];

/** The sentence that matters. */
function Verdict({ wrong, ...props }: ForetoldProps & { readonly wrong: boolean }) {
  const { noForecast, behind } = props;
  const [first] = wrong ? ['What is typed is no entry yet.'] : sayings(props);
  return (
    <div className="verdict" aria-live="polite">
      {first === undefined ? (
        <p className="hint">{noForecast ?? 'The machine is asked…'}</p>
      ) : (
        <p className="headline">{first}</p>
      )}
      {behind !== undefined && (
        <p>
          As of this step, where an operation is under way: the poke comes behind {behind} and writes all 64 bits over
          what the entry holds by then.
        </p>
      )}
    </div>
  );
}

function Foretold(props: ForetoldProps) {
  const { entry, draft, forecast, control } = props;
  return (
    <>
      {sayings(props)
        .slice(1)
        .map((says) => (
          <p key={says}>{says}</p>
        ))}
      <p className="what-if-change">
        {bitsText(entry.entry ^ draft.value)}: <Hex value={entry.entry} digits={16} /> →{' '}
        <Hex value={draft.value} digits={16} />
      </p>
      {forecast && <Differences rows={differences(forecast.now, forecast.after, control)} />}
      <p>
        <Tag tag="A" source="SDM 4.6.1, 4.7, 4.10.4.2" />
      </p>
    </>
  );
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
