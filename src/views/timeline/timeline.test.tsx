import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../engine/engine';
import { PARTS } from '../../engine/parts.fixture';
import type { Outcome, Picture, TimelinePicture } from '../../engine/picture';
import type { Reply, RequestBody } from '../../engine/protocol';
import { DARK, type Thing } from '../../engine/thing';
import { DEFAULT_CONFIG } from '../../machine/config';
import { access, change, map, range, sync } from '../../machine/machine.fixture';
import { MIGHTCHANGE, READWRITE } from '../../machine/vmkapi';
import { libraryScenario } from '../../scenario/library-files';
import type { Scenario } from '../../scenario';
import { axisOf, type AxisKind } from './axis';
import { Card } from './card';
import { groupsOf, rowsOfOps } from './groups';
import { hitAt, thingOf } from './hit';
import { middleOf, topOf, xOf, type Layout } from './layout';
import { Stage } from './stage';
import { Timeline } from './timeline';
import { tracksOf } from './tracks';
import { hitText, messageText, owedText, waitText } from './words';

const nothing = (): void => undefined;
/** Asks an engine in the same thread. */
function engineOn(scenario: Scenario) {
  const engine = new Engine((work) => work(), PARTS);
  const ask = (body: RequestBody): Reply => {
    const replies: Reply[] = [];
    engine.handle({ id: 1, epoch: 1, ...body }, (reply) => replies.push(reply));
    return replies.at(-1)!;
  };
  const { timeline } = ask({ kind: 'load', scenario }) as { timeline: TimelinePicture };
  const look = { va: 0n, frames: { start: 0, cells: 1, perCell: 1 }, lanes: [] };
  const at = (step: number): Picture => (ask({ kind: 'seek', step, look }) as { picture: Picture }).picture;
  return { timeline, at };
}

const library = (id: string) => engineOn(libraryScenario(id)!);
const { timeline, at } = library('example-2');
const KINDS: readonly AxisKind[] = ['cycles', 'steps'];
const CHANGE = timeline.ops.findIndex(({ label }) => label.startsWith('vmk_MapChangeAttributes'));

const text = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

function stageAt(step: number, of = timeline, lit = DARK, bookmarks: readonly number[] = []): string {
  return renderToStaticMarkup(
    <Stage
      timeline={of}
      last={of.steps}
      theme="light"
      lit={lit}
      bookmarks={bookmarks}
      track={{ axis: undefined, span: undefined }}
      Moving={({ children }) => children({ at: step, step, narration: `Sentence ${step}.` })}
      onSeek={nothing}
      onOperation={nothing}
      onHover={nothing}
      onSelect={nothing}
      onBookmark={nothing}
      onCompare={nothing}
      onTrack={nothing}
    />,
  );
}

describe('the axis', () => {
  test.each(KINDS)('%s: every step has its place, in order, within the whole', (kind) => {
    const axis = axisOf(timeline, kind);
    for (let step = 1; step <= timeline.steps; step++) {
      expect(axis.starts[step]).toBeGreaterThanOrEqual(axis.starts[step - 1]);
      expect(axis.ends[step]).toBeGreaterThanOrEqual(axis.starts[step]);
      expect(axis.ends[step]).toBeLessThanOrEqual(axis.whole.to);
      expect(axis.ofAt(step)).toBe(axis.starts[step]);
    }
    expect(axis.ofTime(Infinity)).toBe(axis.whole.to);
  });

  test('where the playhead is put, there it stands', () => {
    for (const kind of KINDS) {
      const axis = axisOf(timeline, kind);
      for (const x of [0.1, 0.37, 0.5, 0.93].map((share) => share * axis.ofAt(timeline.steps)))
        expect(axis.ofAt(axis.atOf(x))).toBeCloseTo(x);
    }
  });

  test('of equally wide steps none is wider for lasting longer, but it reaches to where it ends', () => {
    const axis = axisOf(timeline, 'steps');
    const flush = timeline.acts.names.indexOf('flushRemote');
    const step = timeline.acts.acts.indexOf(flush);
    expect(axis.starts[step + 1] - axis.starts[step]).toBe(1);
    expect(axis.ends[step] - axis.starts[step]).toBeGreaterThan(3);
  });
});

describe('the tracks', () => {
  test.each(KINDS)('%s: every step is on the track of its PCPU, once, and no two overlap', (kind) => {
    const tracks = tracksOf(timeline, axisOf(timeline, kind));
    const seen = tracks.list.flatMap(({ acts, arrivals }, id) =>
      [...acts.order, ...arrivals.order].map((step) => [step, id] as const),
    );
    expect(seen.map(([step]) => step).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: timeline.steps }, (_, i) => i + 1),
    );
    for (const [step, id] of seen) expect(timeline.acts.pcpus[step]).toBe(id);
    for (const { acts } of tracks.list) expect(acts.intervals.disjoint).toBe(true);
    expect(tracks.list.flatMap(({ owed }) => [...owed.order])).toHaveLength(timeline.owed.length);
    expect(tracks.list.flatMap(({ waits }) => [...waits.order])).toHaveLength(timeline.waits.length);
    expect(tracks.awaited).toEqual([3, 3]);
  });

  test('operations in a row do not overlap, and none is lost by folding', () => {
    const tracks = tracksOf(timeline, axisOf(timeline, 'cycles'));
    const rows = rowsOfOps(tracks, 2);
    for (const width of [40, 300, 2000]) {
      const groups = groupsOf(tracks, timeline, rows, tracks.axis.whole, width);
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(timeline.ops.length);
      for (const row of [0, 1]) {
        const ends = groups.filter((group) => group.row === row);
        ends
          .slice(1)
          .forEach(({ left }, i) => expect(left).toBeGreaterThanOrEqual(ends[i].left + ends[i].width - 1e-6));
      }
    }
  });

  test('very many operations are at most a button for so many pixels', () => {
    const ops = [map('a', READWRITE, [range(16, 2)]), ...Array.from({ length: 3000 }, () => access('a', 'read'))];
    const { timeline: long } = engineOn({ version: 1, title: '', config: DEFAULT_CONFIG, ops } as unknown as Scenario);
    const tracks = tracksOf(long, axisOf(long, 'cycles'));
    const groups = groupsOf(tracks, long, rowsOfOps(tracks, 2), tracks.axis.whole, 1000);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(3001);
    expect(groups.length).toBeLessThanOrEqual(200);
  });
});

describe('pointing', () => {
  const tracks = tracksOf(timeline, axisOf(timeline, 'cycles'));
  const layout: Layout = { width: 1064, height: 96, gutter: 56, row: 24, scroll: 0, span: tracks.axis.whole };
  const centre = (from: number, to: number): number => xOf(layout, (from + to) / 2);

  test('a bar is its step, the pale bar a wait, the stripe below what is owed', () => {
    const flush = timeline.acts.acts.findIndex(
      (act, step) => timeline.acts.names[act] === 'flushRemote' && timeline.acts.pcpus[step] === 2,
    );
    const x = centre(tracks.axis.starts[flush], tracks.axis.ends[flush]);
    expect(hitAt(layout, tracks, timeline, x, middleOf(layout, 2))).toEqual({ kind: 'step', step: flush });
    const wait = timeline.waits[0];
    expect(hitAt(layout, tracks, timeline, centre(wait.from, wait.to), middleOf(layout, 0))).toEqual({
      kind: 'wait',
      index: 0,
    });
    const owed = timeline.owed.findIndex(({ pcpu }) => pcpu === 2);
    expect(hitAt(layout, tracks, timeline, x, topOf(layout, 3) - 3)).toEqual({ kind: 'owed', index: owed });
    expect(thingOf(timeline, { kind: 'owed', index: owed })).toEqual({ kind: 'op', index: CHANGE });
  });

  test('a message is found on its line', () => {
    const { sent, arrives, to } = timeline.messages;
    const last = timeline.messages.kinds.indexOf('ack') - 1;
    const x = xOf(layout, sent[last] + 0.6 * (arrives[last] - sent[last]));
    const y = middleOf(layout, 0) + 0.6 * (middleOf(layout, to[last]) - middleOf(layout, 0));
    expect(hitAt(layout, tracks, timeline, x, y)).toEqual({ kind: 'message', index: last });
    expect(hitText(timeline, tracks, { kind: 'message', index: last })).toMatch(
      /^IPI from PCPU 0 to PCPU 3, sent at .*900 cycles$/,
    );
  });

  test('left of the lines there is nothing', () => {
    expect(hitAt(layout, tracks, timeline, 20, 30)).toBeUndefined();
  });

  test('tracks that are scrolled are found where they are seen', () => {
    const wait = timeline.waits[0];
    const low = { ...layout, row: 60, scroll: 30 };
    expect(hitAt(low, tracks, timeline, centre(wait.from, wait.to), 10)).toEqual({ kind: 'wait', index: 0 });
  });
});

describe('in words', () => {
  test('a lost IPI says so, and so does what is owed for ever', () => {
    const { timeline: lost } = library('missing-flush');
    expect(messageText(lost, 0)).toContain('from PCPU 0 to PCPU 1, sent at 2 278 and lost');
    expect(lost.owed.map(owedText)).toEqual(['owes a flush · 530 cycles', 'owes a flush, and never makes it']);
    const tracks = tracksOf(lost, axisOf(lost, 'cycles'));
    expect(waitText(lost.waits[0], tracks.awaited[0])).toBe('waits for 1 ack');
    expect(tracks.hazards).toHaveLength(2);
  });

  test('forward and backward give the same text', () => {
    const steps = Array.from({ length: timeline.steps + 1 }, (_, i) => i);
    const forward = steps.map((step) => stageAt(step));
    expect(
      steps
        .toReversed()
        .map((step) => stageAt(step))
        .toReversed(),
    ).toEqual(forward);
  });

  test('the slider says the step and the narration, and the operation at the playhead is marked', () => {
    const html = stageAt(timeline.ops[CHANGE].first + 3);
    expect(html).toMatch(/aria-label="Step" aria-valuetext="Step 18 of 76. Sentence 18."[^>]*value="18"/);
    expect(html.match(/aria-current="step"[^>]*title="[^"]*"/g)).toHaveLength(1);
    expect(html).toMatch(
      /aria-label="vmk_MapChangeAttributes va: PCPU 0, steps 15 to 37, 14 463 cycles"[^>]*aria-current="step"/,
    );
  });

  test('one operation can be reached by Tab, and what is lit has its ring', () => {
    const html = stageAt(0, timeline, { ...DARK, ops: [{ start: CHANGE, end: CHANGE + 1 }] });
    expect(html.match(/class="op [^"]*"[^>]*tabindex="0"/g)).toHaveLength(1);
    expect(html.match(/class="op [^"]*\blit\b/g)).toHaveLength(1);
  });

  test('bookmarks are flags and a list', () => {
    const html = stageAt(19, timeline, DARK, [3, 19]);
    expect(html).toContain('aria-label="Bookmark at step 19"');
    expect(html).toContain('aria-label="Remove the bookmark at step 3"');
    expect(html).toMatch(/aria-pressed="true" aria-label="Bookmark this step"/);
    expect(stageAt(18, timeline, DARK, [3, 19])).toMatch(/aria-pressed="false" aria-label="Bookmark this step"/);
  });

  test('the transport says where the playhead is', () => {
    const bar = renderToStaticMarkup(
      <Timeline
        step={3}
        last={76}
        time={120}
        narration="Something happens."
        playing={false}
        speed={1}
        speeds={[1]}
        notice={undefined}
        onPlay={nothing}
        onPause={nothing}
        onStep={nothing}
        onOperation={nothing}
        onSpeed={nothing}
      />,
    );
    for (const name of ['Previous operation', 'Step back', 'Step forward', 'Next operation', 'Timeline'])
      expect(bar).toContain(`aria-label="${name}"`);
    expect(bar).toContain('aria-live="polite"');
    expect(text(bar)).toContain('step 3 of 76 120 cycles');
  });
});

describe('the card', () => {
  const card = (thing: Extract<Thing, { kind: 'op' | 'step' | 'message' }>, outcome?: Outcome, of = timeline): string =>
    text(
      renderToStaticMarkup(
        <Card
          timeline={of}
          thing={thing}
          outcome={outcome}
          costs="haswell"
          onSelect={nothing}
          onSeek={nothing}
          onClose={nothing}
        />,
      ),
    );

  test('an operation has its costs by kind, with figures and sources', () => {
    const { outcomes } = at(timeline.steps);
    const says = card({ kind: 'op', index: CHANGE }, outcomes[CHANGE]);
    expect(says).toContain('14 463 cycles');
    expect(says).toMatch(/invalidating its own TLB .* 6 240 43 %/);
    expect(says).toContain('One INVLPG: 260 cycles. Source: Molnár');
    // Each kind has the grounds of its own figures.
    expect(says).toMatch(/invalidating its own TLB figures \[E\]/);
    expect(says).toMatch(/sending IPIs figures \[E\]/);
    expect(says).toMatch(/calls and checks figures \[M\]/);
  });

  test('a fault is no success', () => {
    const last = timeline.ops.length - 1;
    expect(card({ kind: 'op', index: last }, at(timeline.steps).outcomes[last])).toMatch(/ fault .*#PF\(0x0\)/);
  });

  test('before it has ended, what it has cost so far', () => {
    const { outcomes } = at(timeline.ops[CHANGE].first + 4);
    expect(card({ kind: 'op', index: CHANGE }, outcomes[CHANGE])).toContain('so far');
    expect(card({ kind: 'op', index: CHANGE }, at(1).outcomes[CHANGE])).toContain('Not begun in this step');
  });

  test('a step has its time, its operation and its messages', () => {
    const says = card({ kind: 'step', step: 19 });
    expect(says).toContain('PCPU 0: send IPIs');
    expect(says).toContain('at 12 366 cycles');
    expect(says).toContain('IPI to PCPU 3');
  });

  test('a message has both ends and its flight, or was lost', () => {
    expect(card({ kind: 'message', index: 0 })).toMatch(/PCPU 0 to PCPU 1 .*in flight for 900 cycles/);
    const { timeline: lost } = library('missing-flush');
    expect(card({ kind: 'message', index: 0 }, undefined, lost)).toContain('never: it was lost');
  });
});

test('a wait for the lock is no wait for acknowledgements', () => {
  const ops = [
    map('a', READWRITE | MIGHTCHANGE, [range(16, 2)]),
    sync,
    change('a'),
    map('b', READWRITE, [range(32, 2)], { pcpu: 1 }),
  ];
  const { timeline: two } = engineOn({ version: 1, title: '', config: DEFAULT_CONFIG, ops } as unknown as Scenario);
  const { awaited } = tracksOf(two, axisOf(two, 'cycles'));
  expect(two.waits.map(({ what }, i) => [what, awaited[i]])).toEqual([
    ['acks', 3],
    ['lock', 0],
  ]);
});
