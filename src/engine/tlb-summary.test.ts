import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { PAGE_SIZE, SPAN, vaOfVpn } from '../machine/address';
import type { Machine } from '../machine/machine';
import { staleness } from '../machine/mmu';
import { ALL_KINDS, HARDWARE, worlds, type World } from '../machine/world.fixture';
import type { Scenario } from '../scenario';
import { Timeline } from '../timeline/timeline';
import { staleCount, summaryOf, tablesVersion } from './tlb-summary';

const scenarioOf = ({ hardware, policies, ops }: World): Scenario =>
  ({ title: '', config: { ...HARDWARE[hardware], policies }, ops }) as unknown as Scenario;

/** The same, entry by entry, with nothing remembered. */
function counted(m: Machine, pcpu: number, va: bigint) {
  let [live, stale, covers] = [0, 0, 'none'];
  m.tlbs[pcpu].forEach((entry) => {
    live++;
    const old = staleness(m.paging, entry) !== undefined;
    if (old) stale++;
    const end = vaOfVpn(entry.vpn) + BigInt(SPAN[entry.level] * PAGE_SIZE);
    if (va >= vaOfVpn(entry.vpn) && va < end) covers = old || covers === 'stale' ? 'stale' : 'fresh';
  });
  return { live, stale, covers };
}

test('what is remembered of a TLB is what a look at every entry finds, at any step and in any order', () => {
  let stale = 0;
  fc.assert(
    fc.property(worlds(ALL_KINDS, 24), fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), (world, targets) => {
      const timeline = new Timeline(scenarioOf(world));
      timeline.play();
      const { machine: m } = timeline;
      const va = vaOfVpn(m.config.window.vpn);
      const all = Array.from({ length: timeline.length + 1 }, (_, i) => i);
      for (const step of [...all, ...targets.map((n) => n % (timeline.length + 1))]) {
        timeline.seek(step);
        const version = tablesVersion(m);
        for (const { id } of m.state.pcpus) {
          const found = counted(m, id, va);
          expect(summaryOf(m, id, va, version)).toEqual(found);
          expect(staleCount(m, id)).toBe(found.stale);
          stale += found.stale;
        }
      }
    }),
    { seed: 7, numRuns: 120 },
  );
  expect(stale).toBeGreaterThan(100);
});
