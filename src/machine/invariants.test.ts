import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import type { HazardRule } from './hazards';
import { unfinished, violations } from './invariants';
import type { Machine } from './machine';
import { step } from './step';
import { ALL_KINDS, start, worlds, type World } from './world.fixture';

const STALE_RULES: readonly HazardRule[] = ['stale-hit', 'use-after-unmap', 'foreign-write', 'stale-structure'];
const countOf = (m: Machine, wanted: readonly HazardRule[], pcpu: number): number =>
  m.state.hazards.reduce(
    (sum, { rule, pcpu: where, times }) => (wanted.includes(rule) && where === pcpu ? sum + times : sum),
    0,
  );

/** Steps a world to its end and gives back the first thing that is wrong, with the step. */
function firstWrong(world: World): string[] {
  const m = start(world);
  for (let n = 0; n < 20_000; n++) {
    const before = m.state;
    const record = step(m);
    if (!record) return unfinished(m);
    const wrong = violations(m);
    const { pcpu } = record;
    const seen = countOf(m, STALE_RULES, pcpu);
    const known = before.hazards.reduce(
      (sum, { rule, pcpu: where, times }) => (STALE_RULES.includes(rule) && where === pcpu ? sum + times : sum),
      0,
    );
    const owed = before.deferred.length > 0 || before.shootdowns.some(({ owes }) => owes.includes(pcpu));
    if (seen > known && !owed)
      wrong.push(`PCPU ${pcpu} used something stale and owed nothing: ${m.state.hazards.at(-1)!.says}`);
    if (wrong.length > 0)
      return [
        `step ${m.state.step} (${JSON.stringify(record.act.kind === 'micro' ? record.act.micro.do : record.act.kind)} of op ${record.op})`,
        ...wrong,
      ];
  }
  return ['it does not end'];
}

test('in random worlds every invariant holds at every step, and every operation ends', () => {
  fc.assert(
    fc.property(worlds(ALL_KINDS), (world) => {
      const wrong = firstWrong(world);
      if (wrong.length > 0 && process.env['TRACE']) {
        const m = start(world);
        const lines: string[] = [JSON.stringify(world, (_, v) => (typeof v === 'bigint' ? String(v) : v))];
        for (;;) {
          const r = step(m);
          if (!r) break;
          lines.push(
            `${m.state.step} t=${r.time} p${r.pcpu} op${r.op} ${r.act.kind === 'micro' ? r.act.micro.do : 'arrive ' + r.act.message.kind} lock=${m.state.lock} | ${violations(m).join(' ; ')}`,
          );
        }
        lines.push(...unfinished(m));
        writeFileSync('/tmp/scratch/trace.txt', lines.join('\n'));
      }
      expect(wrong).toEqual([]);
    }),
    { seed: 1, numRuns: 3000 },
  );
});
