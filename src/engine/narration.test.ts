import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../machine/config';
import { DEFAULT_CONTROL } from '../machine/control-bits';
import { access, at as mapped, map, range } from '../machine/machine.fixture';
import type { Op } from '../machine/op';
import { READWRITE } from '../machine/vmkapi';
import { libraryScenario } from '../scenario/library-files';
import { played } from './played.fixture';

const config = { ...DEFAULT_CONFIG, control: { ...DEFAULT_CONTROL, pcide: true } };

/** What is said of the last step of each operation. */
function told(...ops: readonly Op[]): string[] {
  const { timeline, at } = played({ version: 1, title: '', config, ops });
  return timeline.ops.map(({ last }) => at(last).narration);
}

test('rights that are taken away are the reason for the shootdown', () => {
  const { timeline, at } = played('example-2');
  const { ops } = libraryScenario('example-2')!;
  const change = timeline.ops[ops.findIndex(({ op }) => op === 'change')];
  const all = Array.from({ length: change.last - change.first + 1 }, (_, i) => at(change.first + i).narration);
  expect(all.filter((text) => text.includes('takes W away'))).toEqual([
    'PCPU 0 writes the entries of va as EXECUTABLE and takes W away: a TLB that holds the old ones still allows it, so every PCPU must flush.',
  ]);
});

test('a hit with too few rights, the fault it takes and the walk that follows tell one story', () => {
  const { timeline, at } = played('example-2');
  const { ops } = libraryScenario('example-2')!;
  const write = ops.findIndex((op) => op.op === 'access' && op.kind === 'write' && op.count === 1);
  const own: string[] = [];
  for (let step = timeline.ops[write].first; step <= timeline.ops[write].last; step++) {
    const { op, narration } = at(step);
    if (op === write) own.push(narration);
  }
  expect(own).toEqual([
    'PCPU 1 begins write va: its TLB has an entry for the page, which does not allow this write.',
    'PCPU 1 takes #PF(0x3) at 0x4400 0000 0000 by its TLB entry alone; that drops the entry, and the access tries again with a walk.',
    'PCPU 1 walks the tables and takes #PF(0x3) at 0x4400 0000 0000: a write to a read-only page (RW = 0, CR0.WP = 1).',
  ]);
  expect(at(timeline.steps).narration).toMatch(
    /^PCPU \d takes #PF\(0x0\) at 0x4400 0000 f000: the entry is not present/,
  );
});

test('what is no call says in a sentence what it did, with the address of a page and not its number', () => {
  const first = map('a', READWRITE, [range(100, 1)]);
  const [, poke, one, all, mask, far] = told(
    first,
    { op: 'poke', pcpu: 0, ma: 0x5000n, value: 0x1_0000n },
    { op: 'invalidate', pcpu: 0, how: 'invpcid', type: 0, pcid: 5, at: mapped('a') },
    { op: 'invalidate', pcpu: 0, how: 'invlpg', at: mapped('a') },
    { op: 'mask', pcpu: 0, masked: true },
    access('a', 'read', { at: { va: 1n << 47n } }),
  );
  expect(poke).toBe('PCPU 0 writes 0x1 0000 over 0x0 at MA 0x5000, in memory.');
  expect(one).toBe('PCPU 0 drops page 0x4400 0000 0000 of PCID 5 by INVPCID and keeps global entries.');
  expect(all).toBe('PCPU 0 drops page 0x4400 0000 0000 by INVLPG, and all paging-structure caches of PCID 0.');
  expect(mask).toBe('Interrupts are off at PCPU 0.');
  expect(far).toBe('PCPU 0 takes #GP(0) at 0x8000 0000 0000: the address is not canonical.');
});
