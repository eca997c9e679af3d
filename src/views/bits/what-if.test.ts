import { describe, expect, test } from 'vitest';
import type { Picture, Tried } from '../../engine/picture';
import type { Level } from '../../machine/address';
import { engineOn } from '../on-engine.fixture';
import { parseEntry } from './hex-entry';
import { lossesText, rightsByLevel } from './rights';
import { consequences, differences } from './what-if';

const { scenario, timeline, at, tried } = engineOn('example-2');
const mapped = timeline.ops[0].last;
/** After the accesses, before the change: three PCPUs have the first pages in their TLBs. */
const used = timeline.ops[4].last;

/** What flipping bits of the entry at a level would do, at a step. */
function flipped(step: number, level: Level, mask: bigint): Tried & { picture: Picture; from: bigint; to: bigint } {
  const picture = at(step);
  const { ma, entry } = picture.walk.levels.find((one) => one.level === level)!;
  return { ...tried(step, ma, entry ^ mask), picture, from: entry, to: entry ^ mask };
}

const says = (step: number, level: Level, mask: bigint): string => {
  const { now, after, picture, from, to } = flipped(step, level, mask);
  return consequences(now, after, { level, from, to, control: picture.control, maxPhyAddr: 46 }).join(' ');
};
const table = (step: number, level: Level, mask: bigint): string[] => {
  const { now, after, picture } = flipped(step, level, mask);
  return differences(now, after, picture.control).map((one) => `${one.name}: ${one.now} → ${one.after}`);
};

describe('what a poke would do', () => {
  test('P of the PTE: nothing is reached any more', () => {
    expect(says(mapped, 1, 1n)).toMatch(/Every access would end in a not-present fault at PTE 0, bit 0: /);
    expect(table(mapped, 1, 1n)).toEqual([
      'leads to: MPN 0x6, 4K page → page fault at PTE 0',
      'rights: RW– kernel → none',
      'memory type: WB → none',
      'kernel read: allowed → #PF 0x0 (no bit)',
      'kernel write: allowed → #PF 0x2 (W)',
    ]);
  });

  test('RW: only writes fault, with P and W', () => {
    expect(says(mapped, 1, 2n)).toContain('Would fault: kernel write.');
    expect(table(mapped, 1, 2n)).toContain('kernel write: allowed → #PF 0x3 (P W)');
  });

  test('XD: fetches are allowed', () => {
    expect(says(mapped, 1, 1n << 63n)).toContain('Would be allowed: kernel fetch.');
  });

  test('a reserved bit: a fault with RSVD that names it', () => {
    expect(says(mapped, 1, 1n << 47n)).toMatch(/reserved-bit fault at PTE 0, bit 47: .*MAXPHYADDR/);
    expect(table(mapped, 1, 1n << 47n)).toContain('kernel read: allowed → #PF 0x9 (P RSVD)');
  });

  test('the address: another frame', () => {
    expect(says(mapped, 1, 0x1000n)).toContain('would lead to MPN 0x7, 4K page, instead of MPN 0x6');
  });

  test('an ignored bit: nothing', () => {
    expect(says(mapped, 1, 1n << 9n)).toContain('Nothing changes: the processor does not look at bit 9 here.');
    expect(says(mapped, 2, 1n << 52n)).toBe(
      'Nothing changes: the processor does not look at bit 52 here. No TLB entry would become stale.',
    );
  });

  test('a harmless bit changes nothing in any step, in the middle of an operation too', () => {
    const { first } = timeline.ops[scenario.ops.findIndex(({ op }) => op === 'change')];
    for (let step = first; step <= timeline.steps; step++) {
      const { levels } = at(step).walk;
      for (const { level, entry } of levels) {
        // The entry is accessed or not, dirty or not; 52 is ignored. A stands in every entry, D in a leaf.
        for (const bit of level === 1 ? [5n, 6n, 52n] : [5n, 52n]) {
          expect(says(step, level, 1n << bit), `step ${step}, level ${level}, bit ${bit} of ${entry}`).toMatch(
            /^Nothing changes: /,
          );
          expect(table(step, level, 1n << bit)).toEqual([]);
        }
      }
    }
  });

  test('a bit above the leaf that this address does not depend on may matter to others', () => {
    const { last } = timeline.ops[scenario.ops.findIndex(({ op }) => op === 'change')];
    expect(says(last, 2, 2n)).toMatch(/^Nothing changes: .*512 pages \(2 MiB\); others of them may change\./);
  });

  test('TLB entries become stale, since nothing is flushed', () => {
    expect(says(mapped, 1, 1n)).toContain('No TLB entry would become stale.');
    const { now, after } = flipped(used, 1, 1n);
    expect(after.stale).toBeGreaterThan(now.stale);
    expect(says(used, 1, 1n)).toContain(`${after.stale - now.stale} TLB entries would become stale`);
  });

  test('an entry above the leaf says what it serves', () => {
    expect(says(mapped, 2, 2n)).toContain('serves 512 pages (2 MiB)');
    expect(says(mapped, 2, 2n)).toContain('Would fault: kernel write.');
  });

  test('the machine does not change', () => {
    const before = at(mapped);
    flipped(mapped, 1, 1n);
    expect(at(mapped)).toEqual(before);
  });
});

describe('rights by level', () => {
  test('the level that takes a right away is named', () => {
    const { walk } = at(mapped);
    expect(lossesText(rightsByLevel(walk))).toEqual(['X and U taken away by PTE 0.']);
    const { after } = flipped(mapped, 2, 2n);
    expect(lossesText(rightsByLevel(after.walk))).toEqual(['W taken away by PDE 0.', 'X and U taken away by PTE 0.']);
  });

  test('an entry that is not present leaves nothing', () => {
    const rows = rightsByLevel(at(0).walk);
    expect(rows.at(-1)?.lost).toEqual(['R', 'W', 'X', 'U']);
  });
});

test('hex is read as people write it, and mistakes are named', () => {
  expect(parseEntry('0x8000 0000 0000 6003')).toEqual({ ok: true, value: 0x8000_0000_0000_6003n });
  expect(parseEntry('6003')).toEqual({ ok: true, value: 0x6003n });
  expect(parseEntry('')).toMatchObject({ error: expect.stringContaining('is empty') });
  expect(parseEntry('60g3')).toMatchObject({ error: expect.stringContaining('“g” is no hex digit') });
  expect(parseEntry('1'.repeat(17))).toMatchObject({ error: expect.stringContaining('16 at most') });
});
