import { renderToStaticMarkup } from 'react-dom/server';
import type { ReactElement } from 'react';
import type { Picture, Tried } from '../engine/picture';
import { played } from '../engine/played.fixture';
import type { Thing } from '../engine/thing';
import type { Scenario } from '../scenario';
import { litBy } from '../state/lit';

export const FIRST_VA = 0x4400_0000_0000n;
export const nothing = (): void => undefined;

/** A scenario on an engine in the same thread: its pictures, what another word in its tables would do, and what is lit in a picture. */
export function engineOn(scenarioOrId: string | Scenario) {
  const { scenario, timeline, ask, at: pictureAt } = played(scenarioOrId);
  const at = (step: number, va = FIRST_VA): Picture => pictureAt(step, { va });
  const tried = (step: number, ma: number, value: bigint, va = FIRST_VA): Tried =>
    (ask({ kind: 'try', step, va, ma, value }) as { tried: Tried }).tried;
  const litIn = (picture: Picture, thing: Thing = { kind: 'va', va: FIRST_VA }) =>
    litBy(thing, { document: scenario, timeline, picture });
  return { scenario, timeline, at, tried, litIn };
}

/** What stands on the screen, without the marks between the words. */
export const textOf = (element: ReactElement): string =>
  renderToStaticMarkup(element)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

/** What a view shows at every step, or every so many steps, forward and then backward, in the order of the steps. */
export function bothWays(
  steps: number,
  render: (step: number) => ReactElement,
  stride = 1,
): readonly [string[], string[]] {
  const all = Array.from({ length: Math.floor(steps / stride) + 1 }, (_, i) => i * stride);
  const show = (step: number): string => renderToStaticMarkup(render(step));
  return [all.map(show), all.toReversed().map(show).toReversed()];
}
