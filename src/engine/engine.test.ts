import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, DEFAULT_POLICIES, type MachineConfig } from '../machine/config';
import { digest } from '../machine/digest.fixture';
import { access, map, range, sync, unmap } from '../machine/machine.fixture';
import type { Op } from '../machine/op';
import { READONLY, READWRITE, UNCACHED } from '../machine/vmkapi';
import type { Scenario } from '../scenario';
import { libraryScenario } from '../scenario/library-files';
import { Timeline } from '../timeline/timeline';
import { Engine } from './engine';
import { PARTS } from './parts.fixture';
import { FRAME_KINDS, type Picture } from './picture';
import type { Look, Reply, RequestBody } from './protocol';
import { exportTables } from './tables-export';

const WINDOW = 0x4400_0000_0000n;
const LOOK: Look = { va: WINDOW, frames: { start: 96, cells: 64, perCell: 1 }, lanes: [0, 1, 2, 3] };
const scenario = (ops: readonly Op[], config: Partial<MachineConfig> = {}): Scenario => ({
  version: 1,
  title: '',
  config: { ...DEFAULT_CONFIG, ...config },
  ops,
});

/** An engine whose later work is done at once, and what it answered. */
function talk(...requests: readonly RequestBody[]): Reply[] {
  const replies: Reply[] = [];
  const waiting: (() => void)[] = [];
  const engine = new Engine((work) => waiting.push(work), PARTS);
  requests.forEach((request, id) => {
    engine.handle({ id, epoch: 1, ...request }, (reply) => replies.push(reply));
    for (let work = waiting.shift(); work; work = waiting.shift()) work();
  });
  return replies;
}
const load = (ops: readonly Op[], config: Partial<MachineConfig> = {}): RequestBody => ({
  kind: 'load',
  scenario: scenario(ops, config),
});
const seek = (step: number, look = LOOK): RequestBody => ({ kind: 'seek', step, look });
const last = (replies: readonly Reply[]): Reply => replies.at(-1)!;
function pictureOf(reply: Reply): Picture {
  if (reply.kind !== 'picture') throw new Error(JSON.stringify(reply));
  return reply.picture;
}

const made = map('a', READWRITE, [range(100, 2)]);
const used = [access('a', 'write'), access('a', 'read', { pcpu: 1 }), sync];

test('each request has one reply with its id, and a load says how far it is before', () => {
  const replies = talk({ kind: 'load', scenario: libraryScenario('example-2')! }, seek(3), {
    kind: 'predict',
    step: 3,
    op: made,
  });
  expect(replies.filter(({ kind }) => kind !== 'progress').map(({ id, kind }) => [id, kind])).toEqual([[0, 'loaded'], [1, 'picture'], [2, 'prediction']]); // prettier-ignore
});

test('before a scenario is loaded every other request fails in words', () => {
  expect(talk(seek(0))).toEqual([
    { id: 0, epoch: 1, kind: 'failed', during: 'seek', message: 'No scenario is loaded.' },
  ]);
});

test('a load that a newer one overtakes fails, and the newer one is the one that is shown', () => {
  const replies: Reply[] = [];
  const waiting: (() => void)[] = [];
  const engine = new Engine((work) => waiting.push(work), PARTS);
  const long = scenario([map('a', READWRITE, [range(100, 2)]), access('a', 'read', { count: 1_000_000, stride: 0n })], {
    policies: { ...DEFAULT_POLICIES, granularity: 'fine' },
  });
  engine.handle({ id: 1, epoch: 1, kind: 'load', scenario: long }, (reply) => replies.push(reply));
  expect(replies.at(-1)!.kind).toBe('progress');
  engine.handle({ id: 2, epoch: 2, kind: 'load', scenario: scenario([made]) }, (reply) => replies.push(reply));
  for (let work = waiting.shift(); work; work = waiting.shift()) work();
  expect(replies.filter(({ kind }) => kind !== 'progress')).toMatchObject([
    { id: 2, kind: 'loaded' },
    { id: 1, kind: 'failed', during: 'load' },
  ]);
  engine.handle({ id: 3, epoch: 2, kind: 'seek', step: 99, look: LOOK }, (reply) => replies.push(reply));
  expect(pictureOf(replies.at(-1)!).outcomes.map(({ label }) => label)).toEqual(['vmk_Map']);
});

test('the time line lists every step, what each operation took, and where hazards were raised', () => {
  const reply = last(talk(load([made, unmap('a'), unmap('a')])));
  if (reply.kind !== 'loaded') throw new Error(reply.kind);
  const { steps, times, ops, hazardSteps, stopped } = reply.timeline;
  expect(times).toHaveLength(steps + 1);
  expect(ops.map(({ label }) => label)).toEqual(['vmk_Map a', 'vmk_Unmap a', 'vmk_Unmap a']);
  expect(ops[0].first).toBe(1);
  expect(ops[2].last).toBe(steps);
  expect(hazardSteps).toEqual([steps]);
  expect(stopped).toBeUndefined();
});

test('a picture shows what the machine is: the walk, its page, its owner, the caches and the outcomes', () => {
  const picture = pictureOf(last(talk(load([made, ...used]), seek(10_000))));
  expect(picture.walk.levels.map(({ level, kind, index }) => [level, kind, index])).toEqual([[4, 'PML4E', 136], [3, 'PDPTE', 0], [2, 'PDE', 0], [1, 'PTE', 0]]); // prettier-ignore
  expect(picture.walk.end).toMatchObject({
    kind: 'page',
    level: 1,
    mpn: 100,
    ma: 100 * 4096,
    owner: 'net',
    region: 'ram',
    type: { pat: 'WB', mtrr: 'WB', effective: 'WB' },
  });
  expect(picture.walk.levels[3].entry).toBe(0x8000_0000_0006_4063n);
  expect([...picture.walk.levels[3].slots.subarray(0, 3)]).toEqual([2, 2, 0]);
  expect(picture.walk.levels[0].slots[136]).toBe(1);
  expect(picture.outcomes[0]).toMatchObject({ state: 'done', status: 'VMK_OK', va: WINDOW, label: 'vmk_Map' });
  expect(picture.modules.find(({ name }) => name === 'net')).toMatchObject({
    pages: 2,
    mappings: [{ name: 'a', va: WINDOW, pages: 2, firstMPN: 100 }],
  });
  expect(picture.pcpus[0].caches!.tlbs[0]).toMatchObject({
    name: 'l1d4k',
    live: 1,
    entries: [{ va: WINDOW, mpn: 100, dirty: true, type: 'WB', mapping: expect.any(Number) as number }],
  });
  expect(picture.pcpus[1].counters).toEqual({ hits1: 0, hits2: 0, walks: 1, faults: 0 });
  expect(picture.pcpus.map(({ doing }) => doing)).toEqual(['idle', 'idle', 'idle', 'idle']);
  expect(FRAME_KINDS[picture.frames!.kinds[4]]).toBe('mapped');
  expect(FRAME_KINDS[picture.frames!.kinds[3]]).toBe('ram');
});

test('a table is shown whole: all of its 512 slots, whatever of them is near the chosen entry', () => {
  const ops = [map('a', READWRITE, [range(1000, 512)])];
  const { levels } = pictureOf(last(talk(load(ops), seek(99, { ...LOOK, va: WINDOW + 0x1f_f000n })))).walk;
  expect(levels[3].index).toBe(511);
  expect([...levels[3].slots]).toEqual(Array.from({ length: 512 }, () => 2));
  expect(levels[3].near.at(-1)).toMatchObject({ index: 511, target: 1511 });
  expect(levels[3].near[0].index).toBeLessThan(511);
});

test('an address that nothing maps, and one that is not canonical, end in their faults', () => {
  const end = (va: bigint): unknown => pictureOf(last(talk(load([made]), seek(99, { ...LOOK, va })))).walk.end;
  expect(end(WINDOW + 0x2000n)).toMatchObject({
    kind: 'fault',
    fault: { vector: 'PF', level: 1, reason: 'not-present' },
  });
  expect(end(1n << 47n)).toMatchObject({ kind: 'fault', fault: { vector: 'GP' } });
});

test('looking changes nothing: A stays clear, and no picture depends on which ones were asked for before', () => {
  const ops = [made, ...used, unmap('a'), sync];
  const direct = pictureOf(last(talk(load(ops), seek(5))));
  const around = pictureOf(last(talk(load(ops), seek(20), seek(2), seek(17), seek(5))));
  expect(around).toEqual(direct);
  const mapped = pictureOf(last(talk(load([made]), seek(99), seek(99))));
  expect(mapped.walk.levels.map(({ entry }) => entry & 0x20n)).toEqual([0n, 0n, 0n, 0n]);
});

test('while a PCPU owes an invalidation the picture counts it and marks what is stale', () => {
  const { timeline, step } = firstStep([made, ...used, unmap('a')], (m) =>
    m.state.shootdowns.some(({ owes }) => owes.includes(1) && !owes.includes(0)),
  );
  const picture = pictureOf(last(talk({ kind: 'load', scenario: timeline.scenario }, seek(step))));
  expect(picture.pcpus.map(({ owes, stale }) => [owes > 0, stale > 0])).toEqual([[false, false], [true, true], [true, false], [true, false]]); // prettier-ignore
  expect(picture.pcpus[1].caches!.tlbs[0].entries[0].stale).toBe('not-present');
  expect(picture.pcpus[1].caches!.structures.every(({ stale }) => stale)).toBe(true);
});

function firstStep(
  ops: readonly Op[],
  wanted: (machine: Timeline['machine']) => boolean,
): { readonly timeline: Timeline; readonly step: number } {
  const timeline = new Timeline(scenario(ops));
  timeline.play();
  for (let step = 0; step <= timeline.length; step++) {
    timeline.seek(step);
    if (wanted(timeline.machine)) return { timeline, step };
  }
  throw new Error('no such step');
}

test('a prediction says what a call would do at a step, and leaves the machine as it is', () => {
  const predict = (op: Op, step = 99): RequestBody => ({ kind: 'predict', step, op });
  const replies = talk(
    load([made, ...used]),
    seek(99),
    predict(map('new', READWRITE | UNCACHED, [range(500, 3)])),
    predict(map('new', READONLY, [range(5, 1)])),
    predict(map('new', 64n, [range(5, 1)])),
    predict(unmap('a')),
    predict(map('new', READWRITE, [range(5, 1)]), 0),
    seek(99),
  );
  const predictions = replies.flatMap((reply) => (reply.kind === 'prediction' ? [reply.prediction] : []));
  expect(predictions).toMatchObject([
    {
      outcome: { status: 'VMK_OK', va: WINDOW + 0x2000n },
      pages: 3,
      tables: 0,
      entries: 3,
      hazards: [{ rule: 'uncached-wording' }, { rule: 'type-alias' }],
    },
    { outcome: { status: 'VMK_OK', va: 0x6400_0000_5000n }, tables: 0, entries: 0, hazards: [] },
    { outcome: { status: 'VMK_BAD_PARAM', field: 'mapAttrs' }, pages: 0 },
    { outcome: { state: 'done', status: undefined }, tables: -3 },
    { outcome: { status: 'VMK_OK', va: WINDOW }, tables: 3, entries: 4 },
  ]);
  expect(pictureOf(replies.at(-1)!)).toEqual(pictureOf(replies[1]));
});

test('a prediction in the middle of a call waits for it, and is not charged with its hazards', () => {
  const ops = [made, ...used, unmap('a'), unmap('a')];
  const { step } = firstStep(ops, (m) => m.state.shootdowns.length > 0);
  const reply = last(talk(load(ops), { kind: 'predict', step, op: map('b', READWRITE, [range(300, 1)]) }));
  expect(reply).toMatchObject({
    kind: 'prediction',
    prediction: { outcome: { status: 'VMK_OK', va: WINDOW }, hazards: [] },
  });
});

test('exported tables are every present entry by its address', () => {
  const timeline = new Timeline(scenario([made]));
  timeline.play();
  const tables = exportTables(timeline.machine);
  if (!tables.ok) throw new Error(tables.error);
  const { cr3, entries } = tables.value;
  expect(entries).toContainEqual({
    pa: `0x${(Number(cr3) + 136 * 8).toString(16)}`,
    value: expect.stringMatching(/007$/) as string,
  });
  const values = entries.map(({ value }) => value);
  expect(values).toEqual(expect.arrayContaining(['0x8000000000064003', '0x8000000000065003']));
});

test('tables with more entries than a text can hold are refused, not written', () => {
  const timeline = new Timeline(libraryScenario('largest')!);
  timeline.play();
  timeline.seek(timeline.ops[0].last);
  expect(exportTables(timeline.machine)).toMatchObject({
    ok: false,
    error: expect.stringMatching(/at most 4 000 000/) as string,
  });
});

test('the machine behind the pictures is the one that a time line has', () => {
  const ops = [made, ...used, unmap('a')];
  const timeline = new Timeline(scenario(ops));
  timeline.play();
  timeline.seek(7);
  const before = digest(timeline.machine);
  timeline.seek(3);
  timeline.seek(7);
  expect(digest(timeline.machine)).toBe(before);
  expect(pictureOf(last(talk(load(ops), seek(7)))).time).toBe(timeline.machine.state.time);
});

test('a small picture needs nothing loaded, and leaves alone what is', () => {
  const strip: RequestBody = { kind: 'strip', scenario: libraryScenario('missing-flush')! };
  expect(last(talk(strip))).toMatchObject({ id: 0, kind: 'stripped', strip: { pcpus: 2, whole: true } });
  const replies = talk(load([made, ...used]), strip, seek(3));
  expect(replies.filter(({ kind }) => kind !== 'progress').map(({ kind }) => kind)).toEqual(['loaded', 'stripped', 'picture']); // prettier-ignore
  expect(pictureOf(last(replies)).step).toBe(3);
});
