import { lazy, Suspense, useCallback } from 'react';
import { flightsAt, flightText } from '../../../views/pcpus/flight';
import { Flights } from '../../../views/pcpus/flights';
import { Pcpus } from '../../../views/pcpus/pcpus';
import type { Marked } from '../../../views/pcpus/props';
import type { Places } from '../../../views/pcpus/places';
import type { Explorer } from '../../../state/explorer';
import { useExplorer, useSession, useView } from '../../use-explorer';
import { useLit } from '../../use-lit';
import { Empty } from '../empty';

const Many = lazy(() => import('../../../views/pcpus/many').then((module) => ({ default: module.Many })));
const FlightList = lazy(() =>
  import('../../../views/pcpus/flight-list').then((module) => ({ default: module.FlightList })),
);
const MessageHost = lazy(() => import('./message').then((module) => ({ default: module.MessageHost })));

/** The same functions as long as the explorer lives, so that what has them as props need not be rendered again. */
function actionsOf(explorer: Explorer) {
  return {
    onHover: ((thing) => explorer.hover(thing)) satisfies Marked['onHover'],
    onSelect: ((thing) => explorer.select(thing)) satisfies Marked['onSelect'],
    onSeek: (step: number) => explorer.playhead.seek(step),
    onToggle: (id: number) => explorer.toggleLane(id),
    onList: (id: number) => explorer.toggleList(id),
  };
}
const actions = new WeakMap<Explorer, ReturnType<typeof actionsOf>>();

function useActions(): ReturnType<typeof actionsOf> {
  const explorer = useExplorer();
  const known = actions.get(explorer) ?? actionsOf(explorer);
  actions.set(explorer, known);
  return known;
}

export function PcpusDetail() {
  const pcpus = useSession(({ picture }) => picture?.pcpus);
  const step = useSession(({ picture }) => picture?.step ?? 0);
  const va = useView((view) => view.va);
  const selected = useView((view) => view.selected);
  const open = useView((view) => view.lanes);
  const listed = useView((view) => view.listed);
  const lit = useLit();
  const flights = useCallback((places: Places) => <FlightsHost places={places} />, []);
  const acts = useActions();
  if (!pcpus || pcpus.length === 0) return <Empty name="PCPUs" id="pcpus" />;
  return (
    <Pcpus
      {...{ pcpus, step, va, lit, selected, open, listed, flights, Many }}
      message={messageOf}
      list={<FlightListHost />}
      {...acts}
    />
  );
}

const messageOf = (index: number, selected: boolean) =>
  selected ? (
    <Suspense>
      <MessageHost />
    </Suspense>
  ) : (
    <Pointed index={index} />
  );

/** The message under the pointer. */
function Pointed({ index }: { readonly index: number }) {
  const timeline = useSession((session) => session.timeline);
  const step = useView((view) => view.step);
  const flight = timeline && flightsAt(timeline, step).find((one) => one.index === index);
  return flight && <p className="tlb-readout">{flightText(flight)}. Press it to drop or delay it.</p>;
}

/** Alone follows the playhead between steps. */
function FlightsHost({ places }: { readonly places: Places }) {
  const timeline = useSession((session) => session.timeline);
  const at = useView((view) => view.at);
  const lit = useLit();
  const { onHover, onSelect } = useActions();
  return timeline && <Flights {...{ timeline, at, places, lit, onHover, onSelect }} />;
}

function FlightListHost() {
  const timeline = useSession((session) => session.timeline);
  const step = useView((view) => view.step);
  const pcpu = useView(({ selected }) => (selected.kind === 'pcpu' ? selected.id : undefined));
  const lit = useLit();
  const { onHover, onSelect } = useActions();
  return (
    <Suspense fallback={<p className="in-flight" />}>
      {timeline && <FlightList {...{ timeline, step, lit, pcpu, onHover, onSelect }} />}
    </Suspense>
  );
}
