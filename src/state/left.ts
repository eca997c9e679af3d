import { parseScenario, printScenario } from '../scenario';
import { readPlace, writePlace } from './place';
import { keptPokes, printPokes } from './typed';
import { whereOf, type Shown } from './where';

/** What the history of the browser gives back, which another version of the program may have put there. */
export function shownOf(value: unknown): Shown | undefined {
  if (typeof value !== 'object' || value === null || !('document' in value)) return undefined;
  try {
    const { document, place, pokes } = value as Shown;
    const read = parseScenario(printScenario(document));
    const where = whereOf(readPlace(writePlace({ ...readPlace(new Uint8Array(0)), ...place })));
    return read.ok ? { document: read.value, place: where, pokes: keptPokes(printPokes(pokes ?? {})) } : undefined;
  } catch {
    return undefined; // Nothing that this version can show.
  }
}
