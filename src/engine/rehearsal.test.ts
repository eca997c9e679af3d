import { expect, test } from 'vitest';
import { libraryScenario } from '../scenario/library-files';
import { Timeline } from '../timeline/timeline';
import { outcomePicture } from './outcome-picture';
import { rehearsal, type Rehearsal } from './rehearsal';

function rehearsed(id: string, policies = {}): Rehearsal {
  const scenario = libraryScenario(id)!;
  const { config } = scenario;
  const run = rehearsal({ ...scenario, config: { ...config, policies: { ...config.policies, ...policies } } });
  let result = run.next(7);
  while (!result) result = run.next(7);
  return result;
}

test('a rehearsal ends where the time line does, with the same cycles', () => {
  const timeline = new Timeline(libraryScenario('example-2')!);
  timeline.play();
  timeline.seek(timeline.length);
  const { steps, ops, whole, hazards } = rehearsed('example-2');
  expect([steps, whole]).toEqual([timeline.length, true]);
  expect(ops.map(({ total }) => total)).toEqual(ops.map((_, i) => outcomePicture(timeline.machine, i).total));
  expect(hazards).toHaveLength(timeline.machine.state.hazards.length);
});

test('a policy changes what calls cost: lazy unmaps interrupt nobody', () => {
  const unmap = libraryScenario('example-2')!.ops.findIndex(({ op }) => op === 'unmap');
  const classic = rehearsed('example-2').ops[unmap];
  const lazy = rehearsed('example-2', { shootdown: 'lazy' }).ops[unmap];
  expect(classic.cycles.ipi).toBeGreaterThan(0);
  expect(lazy.cycles.ipi).toBeUndefined();
  expect(lazy.total).toBeLessThan(classic.total);
});
