import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest } from '../machine/digest.fixture';
import { Machine } from '../machine/machine';
import { access, map, range, sync, unmap } from '../machine/machine.fixture';
import { step } from '../machine/step';
import { READWRITE } from '../machine/vmkapi';
import { ALL_KINDS, HARDWARE, worlds, type World } from '../machine/world.fixture';
import type { Scenario } from '../scenario';
import { Timeline } from './timeline';

const scenarioOf = ({ hardware, policies, ops }: World): Scenario =>
  ({ title: '', config: { ...HARDWARE[hardware], policies }, ops }) as unknown as Scenario;

/** The digest after every step, by playing a machine that never goes back. */
function playedOnce({ config, ops }: Scenario): string[] {
  const machine = new Machine(config, ops);
  const digests = [digest(machine)];
  while (step(machine)) digests.push(digest(machine));
  return digests;
}

/** Long enough that snapshots lie inside. */
const longWorlds = worlds(ALL_KINDS, 40);

test('seeking in any order gives what playing from the start gives, bit by bit, and so does undoing any step', () => {
  fc.assert(
    fc.property(longWorlds, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (world, targets) => {
      const scenario = scenarioOf(world);
      const played = playedOnce(scenario);
      const timeline = new Timeline(scenario);
      expect(timeline.play()).toBe(true);
      expect(timeline.length).toBe(played.length - 1);
      for (const target of targets.map((n) => n % played.length).flatMap((n) => [n, Math.max(0, n - 1), n])) {
        timeline.seek(target);
        expect(digest(timeline.machine) === played[target], `step ${target}`).toBe(true);
      }
    }),
    { seed: 31, numRuns: 30 },
  );
});

test('a time line played in small pieces is the one played at once', () => {
  fc.assert(
    fc.property(longWorlds, fc.integer({ min: 1, max: 60 }), (world, work) => {
      const whole = new Timeline(scenarioOf(world));
      whole.play();
      const pieces = new Timeline(scenarioOf(world));
      for (let n = 0; !pieces.play(work); n++) pieces.seek((n * 7) % (pieces.length + 1));
      expect([pieces.length, pieces.times, pieces.ops, pieces.hazardSteps]).toEqual([
        whole.length,
        whole.times,
        whole.ops,
        whole.hazardSteps,
      ]);
      whole.seek(whole.length);
      pieces.seek(pieces.length);
      expect(digest(pieces.machine)).toBe(digest(whole.machine));
    }),
    { seed: 37, numRuns: 12 },
  );
});

test('a clone goes on as the original does and leaves it alone', () => {
  fc.assert(
    fc.property(longWorlds, fc.nat(), (world, at) => {
      const { config, ops } = scenarioOf(world);
      const played = playedOnce({ config, ops } as Scenario);
      const original = new Machine(config, ops);
      for (let n = at % played.length; n > 0; n--) step(original);
      const here = digest(original);
      const clone = new Machine(config, ops);
      clone.restore(original.snapshot());
      expect(digest(clone) === here).toBe(true);
      while (step(clone));
      expect(digest(clone) === played.at(-1)).toBe(true);
      expect(digest(original) === here).toBe(true);
      while (step(original));
      expect(digest(original) === played.at(-1)).toBe(true);
    }),
    { seed: 41, numRuns: 20 },
  );
});

test('times never go back, every step belongs to an operation, and each operation knows its steps', () => {
  const ops = [map('a', READWRITE, [range(16, 2)]), access('a', 'write', { pcpu: 1 }), sync, unmap('a'), sync];
  const timeline = new Timeline({ title: '', config: HARDWARE[0], ops } as unknown as Scenario);
  timeline.play();
  const { times } = timeline;
  expect(times.every((time, i) => i === 0 || time >= times[i - 1])).toBe(true);
  expect(timeline.ops.every(({ first, last }) => first > 0 && last >= first && last <= timeline.length)).toBe(true);
  expect(timeline.ops[0].first).toBe(1);
  expect(timeline.ops.at(-1)!.last).toBe(timeline.length);
  expect(timeline.stopped).toBeUndefined();
});

test('the frames that a step changed are those whose words differ from the step before', () => {
  const ops = [map('a', READWRITE, [range(16, 2)]), access('a', 'write'), unmap('a')];
  const timeline = new Timeline({ title: '', config: HARDWARE[0], ops } as unknown as Scenario);
  timeline.play();
  for (let n = 1; n <= timeline.length; n++) {
    timeline.seek(n - 1);
    const words = new Map(
      Array.from({ length: 24 }, (_, i) => [2048 + i, timeline.machine.memory.read(2048 + i).slice()]),
    );
    const frames = timeline.changedBy(n).flatMap(({ mpn, count }) => Array.from({ length: count }, (_, i) => mpn + i));
    const changed = new Set(frames);
    const differ = [...words]
      .filter(([mpn, old]) => timeline.machine.memory.read(mpn).some((word, i) => word !== old[i]))
      .map(([mpn]) => mpn);
    expect(timeline.machine.state.step).toBe(n);
    expect(differ.filter((mpn) => !changed.has(mpn))).toEqual([]);
  }
});

test('a run whose next operation waits for what never comes says so', () => {
  const ops = [
    { op: 'unmap', pcpu: 0, context: 'world', at: { mapping: 'later', offset: 0n } } as const,
    map('later', READWRITE, [range(16, 1)]),
  ];
  const timeline = new Timeline({ title: '', config: HARDWARE[0], ops } as unknown as Scenario);
  timeline.play();
  expect(timeline.stopped).toBe('Operation 1 waits for something that never happens.');
});
