import './flights.css';
import type { TimelinePicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { flightsAt } from './flight';
import { Gutter } from './gutter';
import { OverTiles } from './over-tiles';
import type { Places } from './places';
import type { Marked } from './props';

interface FlightsProps extends Marked {
  readonly timeline: TimelinePicture;
  /** The playhead, in steps. */
  readonly at: number;
  readonly places: Places;
  readonly lit: Lit;
}

/** IPIs and acknowledgements on their way: a function of the playhead. */
export function Flights({ timeline, at, places, ...marked }: FlightsProps) {
  const flights = flightsAt(timeline, at);
  if (places.kind === 'tiles') return <OverTiles flights={flights} grid={places} {...marked} />;
  return <Gutter flights={flights} lanes={places} {...marked} />;
}
