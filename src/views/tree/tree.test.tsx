import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../engine/engine';
import { PARTS } from '../../engine/parts.fixture';
import type { Picture, TimelinePicture } from '../../engine/picture';
import type { Reply, RequestBody } from '../../engine/protocol';
import type { Lit } from '../../engine/thing';
import { libraryScenario } from '../../scenario/library-files';
import { listLayout, treeLayout } from '../../draw/tree';
import { Tree } from './tree';

const nothing = (): void => undefined;
const VA = 0x4400_0000_0000n;
const DARK: Lit = {
  ...{ vas: [], frames: [], entries: [], mappings: [], ops: [], steps: [], pcpus: [], messages: [], hazards: [] },
};

const engine = new Engine((work) => work(), PARTS);
const ask = (body: RequestBody): Reply => {
  const replies: Reply[] = [];
  engine.handle({ id: 1, epoch: 1, ...body }, (reply) => replies.push(reply));
  return replies.at(-1)!;
};
const { timeline } = ask({ kind: 'load', scenario: libraryScenario('example-2')! }) as { timeline: TimelinePicture };
const treeAt = (step: number, open: readonly string[] = [], va = VA): NonNullable<Picture['tree']> => {
  const look = { va, frames: { start: 0, cells: 8, perCell: 1 }, lanes: [], tree: open };
  return (ask({ kind: 'seek', step, look }) as { picture: Picture }).picture.tree!;
};
const render = (tree: NonNullable<Picture['tree']>, lit = DARK): string =>
  renderToStaticMarkup(<Tree tree={tree} lit={lit} onToggle={nothing} onHover={nothing} onSelect={nothing} />);
const labels = (html: string): readonly string[] =>
  [...html.matchAll(/role="treeitem"[^>]*aria-label="([^"]*)"/g)].map(([, label]) => label);

const mapped = timeline.ops[0].last;

test('the tree looks the same forward and backward', () => {
  const steps = Array.from({ length: Math.floor(timeline.times.length / 4) }, (_, i) => i * 4);
  const forward = steps.map((step) => render(treeAt(step)));
  const backward = steps.toReversed().map((step) => render(treeAt(step)));
  expect(backward.toReversed()).toEqual(forward);
});

describe('after the first mapping', () => {
  test('the way of the selected address is open, in words', () => {
    expect(labels(render(treeAt(mapped)))).toEqual([
      'PML4 in MPN 0x1000, the root, in CR3, 262 072 pages in 6 tables, rights RWX',
      'PDPT in MPN 0x1004, slot 136, 24 pages in 2 tables, rights RWX',
      'PD in MPN 0x1005, slot 0, 24 pages in 1 table, rights RWX',
      'PT in MPN 0x1006, slot 0, 24 pages, rights RWX',
      '15 pages from MPN 0x6, slots 0–14, 4 KiB each, WB, rights RW–',
      '9 pages from MPN 0x2a, slots 15–23, 4 KiB each, WB, rights RW–',
      'PDPT in MPN 0x1001, slot 200, 262 048 pages in 2 tables, rights RWX',
    ]);
  });

  test('levels, places and what is open are told', () => {
    const html = render(treeAt(mapped));
    expect(html).toMatch(
      /aria-label="PT in[^>]*aria-level="4" aria-posinset="1" aria-setsize="1"[^>]*aria-expanded="true"/,
    );
    expect(html).toMatch(
      /aria-label="PDPT in MPN 0x1001[^>]*aria-posinset="2" aria-setsize="2"[^>]*aria-expanded="false"/,
    );
    expect(html.match(/tabindex="0"/g)).toHaveLength(1);
  });

  test('large pages say their size', () => {
    const html = render(treeAt(mapped, ['200', '200.0', '200.0.0']));
    expect(labels(html).join('\n')).toMatch(/511 × 2 MiB from MPN 0x200, slots 1–511, 2 MiB each, WB/);
  });

  test('a card that hides what is lit is ringed, an open table only for itself', () => {
    const lit = { ...DARK, vas: [{ start: VA, end: VA + 4096n }] };
    const ringed = [...render(treeAt(mapped), lit).matchAll(/class="card[^"]* lit"[^>]*data-id="([^"]*)"/g)];
    expect(ringed.map(([, id]) => id)).toEqual(['136.0.0.0-14']);
    const closed = [...render(treeAt(mapped, ['!136']), lit).matchAll(/class="card[^"]* lit"[^>]*data-id="([^"]*)"/g)];
    expect(closed.map(([, id]) => id)).toEqual(['136']);
    const table = { ...DARK, frames: [{ start: 0x1005, end: 0x1006 }] };
    expect(render(treeAt(mapped), table).match(/class="card[^"]* lit"/g)).toHaveLength(1);
  });
});

describe('at a fault', () => {
  const stops = (step: number, va: bigint): readonly string[] =>
    labels(render(treeAt(step, [], va))).filter((label) => label.includes('the walk stops here'));

  test('the entry where the walk stops has its place', () => {
    const html = render(treeAt(mapped, [], VA + 0x19000n));
    expect(labels(html)[6]).toBe('PTE 25, P = 0, the walk stops here');
    expect(html).toMatch(/class="card level-1 absent stops"[^>]*data-id="136\.0\.0\.25"/);
    expect(stops(mapped, VA + (5n << 21n))).toEqual(['PDE 5, P = 0, the walk stops here']);
    expect(stops(mapped, 0xffff_9600_0000_0000n)).toEqual(['PML4E 300, P = 0, the walk stops here']);
    expect(stops(0, VA)).toEqual(['PML4E 136, P = 0, the walk stops here']);
  });

  test('it is there in an empty table too, and not where there is none', () => {
    const last = timeline.times.length - 1;
    expect(stops(last, VA)).toHaveLength(1);
    expect(stops(mapped, VA)).toEqual([]);
    expect(render(treeAt(mapped, [], 0x9400_0000_0000_0000n))).toContain('not canonical');
  });
});

test('in a list each card is below the one before it, to the right of the one it hangs from', () => {
  const placed = listLayout(treeAt(mapped, ['200']).root, 20, 60);
  expect(placed.map(({ y }) => y)).toEqual(placed.map((_, i) => i * 60));
  for (const { x, parent } of placed) expect(x).toBe(parent ? parent.x + 20 : 0);
});

test('no two cards lie on each other', () => {
  const placed = treeLayout(treeAt(mapped, ['200', '200.0']).root, 150, 60);
  const rows = placed.map(({ depth, y }) => `${depth}:${Math.round(y / 60)}`);
  expect(new Set(rows).size).toBe(placed.length);
  expect(placed.map(({ x, depth }) => x === depth * 150)).not.toContain(false);
});
