import { unreachable } from '../../base/assert';
import { hexGroups } from '../../base/number';
import { opLabel } from '../../engine/labels';
import { LIBRARY_GROUPS } from '../../scenario/library-groups';
import type { Explorer } from '../../state/explorer';
import { PANEL_IDS, PANELS } from '../../state/layout';
import { lastStep, SPEEDS } from '../../state/playback';
import { mappingsOf } from '../../state/selection';
import type { Session } from '../../state/session';
import { COMMANDS } from '../commands';
import { maximise } from '../layout/go-to';
import { asked } from './asked';

/** A line of the palette. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly kind: 'Command' | 'Scenario' | 'Mapping' | 'Operation' | 'Go to' | 'Not found';
  /** A second line, also searched. */
  readonly says?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  /** Absent: it only says something. */
  readonly run?: ((explorer: Explorer) => void) | undefined;
}

/** What is always there. */
const ACTIONS: readonly Entry[] = [
  // Nobody looks in the palette for the palette.
  ...COMMANDS.filter(({ id }) => id !== 'palette' && id !== 'maximise').map(({ id, title, keys, run }): Entry => ({
    id,
    title,
    kind: 'Command',
    keys,
    run,
  })),
  ...PANEL_IDS.filter((id) => id !== 'timeline').map((id): Entry => ({
    id: `maximise ${id}`,
    title: `Maximise ${PANELS[id]}`,
    kind: 'Command',
    run: (explorer) => maximise(explorer, id),
  })),
  ...SPEEDS.map((speed): Entry => ({
    id: `speed ${speed}`,
    title: `Play at speed ${speed}×`,
    kind: 'Command',
    run: ({ playhead }) => playhead.setSpeed(speed),
  })),
];

const mappingEntries = ({ picture }: Session): readonly Entry[] =>
  mappingsOf(picture).map(({ id, name, va, pages }) => ({
    id: `mapping ${id}`,
    title: `Show mapping ${name}`,
    kind: 'Mapping',
    says: `${hexGroups(va, 12)}, ${pages} ${pages === 1 ? 'page' : 'pages'}`,
    run: (explorer) => explorer.select({ kind: 'va', va }),
  }));

function operationEntries({ document, timeline }: Session): readonly Entry[] {
  return document.ops.flatMap((op, index) => {
    const end = timeline?.ops[index]?.last ?? 0;
    if (end === 0) return [];
    return {
      id: `op ${index}`,
      title: `Go to operation ${index + 1}: ${opLabel(op)}`,
      kind: 'Operation',
      says: `ends with step ${end}`,
      run: ({ playhead }: Explorer) => playhead.seek(end),
    };
  });
}

const scenarioEntries = ({ library }: Session): readonly Entry[] =>
  library.map(({ id, title, why, group }) => ({
    id: `scenario ${id}`,
    title,
    kind: 'Scenario',
    says: `${LIBRARY_GROUPS[group]}. ${why}`,
    run: (explorer) => void explorer.openLibrary(id),
  }));

/** All that can be found, in the order in which it is shown while nothing is asked. */
export const entriesOf = (session: Session): readonly Entry[] => [
  ...mappingEntries(session),
  ...ACTIONS,
  ...scenarioEntries(session),
  ...operationEntries(session),
];

/** What a query asks for that is in no list: an address, a frame, a step. */
export function askedEntry(query: string, { document, timeline }: Session): Entry | undefined {
  const last = timeline ? lastStep(timeline) : 0;
  const found = asked(query, { lastStep: last, maxPhyAddr: document.config.maxPhyAddr });
  switch (found?.kind) {
    case undefined:
      return undefined;
    case 'va':
      return {
        id: 'asked',
        title: `Select address ${hexGroups(found.va, 12)}`,
        kind: 'Go to',
        says: 'Shows its page walk, entries and frame.',
        run: (explorer) => explorer.select({ kind: 'va', va: found.va }),
      };
    case 'frame':
      return {
        id: 'asked',
        title: `Select frame MPN ${hexGroups(found.mpn)}`,
        kind: 'Go to',
        says: 'Shows every entry and TLB entry that reaches it.',
        run: (explorer) => explorer.select({ kind: 'frame', mpn: found.mpn, count: 1 }),
      };
    case 'step':
      return {
        id: 'asked',
        title: `Go to step ${found.step} of ${last}`,
        kind: 'Go to',
        run: ({ playhead }) => playhead.seek(found.step),
      };
    case 'wrong':
      return { id: 'asked', title: 'This cannot be read', kind: 'Not found', says: found.says };
    default:
      return unreachable(found);
  }
}
