import './card.css';
import { decimalGroups } from '../../base/number';
import { COST_PROFILES, type CostName, type CostProfileName } from '../../machine/cost';
import { COST_KIND_TEXT, COST_TEXT } from '../../machine/cost-text';
import { COST_KINDS, type CostKind } from '../../machine/cycles';
import type { Outcome, TimelinePicture } from '../../engine/picture';
import type { Thing } from '../../engine/thing';
import { Icon } from '../icons';
import { ACTS } from '../acts';
import { cyclesText } from './words';

interface CardProps {
  readonly timeline: TimelinePicture;
  readonly thing: Extract<Thing, { readonly kind: 'op' | 'step' | 'message' }>;
  /** How the operation stands in the present step. */
  readonly outcome: Outcome | undefined;
  readonly costs: CostProfileName;
  readonly onSelect: (thing: Thing) => void;
  readonly onSeek: (step: number) => void;
  readonly onClose: () => void;
}

/** What was chosen on the time line: an operation with its costs, a step, or a message. */
export function Card(props: CardProps) {
  const { thing, timeline, onClose } = props;
  return (
    <aside
      className={`selected-card${isLate(timeline, thing) ? ' at-left' : ''}`}
      aria-label="Selected on the time line"
    >
      <button type="button" className="icon-only card-close" aria-label="Close the card" onClick={onClose}>
        <Icon name="remove" />
      </button>
      {thing.kind === 'op' && <OpCard {...props} index={thing.index} />}
      {thing.kind === 'step' && <StepCard {...props} step={thing.step} />}
      {thing.kind === 'message' && <MessageCard {...props} index={thing.index} />}
    </aside>
  );
}

/** Whether the middle of a thing stands in the second half of a run. */
function isLate({ ops, times, messages, steps }: TimelinePicture, thing: CardProps['thing']): boolean {
  const end = times[steps] ?? 0;
  if (thing.kind === 'message') return (messages.sent[thing.index] ?? 0) > end / 2;
  if (thing.kind === 'step') return (times[thing.step] ?? 0) > end / 2;
  const op = ops[thing.index];
  return op !== undefined && op.started + op.ended > end;
}

/** The sorts of cost: their colour, and the figures that they are made of. */
const KINDS: Readonly<Record<CostKind, { readonly token: string; readonly from: readonly CostName[] }>> = {
  check: { token: '--ink-3', from: ['call', 'check'] },
  tables: { token: '--table', from: ['vaSearch', 'takeTable'] },
  entries: { token: '--L1', from: ['writeEntry'] },
  translate: {
    token: '--L3',
    from: ['hitL1', 'hitL2', 'readTable', 'readTableFirst', 'fault'],
  },
  invalidate: { token: '--accent', from: ['invlpg', 'flush'] },
  ipi: { token: '--L2', from: ['ipiSend'] },
  wait: { token: '--line-strong', from: ['ipiFlight', 'interrupt', 'ackFlight'] },
  cache: { token: '--map-6', from: ['flushLine'] },
  remote: { token: '--device', from: ['interrupt', 'invlpg', 'flush', 'ack'] },
};

function OpCard({ timeline, outcome, costs, index, onSeek }: CardProps & { readonly index: number }) {
  const op = timeline.ops[index];
  if (!op) return undefined;
  const cycles = outcome?.cycles ?? {};
  const kinds = COST_KINDS.filter((kind) => (cycles[kind] ?? 0) > 0);
  return (
    <>
      <h3>{op.label}</h3>
      <p>
        PCPU {op.pcpu}, <Go step={op.first} onSeek={onSeek} /> to <Go step={op.last} onSeek={onSeek} />
        {outcome?.status !== undefined && (
          <span className={outcome.status === 'VMK_OK' ? 'accepted' : 'refused'}> {outcome.status}</span>
        )}
        {outcome?.faulted && <span className="refused"> fault</span>}
      </p>
      {outcome?.says && <p className="says">{outcome.says}</p>}
      {kinds.length === 0 ? (
        <p className="hint">{outcome?.state === 'waiting' ? 'Not begun in this step.' : 'No cycles so far.'}</p>
      ) : (
        <Costs outcome={outcome} kinds={kinds} costs={costs} />
      )}
    </>
  );
}

interface CostsProps {
  readonly outcome: Outcome | undefined;
  readonly kinds: readonly CostKind[];
  readonly costs: CostProfileName;
}

function Costs({ outcome, kinds, costs }: CostsProps) {
  const cycles = outcome?.cycles ?? {};
  const own = kinds.filter((kind) => kind !== 'remote');
  const total = outcome?.total ?? 0;
  return (
    <>
      <div className="cost-bar" aria-hidden="true">
        {own.map((kind) => (
          <span key={kind} style={{ flexGrow: cycles[kind] ?? 0, background: `var(${KINDS[kind].token})` }} />
        ))}
      </div>
      <table>
        <caption>
          {cyclesText(total)}
          {outcome?.state === 'running' && ' so far'}
        </caption>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">
                <i style={{ background: `var(${KINDS[kind].token})` }} aria-hidden="true" />
                {COST_KIND_TEXT[kind]}
                <Sources kind={kind} costs={costs} />
              </th>
              <td className="number">{decimalGroups(cycles[kind] ?? 0)}</td>
              <td className="number">{kind === 'remote' ? '' : `${share(cycles[kind] ?? 0, total)} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const share = (part: number, total: number): string => {
  const percent = (100 * part) / Math.max(1, total);
  return percent > 0 && percent < 1 ? '< 1' : String(Math.round(percent));
};

/** The figures behind a sort of cost, each with where it comes from. */
function Sources({ kind, costs }: { readonly kind: CostKind; readonly costs: CostProfileName }) {
  const { from } = KINDS[kind];
  const tags = [...new Set(from.map((name) => COST_TEXT[costs][name].tag))].toSorted();
  return (
    <details>
      <summary>figures [{tags.join(', ')}]</summary>
      <ul>
        {from.map((name) => (
          <li key={name}>
            [{COST_TEXT[costs][name].tag}] {COST_TEXT[costs][name].says}: {cyclesText(COST_PROFILES[costs][name])}.
            Source: {COST_TEXT[costs][name].source}.
          </li>
        ))}
      </ul>
    </details>
  );
}

function Go({ step, onSeek }: { readonly step: number; readonly onSeek: (step: number) => void }) {
  return (
    <button type="button" className="link" onClick={() => onSeek(step)}>
      step {decimalGroups(step)}
    </button>
  );
}

function StepCard({ timeline, step, onSelect, onSeek }: CardProps & { readonly step: number }) {
  const { acts, times, ops, messages } = timeline;
  if (step < 1 || step > timeline.steps) return <h3>Before the first step</h3>;
  const { says, label } = ACTS[acts.names[acts.acts[step] ?? 0] ?? 'begin'];
  const index = acts.ops[step] ?? -1;
  const cycles = acts.cycles[step] ?? 0;
  const own = messages.kinds.flatMap((_, i) =>
    messages.sentBy[i] === step || messages.arrivedAt[i] === step ? [i] : [],
  );
  return (
    <>
      <h3>
        PCPU {acts.pcpus[step]}: {label}
      </h3>
      <p>It {says}.</p>
      <dl>
        <dt>for</dt>
        <dd>
          <button type="button" className="link" onClick={() => onSelect({ kind: 'op', index })}>
            {ops[index]?.label}
          </button>
        </dd>
        <dt>when</dt>
        <dd>
          <Go step={step} onSeek={onSeek} />, at {cyclesText(times[step] ?? 0)}
        </dd>
        <dt>takes</dt>
        <dd>{cycles > 0 ? cyclesText(cycles) : 'no time'}</dd>
      </dl>
      <Messages timeline={timeline} list={own} step={step} onSelect={onSelect} />
    </>
  );
}

/** More messages than this are only counted. */
const MOST_LISTED = 20;

function Messages({
  timeline,
  list,
  step,
  onSelect,
}: Pick<CardProps, 'timeline' | 'onSelect'> & { readonly list: readonly number[]; readonly step: number }) {
  const { kinds, from, to, arrivedAt } = timeline.messages;
  if (list.length === 0) return undefined;
  return (
    <ul className="card-messages">
      {list.slice(0, MOST_LISTED).map((i) => (
        <li key={i}>
          <button type="button" className="link" onClick={() => onSelect({ kind: 'message', index: i })}>
            {kinds[i] === 'ipi' ? 'IPI' : 'ack'} {arrivedAt[i] === step ? `from PCPU ${from[i]}` : `to PCPU ${to[i]}`}
            {arrivedAt[i] === 0 && ', lost'}
          </button>
        </li>
      ))}
      {list.length > MOST_LISTED && <li>and {list.length - MOST_LISTED} more</li>}
    </ul>
  );
}

function MessageCard({ timeline, index, onSeek }: CardProps & { readonly index: number }) {
  const { kinds, from, to, sent, arrives, sentBy, arrivedAt } = timeline.messages;
  const arrived = arrivedAt[index] ?? 0;
  const flight = (arrives[index] ?? 0) - (sent[index] ?? 0);
  return (
    <>
      <h3>{kinds[index] === 'ipi' ? 'IPI: a request to invalidate' : 'Acknowledgement: it has invalidated'}</h3>
      <dl>
        <dt>from</dt>
        <dd>
          PCPU {from[index]} to PCPU {to[index]}
        </dd>
        <dt>sent</dt>
        <dd>
          at {cyclesText(sent[index] ?? 0)}, in <Go step={sentBy[index] ?? 0} onSeek={onSeek} />
        </dd>
        <dt>arrives</dt>
        <dd>
          {arrived === 0 ? (
            <b className="refused">never: it was lost</b>
          ) : (
            <>
              at {cyclesText(arrives[index] ?? 0)}, in <Go step={arrived} onSeek={onSeek} />
            </>
          )}
        </dd>
        <dt>in flight</dt>
        <dd>{arrived === 0 ? `would have been ${cyclesText(flight)}` : `for ${cyclesText(flight)}`}</dd>
      </dl>
    </>
  );
}
