import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../engine/engine';
import { PARTS } from '../../engine/parts.fixture';
import type { Picture, TimelinePicture } from '../../engine/picture';
import type { Reply, RequestBody } from '../../engine/protocol';
import type { Lit, Thing } from '../../engine/thing';
import { libraryScenario } from '../../scenario/library-files';
import { parseScenario, type Scenario } from '../../scenario';
import { DARK } from '../../engine/thing';
import { flightsAt, flightText } from './flight';
import { FlightList } from './flight-list';
import { Flights } from './flights';
import { Many } from './many';
import { MessagePane } from './message-pane';
import { Pcpus } from './pcpus';

const nothing = (): void => undefined;
const VA = 0x4400_0000_0000n;
const NONE: Thing = { kind: 'va', va: VA };

/** Asks an engine in the same thread. */
function engineOn(scenario: Scenario, lanes: readonly number[]) {
  const engine = new Engine((work) => work(), PARTS);
  const ask = (body: RequestBody): Reply => {
    const replies: Reply[] = [];
    engine.handle({ id: 1, epoch: 1, ...body }, (reply) => replies.push(reply));
    return replies.at(-1)!;
  };
  const { timeline } = ask({ kind: 'load', scenario }) as { timeline: TimelinePicture };
  const look = { va: VA, frames: { start: 0, cells: 16, perCell: 1 }, lanes };
  const at = (step: number): Picture => (ask({ kind: 'seek', step, look }) as { picture: Picture }).picture;
  return { timeline, at };
}

interface Looks {
  readonly lit?: Lit;
  readonly selected?: Thing;
  readonly open?: readonly number[];
}

/** The view at a position of the playhead. */
function view({ timeline, at }: ReturnType<typeof engineOn>, position: number, looks: Looks = {}): string {
  const { lit = DARK, selected = NONE, open = [] } = looks;
  const acts = { onHover: nothing, onSelect: nothing };
  const step = Math.floor(position);
  return renderToStaticMarkup(
    <Pcpus
      {...{ pcpus: at(step).pcpus, step, va: VA, lit, selected, open, ...acts }}
      flights={(places) => <Flights {...{ timeline, at: position, places, lit, ...acts }} />}
      Many={Many}
      list={<FlightList {...{ timeline, step, lit, pcpu: undefined, ...acts }} />}
      onSeek={nothing}
      listed={[]}
      onToggle={nothing}
      onList={nothing}
    />,
  );
}

/** So many PCPUs that all read, and then a shootdown. */
function many(pcpus: number): Scenario {
  const read = parseScenario({
    version: 1,
    title: 'many',
    config: { pcpus },
    ops: [
      {
        op: 'map',
        as: 'a',
        module: 'net',
        attrs: ['READWRITE', 'MIGHTCHANGE'],
        ranges: [{ startMPN: 64, numPages: 8 }],
      },
      ...Array.from({ length: pcpus }, (_, pcpu) => ({ op: 'access', at: 'a', count: 8, pcpu })),
      { op: 'sync' },
      { op: 'mask', masked: true, pcpu: 2 },
      { op: 'change', at: 'a', attrs: [] },
    ],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const example = engineOn(libraryScenario('example-2')!, [0, 1, 2, 3]);
const { timeline } = example;
const sender = timeline.messages.sentBy[0] ?? 0;
const names = (html: string, pattern: RegExp): string[] =>
  [...html.matchAll(/aria-label="([^"]*)"/g)].map(([, name = '']) => name).filter((name) => pattern.test(name));

describe('the lanes of Example 2', () => {
  test('look the same forward and backward, between the steps too', () => {
    const positions = Array.from({ length: 30 }, (_, i) => sender - 3 + i / 2);
    const forward = positions.map((position) => view(example, position));
    const backward = positions.toReversed().map((position) => view(example, position));
    expect(backward.toReversed()).toEqual(forward);
    expect(new Set(forward).size).toBeGreaterThan(20);
  });

  test('are groups named by their PCPU', () => {
    expect(names(view(example, 0), /^PCPU \d+$/)).toEqual(['PCPU 0', 'PCPU 1', 'PCPU 2', 'PCPU 3']);
    expect(view(example, 0)).toContain('All TLBs are empty');
  });

  test('say stale at the step that changes the tables, and not before', () => {
    const html = view(example, sender);
    expect(html).toMatch(/tag stale">\d+ stale/);
    expect(html).toContain('STALE: FEWER RIGHTS NOW');
    const change = timeline.messages.ops[0] ?? 0;
    const before = view(example, (timeline.ops[change]?.first ?? 0) - 1);
    expect(before).not.toContain('STALE');
    expect(before).toContain('no stale entry');
  });

  test('light what belongs, and tell of the selected entry and its walk', () => {
    const step = sender - 1;
    const lit = { ...DARK, vas: [{ start: VA, end: VA + 4096n }] };
    const dark = view(example, step);
    expect(dark).not.toMatch(/tlb-entry[^"]* lit/);
    expect(view(example, step, { lit })).toMatch(/tlb-entry[^"]* lit/);
    const held = example.at(step).pcpus[1]?.caches?.tlbs[0];
    const entry = held?.entries[0];
    if (!held || !entry) throw new Error('PCPU 1 has read');
    const selected: Thing = { kind: 'tlb', pcpu: 1, tlb: held.name, ...entry };
    expect(view(example, step, { selected })).toMatch(
      new RegExp(`L1d 4K of PCPU 1; the walk it came from: <button[^>]*>step ${entry.born}<`),
    );
  });
});

describe('messages in flight', () => {
  test('are there from their sending to their arrival, and move evenly', () => {
    const { sentBy, arrivedAt } = timeline.messages;
    const find = (at: number) => flightsAt(timeline, at).find(({ index }) => index === 0);
    expect(find(sender - 0.01)).toBeUndefined();
    expect(find(sender)).toMatchObject({ kind: 'ipi', from: 0, to: 1, share: 0, state: 'waits' });
    const shares = [0.2, 0.4, 0.6, 0.8].map((part) => find(sender + part)?.share ?? -1);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
    expect(shares.at(-1)).toBeGreaterThan(0.5);
    expect(find(arrivedAt[0] ?? 0)).toBeUndefined();
    expect(sentBy.every((by, i) => flightsAt(timeline, by).some(({ index }) => index === i))).toBe(true);
  });

  test('are named with what is left of their way', () => {
    const [flight] = flightsAt(timeline, sender + 0.5);
    if (!flight) throw new Error('an IPI is under way');
    expect(flightText(flight)).toMatch(/^IPI from PCPU 0 to PCPU 1, .*arrives in \d+ cycles$/);
    expect(names(view(example, sender + 0.5), /^IPI from PCPU 0/)).toHaveLength(3);
    expect(view(example, 1)).toContain('No message in flight');
  });

  test('that get lost fade into a cross, which stays until the operation ends', () => {
    const lost = engineOn(libraryScenario('missing-flush')!, [0, 1]);
    const { messages, ops } = lost.timeline;
    const index = messages.arrivedAt.indexOf(0);
    const op = messages.ops[index] ?? 0;
    const last = ops[op]?.last ?? 0;
    expect(view(lost, messages.sentBy[index] ?? 0)).not.toContain('class="cross"');
    const html = view(lost, last);
    expect(html).toContain('class="cross"');
    expect(names(html, /lost$/)).toEqual(['IPI from PCPU 0 to PCPU 1, lost']);
    expect(view(lost, last + 0.5)).toContain('class="cross"');
    expect(view(lost, last + 1)).not.toContain('class="cross"');
  });

  test('can be dropped, delayed, and given back', () => {
    const pane = (fault?: { kind: 'drop'; cycles: number }) =>
      renderToStaticMarkup(
        <MessagePane
          {...{ timeline, index: 0, fault, refusal: undefined }}
          onDrop={nothing}
          onDelay={nothing}
          onRestore={nothing}
          onSeek={nothing}
        />,
      );
    expect(pane()).toMatch(/>Drop<.*>Delay<.*aria-label="Cycles of delay"/);
    expect(pane({ kind: 'drop', cycles: 0 })).toMatch(/Undo drop/);
  });
});

describe('more PCPUs', () => {
  test('16 have a line each', () => {
    const engine = engineOn(
      many(16),
      Array.from({ length: 16 }, (_, i) => i),
    );
    const html = view(engine, engine.timeline.messages.sentBy[0] ?? 0);
    expect(new Set(names(html, /^PCPU \d+$/)).size).toBe(16);
    expect(html.match(/class="pcpu-row/g)).toHaveLength(16);
    expect(names(html, /^IPI from PCPU 0/)).toHaveLength(15);
    expect(names(html, /^PCPU 2: idle, 16 TLB entries, 16 stale, owes 1 invalidation, interrupts off/)).toHaveLength(1);
    const opened = view(engine, 1, { open: [9] });
    expect(names(opened, /^Lane of PCPU \d+$/)).toEqual(['Lane of PCPU 9']);
  });

  test.each([64, 256])('%i have a tile each, with what they do and hold', (count) => {
    const engine = engineOn(many(count), [3]);
    const html = view(engine, engine.timeline.messages.sentBy[0] ?? 0, { open: [3] });
    expect(names(html, /^PCPU \d+: /)).toHaveLength(count);
    expect(names(html, /^Lane of PCPU \d+$/)).toEqual(['Lane of PCPU 3']);
    expect(names(html, /^PCPU 2: idle, 16 TLB entries, 16 stale, owes 1 invalidation, interrupts off/)).toHaveLength(1);
    expect(html).toMatch(new RegExp(`${count - 1} IPIs, 0 acks in flight`));
    expect(html).toContain('class="ipi body"');
    expect(names(html, /^IPI from PCPU 0/)).toHaveLength(count - 1);
  });
});
