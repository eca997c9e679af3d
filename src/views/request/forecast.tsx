import { decimalGroups } from '../../base/number';
import { COST_KIND_TEXT } from '../../machine/cost-text';
import { COST_KINDS } from '../../machine/cycles';
import type { Prediction } from '../../engine/picture';
import type { RequestProps } from './types';

const CALLS = { map: 'vmk_Map', unmap: 'vmk_Unmap', change: 'vmk_MapChangeAttributes', access: 'the access' } as const;

/** What the button would do, before it is pressed. */
export function Forecast({ forecast }: { readonly forecast: RequestProps['forecast'] }) {
  const { act, prediction, problems } = forecast;
  const [wrong] = Object.entries(problems);
  return (
    <div className="forecast" aria-label="Prediction" role="group">
      {prediction ? (
        <Expected call={CALLS[act]} prediction={prediction} />
      ) : wrong && act === 'access' ? (
        <p>The access cannot be foretold: something in its own form is wrong.</p>
      ) : wrong ? (
        <p>
          <b className="refused">not a request yet</b> <code>{wrong[0]}</code> {wrong[1]}
        </p>
      ) : (
        <p>{CALLS[act]} …</p>
      )}
    </div>
  );
}

function Expected({ call, prediction }: { readonly call: string; readonly prediction: Prediction }) {
  const { outcome, pages, tables, entries, hazards } = prediction;
  if (outcome.state === 'running' || outcome.state === 'waiting') {
    return <p className="says">This takes too long to foretell. Carry it out to see.</p>;
  }
  const status = outcome.status ?? (outcome.faulted ? 'fault' : call === CALLS.unmap ? 'void' : 'done');
  const refused = outcome.faulted || (outcome.status !== undefined && outcome.status !== 'VMK_OK');
  // The figures below say the same, unless nothing was written.
  const silent = outcome.status === 'VMK_OK' && entries > 0;
  return (
    <>
      <p className="says">
        <b className={refused ? 'refused' : 'accepted'}>{status}</b> expected from {call}. {silent ? '' : outcome.says}
      </p>
      <p className="figures">
        {!refused &&
          call !== CALLS.access &&
          `${count(pages, 'page')} · ${count(tables, 'table')} · ${count(entries, 'entry', 'entries')} · `}
        <b>{decimalGroups(outcome.total)} cycles</b>
      </p>
      <p className="figures">
        {COST_KINDS.filter((kind) => outcome.cycles[kind])
          .map((kind) => `${COST_KIND_TEXT[kind]} ${decimalGroups(outcome.cycles[kind] ?? 0)}`)
          .join(' · ')}
      </p>
      {hazards.map(({ rule, severity, title }) => (
        <p key={rule} className={`foreseen ${severity}`}>
          {severity}: {title}
        </p>
      ))}
    </>
  );
}

const count = (n: number, one: string, many = `${one}s`): string => `${decimalGroups(n)} ${n === 1 ? one : many}`;
