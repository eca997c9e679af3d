/** Every scenario of the library, played: it ends, and it shows what its file says. */
import { expect, test } from 'vitest';
import { HAZARD_RULES, type HazardRule } from '../machine/hazards';
import type { LibraryEntry } from '../scenario';
import { LIBRARY, libraryScenario } from '../scenario/library-files';
import type { LibraryGroup } from '../scenario/library-groups';
import { hazardsOf } from '../scenario/library-hazards';
import { Timeline } from './timeline';

const isError = (rule: HazardRule): boolean => HAZARD_RULES[rule].severity === 'error';
/** A note that comes with every UNCACHED mapping, whatever else is shown. */
const AT_HAND: HazardRule = 'uncached-wording';

/** What the scenarios of a group may raise, and what they must. */
const PROMISES: Readonly<Record<LibraryGroup, (raised: readonly HazardRule[], entry: LibraryEntry) => boolean>> = {
  header: (raised) => raised.length === 0,
  callers: quietUnlessSaid,
  drivers: quietUnlessSaid,
  extremes: (raised) => raised.length === 0,
  mistakes: (raised) => raised.some(isError),
  bugs: (raised, { why }) => raised.some(isError) || why.includes('This machine does it right'),
  hazards(raised, { id }) {
    const rule = id.replace('hazard-', '');
    return raised.some((one) => one === rule) && raised.every((one) => one === rule || one === AT_HAND);
  },
};

function quietUnlessSaid(raised: readonly HazardRule[], { why }: LibraryEntry): boolean {
  return !raised.some(isError) || why.includes('the error shown here');
}

test.each(LIBRARY)('$id', (entry) => {
  const timeline = new Timeline(libraryScenario(entry.id)!);
  timeline.play();
  expect(timeline.stopped).toBeUndefined();
  const raised = [...new Set(timeline.machine.state.hazards.map(({ rule }) => rule))];
  expect(raised.toSorted()).toEqual(hazardsOf(entry).toSorted());
  expect(PROMISES[entry.group](raised, entry)).toBe(true);
});
