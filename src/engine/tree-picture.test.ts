import { describe, expect, test } from 'vitest';
import { SPAN, TABLE_ENTRIES, type Level } from '../machine/address';
import { DEFAULT_CONFIG } from '../machine/config';
import type { Machine } from '../machine/machine';
import { change, map, range, run, at } from '../machine/machine.fixture';
import type { Op } from '../machine/op';
import { EXECUTABLE, MIGHTCHANGE, READWRITE, UNCACHED } from '../machine/vmkapi';
import { libraryScenario } from '../scenario/library-files';
import { Timeline } from '../timeline/timeline';
import { Census } from './census';
import type { TreeNode } from './picture-tree';
import { treePicture } from './tree-picture';

const VA = 0x4400_0000_0000n;
const NOWHERE = 0x7fff_ffff_f000n;
const NO_ALIAS = { alias: undefined };

/** Every table by a plain look at every entry, level by level; each frame counts where it is met first. */
function slowly(m: Machine) {
  const owners = new Map([[m.state.directory.root, '4:0']]);
  const counts = new Map<string, { tables: number; pages: number }>();
  let found = [{ mpn: m.state.directory.root, prefix: 0, above: [] as string[] }];
  for (let level = 4 as number; level >= 1; level--) {
    const below: typeof found = [];
    for (const { mpn, prefix, above } of found) {
      const key = `${level}:${prefix}`;
      counts.set(key, { tables: 0, pages: 0 });
      const add = (tables: number, pages: number): void =>
        [...above, key].forEach((each) => {
          const count = counts.get(each)!;
          count.tables += tables;
          count.pages += pages;
        });
      for (let i = 0; i < TABLE_ENTRIES; i++) {
        const entry = m.memory.load(mpn * 4096 + i * 8);
        if ((entry & 1n) === 0n) continue;
        if (level === 1 || (entry & 128n) !== 0n) add(0, level === 4 ? 0 : SPAN[level as Level]);
        else {
          const target = Number((entry >> 12n) & 0x3_ffff_ffffn);
          if (owners.has(target)) continue;
          owners.set(target, `${level - 1}:${prefix * TABLE_ENTRIES + i}`);
          add(1, 0);
          below.push({ mpn: target, prefix: prefix * TABLE_ENTRIES + i, above: [...above, key] });
        }
      }
    }
    found = below;
  }
  return counts;
}

const all = (node: TreeNode): readonly TreeNode[] => [node, ...(node.children ?? []).flatMap(all)];

/** Opens whatever opens, a level at a time. */
function opened(m: Machine, va = NOWHERE): readonly TreeNode[] {
  const open: string[] = [];
  for (;;) {
    const nodes = all(treePicture(m, open, va).root);
    const more = nodes.filter((node) => node.opens && !node.children).map(({ id }) => id);
    if (more.length === 0) return nodes;
    open.push(...more);
  }
}

/** The number of a table among those of its level, from the indices in its id. */
const prefixOf = (id: string): number =>
  (id === '' ? [] : id.split('.')).reduce((prefix, index) => prefix * TABLE_ENTRIES + Number(index), 0);

const find = (m: Machine, id: string, va = VA): TreeNode => {
  const node = opened(m, va).find((each) => each.id === id);
  if (!node) throw new Error(`no node ${id}`);
  return node;
};

type Counts = readonly { readonly tables: number; readonly pages: number }[];

/** What every table of the picture says, and what the slow look counts for it. */
function tablesOf(m: Machine): { shown: Counts; counted: Counts } {
  const counts = slowly(m);
  const nodes = opened(m).filter(({ kind, again }) => kind === 'table' && !again);
  return {
    shown: nodes.map(({ tables, pages }) => ({ tables, pages })),
    counted: nodes.map(({ id, level }) => counts.get(`${level}:${prefixOf(id)}`)!),
  };
}

/** What every open node says, and what its children say together. */
function sumsOf(m: Machine): { shown: Counts; counted: Counts } {
  const nodes = opened(m).filter(({ children, more }) => children && more === 0);
  const total = (children: readonly TreeNode[], of: (node: TreeNode) => number): number =>
    children.reduce((sum, node) => sum + of(node), 0);
  return {
    shown: nodes.map(({ tables, pages }) => ({ tables, pages })),
    counted: nodes.map(({ children = [] }) => ({
      tables: total(children, (node) => node.tables + (node.kind === 'table' && !node.again ? 1 : 0)),
      pages: total(children, ({ pages }) => pages),
    })),
  };
}

const rw = READWRITE | MIGHTCHANGE;
const scattered = Array.from({ length: 700 }, (_, i) => range(16 + i * 3, 1));
const WORLDS: Readonly<Record<string, readonly Op[]>> = {
  'nothing mapped': [],
  'a few pages': [map('a', rw, [range(6, 15), range(42, 9)])],
  'two mappings, one changed': [
    map('a', rw, [range(600, 40)]),
    map('b', UNCACHED, [range(700, 1500)]),
    change('a', EXECUTABLE),
  ],
  'pages in no order': [map('a', rw, scattered)],
};

describe('counts what a look at every entry counts', () => {
  test.each(Object.entries(WORLDS))('%s', (_, ops) => {
    const { shown, counted } = tablesOf(run(ops, NO_ALIAS));
    expect(shown).toEqual(counted);
    expect(counted.length).toBeGreaterThan(0);
  });

  test.each(Object.entries(WORLDS))('children make up their parents: %s', (_, ops) => {
    const { shown, counted } = sumsOf(run(ops, NO_ALIAS));
    expect(shown).toEqual(counted);
  });

  test('with the linear alias in large pages', () => {
    const { shown, counted } = tablesOf(run(WORLDS['a few pages']));
    expect(shown).toEqual(counted);
  });

  test('with large pages', () => {
    const policies = { ...DEFAULT_CONFIG.policies, pageSizes: '2M' as const };
    const m = run([map('a', rw, [range(1024, 2048)])], { ...NO_ALIAS, policies });
    const { shown, counted } = tablesOf(m);
    expect(shown).toEqual(counted);
    const large = opened(m).filter(({ kind, level }) => kind === 'pages' && level === 2);
    expect(large.map(({ first, last, pages }) => [last - first + 1, pages])).toEqual([[4, 2048]]);
  });
});

describe('runs', () => {
  const m = run([map('a', rw, [range(6, 15), range(42, 9)])], NO_ALIAS);

  test('pages in one row of frames are one run', () => {
    const pages = opened(m).filter(({ kind }) => kind === 'pages');
    expect(pages.map(({ id, mpn, pages: count }) => [id, mpn, count])).toEqual([
      ['136.0.0.0-14', 6, 15],
      ['136.0.0.15-23', 42, 9],
    ]);
    expect(pages[0].va).toBe(VA);
    expect(pages[0].vaEnd).toBe(VA + 15n * 4096n);
    expect(pages[1].pat).toBe('WB');
  });

  test('an access does not tear a run apart', () => {
    const touched = run([map('a', rw, [range(6, 15)]), { ...read, at: at('a', 4096n) }], NO_ALIAS);
    expect(opened(touched).filter(({ kind }) => kind === 'pages')).toHaveLength(1);
  });

  test('too many runs come in parts, and each of them is still reached', () => {
    const torn = run([map('a', rw, scattered)], NO_ALIAS);
    const pt = find(torn, '136.0.0');
    expect(pt.children?.map(({ kind }) => kind)).toEqual(Array.from({ length: 16 }, () => 'mixed'));
    const one = find(torn, '136.0.0.0-31', VA);
    expect(one.children).toHaveLength(32);
    expect(one.pages).toBe(32);
  });

  test('the way of the selected address is open, until it is closed', () => {
    const { root, path } = treePicture(m, [], VA + 0x3000n);
    const onPath = all(root).filter((node) => node.onPath);
    expect(onPath.map(({ id }) => id)).toEqual(['', '136', '136.0', '136.0.0', '136.0.0.0-14']);
    expect(path).toEqual(['', '136', '136.0', '136.0.0']);
    expect(treePicture(m, ['!136'], VA).root.children?.map(({ children }) => children)).toEqual([undefined]);
  });
});

const read = { op: 'access', pcpu: 0, kind: 'read', privilege: 'supervisor', ac: false, count: 1, stride: 1n } as const;
const poke = (mpn: number, index: number, value: bigint): Op => ({
  op: 'poke',
  pcpu: 0,
  ma: BigInt(mpn * 4096 + index * 8),
  value,
});
const entry = (mpn: number): bigint => (BigInt(mpn) << 12n) | 3n;

describe('tables that stand in several places', () => {
  const before = run([map('a', rw, [range(6, 15)])], NO_ALIAS);
  const root = before.state.directory.root;
  const pd = before.state.directory.tables[2].at(136 * 512)!;

  test('a recursive entry is marked and not opened', () => {
    const m = run([map('a', rw, [range(6, 15)]), poke(root, 510, entry(root))], NO_ALIAS);
    const { shown, counted } = tablesOf(m);
    expect(shown).toEqual(counted);
    const self = find(m, '510');
    expect(self).toMatchObject({ again: { kind: 'recursive', id: '' }, opens: false, tables: 0, pages: 0 });
    expect(opened(m)[0]).toMatchObject({ tables: 3, pages: 15 });
  });

  test('a shared table counts once, where the lowest address of the highest level reaches it', () => {
    const pdpt = before.state.directory.tables[3].at(136)!;
    const m = run([map('a', rw, [range(6, 15)]), poke(root, 3, entry(pdpt)), poke(pd, 7, entry(pdpt))], NO_ALIAS);
    const { shown, counted } = tablesOf(m);
    expect(shown).toEqual(counted);
    expect(find(m, '136')).toMatchObject({ again: { kind: 'shared', id: '3' }, opens: false });
    expect(find(m, '3.0.7')).toMatchObject({ again: { kind: 'recursive', id: '3' } });
    expect(opened(m)[0]).toMatchObject({ tables: 3, pages: 15 });
  });

  test('an entry with a reserved bit leads nowhere', () => {
    const m = run([map('a', rw, [range(6, 15)]), poke(root, 9, entry(pd) | 128n)], NO_ALIAS);
    expect(find(m, '9')).toMatchObject({ kind: 'reserved', opens: false, pages: 0, tables: 0 });
  });
});

describe('the largest request', () => {
  const timeline = new Timeline(libraryScenario('largest')!);
  while (!timeline.play(10_000));
  const op = timeline.machine;
  const mapped = timeline.machine.state.records.get(0);

  test('is counted by its folded runs', () => {
    // The step after which the mapping stands.
    let step = 0;
    do timeline.seek(++step);
    while (timeline.machine.state.nextOp < 2);
    const m = op;
    expect(mapped?.vpn).toBe(Number(VA / 4096n));
    const whole = treePicture(m, [''], NOWHERE).root.children;
    expect(whole?.[0]).toMatchObject({ kind: 'tables', first: 136, last: 167, pages: 2 ** 32 - 1, atLeast: false });
    const { root } = treePicture(m, [], VA);
    const rest = root.children?.map(({ id, kind, pages }) => [id, kind, pages]).slice(0, 2);
    expect(rest).toEqual([
      ['136', 'table', 2 ** 27],
      ['137-167', 'tables', 2 ** 32 - 1 - 2 ** 27],
    ]);
    expect(all(root).length).toBeLessThan(12);
    const pt = all(root).find(({ id }) => id === '136.0.0');
    expect(pt).toMatchObject({ kind: 'table', pages: 512, onPath: true });
    const end = treePicture(m, [], VA + 0xfff_ffff_e000n);
    expect(all(end.root).find(({ id }) => id === '167.511.511')).toMatchObject({ pages: 511 });
  });

  test('what is too much to read is counted at least', () => {
    const m = run([map('a', rw, scattered)], NO_ALIAS);
    const some = new Census(m, 1).inTable(4, 0);
    expect(some).toEqual({ tables: 4, pages: 512, atLeast: true });
    expect(new Census(m).inTable(4, 0)).toEqual({ tables: 4, pages: 700, atLeast: false });
  });

  test('no more nodes than can be looked at', () => {
    const m = run([map('a', rw, scattered)], NO_ALIAS);
    const nodes = opened(m);
    expect(nodes.length).toBeLessThanOrEqual(402);
    expect(nodes.reduce((sum, { more }) => sum + more, 0)).toBe(
      treePicture(
        m,
        nodes.map(({ id }) => id),
        NOWHERE,
      ).more,
    );
    expect(nodes.some(({ more }) => more > 0)).toBe(true);
  });
});
