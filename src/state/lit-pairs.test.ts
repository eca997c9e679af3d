import { describe, expect, test } from 'vitest';
import type { Picture, ReachPicture, WalkPicture } from '../engine/picture';
import { played } from '../engine/played.fixture';
import type { Lit, Stretch, Thing } from '../engine/thing';
import { PAGE_SIZE, SPAN } from '../machine/address';
import type { Op } from '../machine/op';
import type { Scenario } from '../scenario';
import { litFrames, litVas } from '../views/lit';
import { litBy, vaOf } from './lit';
import { mappingsOf } from './selection';

const VA = 0x4400_0000_0000n;
const pageAt = (n: number): bigint => VA + BigInt(n * PAGE_SIZE);

/** What each view marks, in short. */
interface Marks {
  /** Names. */
  readonly mappings?: string;
  /** Entries of the selected address, by level. */
  readonly walk?: string;
  /** MPNs. */
  readonly frames?: string;
  /** TLB entries on all PCPUs. */
  readonly tlbs?: number;
  readonly pcpus?: string;
  readonly ops?: string;
  readonly steps?: string;
  readonly messages?: number;
  readonly hazards?: string;
}

const stretches = (list: readonly Stretch<number>[]): string =>
  list.map(({ start, end }) => (end === start + 1 ? `${start}` : `${start}-${end - 1}`)).join(' ');

function marksOf(lit: Lit, picture: Picture): Marks {
  const entries = picture.pcpus.flatMap(({ caches }) => caches?.tlbs.flatMap((tlb) => tlb.entries) ?? []);
  const isLit = (va: bigint, pages: number): boolean => litVas(lit, va, va + BigInt(pages * PAGE_SIZE));
  const marks = {
    mappings: mappingsOf(picture).filter(({ id }) => lit.mappings.includes(id)).map(({ name }) => name).join(' '),
    walk: picture.walk.levels
      .filter(({ level, ma }) => {
        const size = BigInt(SPAN[level] * PAGE_SIZE);
        return lit.entries.includes(ma) || isLit(picture.walk.va - (picture.walk.va % size), SPAN[level]);
      })
      .map(({ level }) => level)
      .join(' '),
    frames: stretches(lit.frames),
    tlbs: entries.filter(({ va, mpn, level }) => isLit(va, SPAN[level]) || litFrames(lit, mpn, SPAN[level])).length,
    pcpus: lit.pcpus.join(' '),
    ops: stretches(lit.ops),
    steps: stretches(lit.steps),
    messages: lit.messages.length,
    hazards: lit.hazards.map((i) => picture.hazards[i].rule).join(' '),
  }; // prettier-ignore
  return Object.fromEntries(Object.entries(marks).filter(([, mark]) => mark !== '' && mark !== 0));
}

type Row = readonly [what: string, thing: Thing | ((picture: Picture) => Thing), marks: Marks];

/** At a step, with what leads to the frame of the thing and the walk of its address, as the page has it a moment after it is pointed at. */
function table(
  of: string | Scenario,
  stepOf: (steps: ReturnType<typeof played>['timeline']) => number,
  rows: readonly Row[],
): void {
  const { scenario, timeline, ask, at } = played(of);
  const step = stepOf(timeline);
  test.each(rows)('%s', (_, given, marks) => {
    const picture = at(step, { va: VA });
    const thing = typeof given === 'function' ? given(picture) : given;
    const frames = thing.kind === 'frame' ? [thing] : [];
    const { reach } = ask({ kind: 'reach', step, frames }) as { reach: readonly ReachPicture[] };
    const around = { document: scenario, timeline, picture, reach };
    const va = vaOf(thing, around);
    const probed = va === undefined ? undefined : (ask({ kind: 'probe', step, va }) as { walk: WalkPicture });
    expect(marksOf(litBy(thing, { ...around, preview: probed?.walk }), picture)).toEqual(marks);
  });
}

const tlbOf =
  (pcpu: number, va: bigint) =>
  (picture: Picture): Thing => {
    for (const { name, entries } of picture.pcpus[pcpu].caches!.tlbs) {
      const entry = entries.find((one) => one.va === va);
      if (entry) return { kind: 'tlb', pcpu, tlb: name, ...entry };
    }
    throw new Error('it is not cached');
  };
const entryOf =
  (level: 1 | 2 | 3 | 4) =>
  ({ walk }: Picture): Thing => {
    const { tableMPN, index } = walk.levels.find((one) => one.level === level)!;
    return { kind: 'entry', va: walk.va, level, tableMPN, index };
  };
const tableAt = (level: 1 | 2 | 3 | 4) => ({ walk }: Picture): Thing => ({
  kind: 'table', va: walk.va, level, mpn: walk.levels.find((one) => one.level === level)!.tableMPN,
}); // prettier-ignore
const frame = (mpn: number, count = 1): Thing => ({ kind: 'frame', mpn, count });

// Example 2: op 0 maps MPN 6–20 and 42–50, 1–3 access from PCPU 0–2, 5 changes, 7–9 access, 11 unmaps, 13 and 14 fault.
describe('example-2, in the change of attributes', () => {
  table('example-2', ({ ops }) => ops[5].first + 6, [
    [
      'VA',
      { kind: 'va', va: pageAt(1) },
      { mappings: 'va', walk: '4 3 2', frames: '7', tlbs: 2, ops: '0-2 5 11', steps: '1-11 15-37 47-69' },
    ],
    [
      'VA that PCPU 2 used',
      { kind: 'va', va: pageAt(15) },
      {
        mappings: 'va',
        walk: '4 3 2',
        frames: '42',
        tlbs: 2,
        ops: '0-1 3 5 9 11 14',
        steps: '1-9 12-13 15-37 42-44 47-69 72-76',
      },
    ],
    ['VA that nothing maps', { kind: 'va', va: 0x5500_0000_0000n }, {}],
    [
      'PTE',
      entryOf(1),
      {
        mappings: 'va',
        walk: '4 3 2 1',
        frames: '6',
        tlbs: 2,
        ops: '0-2 5 7-8 11 13',
        steps: '1-11 15-37 39-45 47-69 71-75',
      },
    ],
    [
      'PDE',
      entryOf(2),
      {
        mappings: 'va',
        walk: '4 3 2 1',
        frames: '4102',
        tlbs: 14,
        ops: '0-3 5 7-9 11 13-14',
        steps: '1-13 15-37 39-45 47-69 71-76',
      },
    ],
    [
      'PT',
      tableAt(1),
      {
        mappings: 'va',
        walk: '4 3 2 1',
        frames: '4102',
        tlbs: 14,
        ops: '0-3 5 7-9 11 13-14',
        steps: '1-13 15-37 39-45 47-69 71-76',
      },
    ],
    [
      'frame',
      frame(42),
      {
        mappings: 'va',
        walk: '4 3 2',
        frames: '42',
        tlbs: 2,
        ops: '0-1 3 5 9 11 14',
        steps: '1-9 12-13 15-37 42-44 47-69 72-76',
      },
    ],
    ['frame that only the alias reaches', frame(300), { frames: '300' }],
    [
      'TLB entry',
      tlbOf(1, pageAt(2)),
      { mappings: 'va', walk: '4 3 2', frames: '8', tlbs: 2, pcpus: '1', ops: '0-2 5 11', steps: '11' },
    ],
    [
      'mapping',
      { kind: 'mapping', id: 1 },
      {
        mappings: 'va',
        walk: '4 3 2 1',
        frames: '6-20 42-50',
        tlbs: 14,
        ops: '0-3 5 7-9 11 13-14',
        steps: '1-13 15-37 39-45 47-69 71-76',
      },
    ],
    [
      'operation that maps',
      { kind: 'op', index: 0 },
      { mappings: 'va', walk: '4 3 2 1', frames: '6-20 42-50', tlbs: 14, pcpus: '0', ops: '0', steps: '1-7' },
    ],
    [
      'operation that accesses 4 pages',
      { kind: 'op', index: 2 },
      { mappings: 'va', walk: '4 3 2 1', frames: '6-9', tlbs: 8, pcpus: '1', ops: '2', steps: '10-11' },
    ],
    [
      'operation that accesses 3 pages of the other range',
      { kind: 'op', index: 3 },
      { mappings: 'va', walk: '4 3 2', frames: '42-44', tlbs: 6, pcpus: '2', ops: '3', steps: '12-13' },
    ],
    [
      'operation to come, after the unmap',
      { kind: 'op', index: 13 },
      { mappings: 'va', walk: '4 3 2 1', frames: '6', tlbs: 2, pcpus: '1', ops: '13', steps: '71-75' },
    ],
    ['operation without a place', { kind: 'op', index: 4 }, { pcpus: '0', ops: '4', steps: '14' }],
    [
      'step of a burst',
      { kind: 'step', step: 11 },
      { mappings: 'va', walk: '4 3 2 1', frames: '6-9', tlbs: 8, pcpus: '1', ops: '2', steps: '11' },
    ],
    [
      'step of the change',
      { kind: 'step', step: 19 },
      {
        mappings: 'va',
        walk: '4 3 2 1',
        frames: '6-20 42-50',
        tlbs: 14,
        pcpus: '0',
        ops: '5',
        steps: '19',
        messages: 3,
      },
    ],
    [
      'message',
      { kind: 'message', index: 0 },
      {
        mappings: 'va',
        walk: '4 3 2 1',
        frames: '6-20 42-50',
        tlbs: 14,
        pcpus: '0 1',
        ops: '5',
        steps: '19-20',
        messages: 1,
      },
    ],
    ['PCPU', { kind: 'pcpu', id: 2 }, { pcpus: '2', ops: '3 9 14', messages: 4 }],
  ]);
});
describe('missing-flush, at its end', () => {
  table('missing-flush', ({ steps }) => steps, [
    [
      'VA',
      { kind: 'va', va: VA },
      { walk: '4', tlbs: 2, ops: '0-1 4 6', steps: '1-9 12-19 21', hazards: 'use-after-unmap foreign-write' },
    ],
    [
      'frame',
      frame(16384),
      { frames: '16384', tlbs: 2, ops: '0-1 4 6', steps: '1-9 12-19 21', hazards: 'use-after-unmap foreign-write' },
    ],
    [
      'TLB entry',
      tlbOf(1, VA),
      {
        walk: '4',
        frames: '16384',
        tlbs: 2,
        pcpus: '1',
        ops: '0-1 4 6',
        steps: '9',
        hazards: 'use-after-unmap foreign-write',
      },
    ],
    [
      'hazard that names no page',
      { kind: 'hazard', index: 0 },
      { walk: '4', frames: '16384-16385', tlbs: 4, pcpus: '1', ops: '4', steps: '17', hazards: 'missing-ack' },
    ],
    [
      'hazard that names a page',
      { kind: 'hazard', index: 1 },
      { walk: '4', frames: '16384', tlbs: 2, pcpus: '1', ops: '6', steps: '21', hazards: 'use-after-unmap' },
    ],
    [
      'operation',
      { kind: 'op', index: 4 },
      {
        walk: '4',
        frames: '16384-16385',
        tlbs: 4,
        pcpus: '0',
        ops: '4',
        steps: '12-19',
        messages: 1,
        hazards: 'missing-ack',
      },
    ],
    [
      'lost message',
      { kind: 'message', index: 0 },
      { walk: '4', frames: '16384-16385', tlbs: 4, pcpus: '0 1', ops: '4', steps: '16', messages: 1 },
    ],
    [
      'PCPU',
      { kind: 'pcpu', id: 1 },
      { pcpus: '1', ops: '1 3 6', messages: 1, hazards: 'missing-ack use-after-unmap foreign-write' },
    ],
  ]);
});
describe('lazy-reuse, at its end', () => {
  table('lazy-reuse', ({ steps }) => steps, [
    [
      'VA given out twice',
      { kind: 'va', va: VA },
      {
        mappings: 'third',
        walk: '4 3 2 1',
        frames: '16416',
        tlbs: 2,
        ops: '0-1 3 5 11-12',
        steps: '1-9 11-14 16 50-57',
        hazards: 'use-after-unmap',
      },
    ],
    [
      'frame of the first',
      frame(16384),
      { frames: '16384', ops: '0-1 3 5', steps: '1-9 11-14 16', hazards: 'use-after-unmap' },
    ],
    [
      'frame of the third',
      frame(16416),
      {
        mappings: 'third',
        walk: '4 3 2 1',
        frames: '16416',
        tlbs: 2,
        ops: '11-12',
        steps: '50-57',
        hazards: 'use-after-unmap',
      },
    ],
    [
      'mapping',
      (picture) => ({ kind: 'mapping', id: mappingsOf(picture)[0].id }),
      { mappings: 'second', walk: '4 3 2', frames: '16400-16403', ops: '6-7', steps: '17-24' },
    ],
  ]);
});

// Behind the accesses of example 2: entry 30 of the page table leads to MPN 6 as well, and entry 300 of the PML4 to the PML4.
describe('tables written by hand', () => {
  const { scenario, at } = played('example-2');
  const [, pdpt, , pt] = at(9, { va: VA }).walk.levels;
  const root = at(9, { va: VA }).walk.levels[0].tableMPN;
  const poke = (mpn: number, index: number, to: number): Op => ({
    op: 'poke',
    pcpu: 0,
    ma: BigInt(mpn * PAGE_SIZE + index * 8),
    value: BigInt(to * PAGE_SIZE + 3),
  });
  const ops = [...scenario.ops.slice(0, 5), poke(pt.tableMPN, 30, 6), poke(root, 300, root)];
  table({ ...scenario, ops }, ({ steps }) => steps, [
    [
      'frame that a second entry reaches',
      frame(6),
      { mappings: 'va', walk: '4 3 2 1', frames: '6', tlbs: 4, ops: '0-2 5', steps: '1-11 15' },
    ],
    [
      'VA of that entry',
      { kind: 'va', va: pageAt(30) },
      { walk: '4 3 2', frames: '6', tlbs: 4, ops: '5', steps: '15' },
    ],
    [
      'entry that was written',
      { kind: 'entry', va: pageAt(30), level: 1, tableMPN: pt.tableMPN, index: 30 },
      { walk: '4 3 2', frames: '6', tlbs: 4, ops: '5', steps: '15' },
    ],
    [
      'page table',
      frame(pt.tableMPN),
      { mappings: 'va', walk: '4 3 2 1', frames: '4102', tlbs: 62, ops: '5', steps: '15' },
    ],
    [
      'table that only itself and the alias show',
      frame(pdpt.tableMPN),
      { mappings: 'va', walk: '4 3 2 1', frames: '4100', tlbs: 62 },
    ],
    [
      'operation that writes an entry',
      { kind: 'op', index: 5 },
      { walk: '4 3 2', frames: '4102', pcpus: '0', ops: '5', steps: '15' },
    ],
  ]);
});
