import { describe, expect, test } from 'vitest';
import type { Picture } from '../engine/picture';
import { played } from '../engine/played.fixture';
import type { Stretch, Thing } from '../engine/thing';
import { PAGE_SIZE } from '../machine/address';
import type { Around } from './around';
import { litBy, vaOf } from './lit';
import { mappingsOf } from './selection';

const VA = 0x4400_0000_0000n;
/** Example 2: map, accesses, change, unmap. */
const { scenario: document, timeline, at: pictureAt } = played('example-2');

function around(step: number, va = VA): Around & { picture: Picture } {
  return { document, timeline, picture: pictureAt(step, { va }) };
}

const listed = (stretches: readonly Stretch<number>[]): readonly number[] =>
  stretches.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));

/** The step before the change of attributes begins: pages are mapped and cached. */
const used = (): number => timeline.ops[document.ops.findIndex(({ op }) => op === 'change')].first - 1;

describe('what belongs to a thing', () => {
  test('a page: its frame, the entries on its way, its mapping', () => {
    const at = around(used());
    const lit = litBy({ kind: 'va', va: VA + 0x10n }, at);
    expect(lit.vas).toEqual([{ start: VA, end: VA + 4096n }]);
    expect(lit.frames).toEqual([{ start: 6, end: 7 }]);
    expect(lit.entries).toEqual(at.picture.walk.levels.map(({ ma }) => ma));
    expect(lit.mappings).toEqual([1]);
  });

  test('a page off the present path has the frame that the request gives it', () => {
    // Example 2 maps 15 pages from MPN 6 and 9 from MPN 42.
    const lit = litBy({ kind: 'va', va: VA + 16n * 4096n }, around(used()));
    expect(lit.frames).toEqual([{ start: 43, end: 44 }]);
  });

  test('a frame: every address it is mapped at; a table frame: what lies below it', () => {
    const at = around(used());
    const lit = litBy({ kind: 'frame', mpn: 43, count: 1 }, at);
    expect(lit.vas).toEqual([{ start: VA + 16n * 4096n, end: VA + 17n * 4096n }]);
    expect(lit.mappings).toEqual([1]);
    const pd = at.picture.walk.levels.find(({ level }) => level === 2)!;
    const below = litBy({ kind: 'frame', mpn: pd.tableMPN, count: 1 }, at).vas;
    expect(below).toEqual([{ start: VA, end: VA + 2n ** 30n }]);
    expect(litBy({ kind: 'frame', mpn: 300, count: 1 }, at).vas).toEqual([]);
  });

  test('a mapping: all its addresses and frames, the operations that made and use it', () => {
    const at = around(used());
    const [mapping] = mappingsOf(at.picture);
    const lit = litBy({ kind: 'mapping', id: mapping.id }, at);
    expect(lit.vas).toEqual([{ start: VA, end: VA + 24n * 4096n }]);
    expect(lit.frames).toEqual([
      { start: 6, end: 21 },
      { start: 42, end: 51 },
    ]);
    const named = document.ops.flatMap((op, i) => ('at' in op || op.op === 'map' ? [i] : []));
    expect(listed(lit.ops)).toEqual(named);
  });

  test('a TLB entry: its page, its frame, its PCPU, the step that filled it', () => {
    const at = around(used());
    const pcpu = at.picture.pcpus.find(({ live }) => live > 0)!;
    const tlb = pcpu.caches!.tlbs.find(({ live }) => live > 0)!;
    const entry = tlb.entries[0];
    const lit = litBy({ kind: 'tlb', pcpu: pcpu.id, tlb: tlb.name, ...entry }, at);
    expect(lit.vas).toEqual([{ start: entry.va, end: entry.va + 4096n }]);
    expect(lit.frames).toEqual([{ start: entry.mpn, end: entry.mpn + 1 }]);
    expect(lit.pcpus).toEqual([pcpu.id]);
    expect(lit.steps).toEqual([{ start: entry.born, end: entry.born + 1 }]);
  });

  test('an entry and a table: the addresses they serve', () => {
    const at = around(used());
    const pde = at.picture.walk.levels.find(({ level }) => level === 2)!;
    const lit = litBy({ kind: 'entry', va: VA, level: 2, tableMPN: pde.tableMPN, index: pde.index }, at);
    expect(lit.vas).toEqual([{ start: VA, end: VA + 2n ** 21n }]);
    expect(lit.entries).toEqual([pde.tableMPN * PAGE_SIZE + pde.index * 8]);
    const pt = at.picture.walk.levels.find(({ level }) => level === 1)!;
    expect(lit.frames).toEqual([{ start: pt.tableMPN, end: pt.tableMPN + 1 }]);
    expect(litBy({ kind: 'table', va: VA, level: 1, mpn: pt.tableMPN }, at).vas).toEqual(lit.vas);
  });

  test('an operation, a step and a message point to each other', () => {
    const at = around(used());
    const change = document.ops.findIndex(({ op }) => op === 'change');
    const { first, last } = timeline.ops[change];
    expect(litBy({ kind: 'op', index: change }, at)).toMatchObject({
      steps: [{ start: first, end: last + 1 }],
      mappings: [1],
    });
    const message = timeline.messages.sentBy.findIndex((step) => step >= first);
    const sender = timeline.messages.sentBy[message];
    const lit = litBy({ kind: 'message', index: message }, at);
    expect(listed(lit.ops)).toEqual([change]);
    expect(lit.pcpus).toEqual([timeline.messages.from[message], timeline.messages.to[message]]);
    expect(listed(lit.steps)).toEqual([sender, timeline.messages.arrivedAt[message]]);
    expect(litBy({ kind: 'step', step: sender }, at).messages).toContain(message);
  });

  test.each<Thing>([
    { kind: 'mapping', id: 99 },
    { kind: 'op', index: 99 },
    { kind: 'step', step: 0 },
    { kind: 'step', step: 1e9 },
    { kind: 'message', index: 99 },
    { kind: 'hazard', index: 99 },
  ])('what is not there lights nothing: %o', (thing) => {
    const lit = litBy(thing, around(used()));
    expect(Object.values(lit).flat()).toEqual([]);
  });
});

describe('the address of a thing', () => {
  test('is that of its page, its mapping, or the first one that shows the frame', () => {
    const at = around(used());
    expect(vaOf({ kind: 'frame', mpn: 42, count: 1 }, at)).toBe(VA + 15n * 4096n);
    expect(vaOf({ kind: 'mapping', id: 1 }, at)).toBe(VA);
    expect(vaOf({ kind: 'frame', mpn: 300, count: 1 }, at)).toBeUndefined();
    expect(vaOf({ kind: 'pcpu', id: 1 }, at)).toBeUndefined();
  });
});
