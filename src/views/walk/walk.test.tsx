import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../engine/engine';
import { PARTS } from '../../engine/parts.fixture';
import type { Picture, TimelinePicture, WalkPicture } from '../../engine/picture';
import type { Reply, RequestBody } from '../../engine/protocol';
import type { Lit } from '../../engine/thing';
import { libraryScenario } from '../../scenario/library-files';
import { columnsOf } from './columns';
import { oddBits } from './fault-text';
import { geometryOf, roomOf } from './geometry';
import { Progress } from './lines';
import { charsOf, writingOf } from './rows';
import { Walk } from './walk';

const nothing = (): void => undefined;
const VA = 0x4400_0000_0000n;
const DARK: Lit = {
  ...{ vas: [], frames: [], entries: [], mappings: [], ops: [], steps: [], pcpus: [], messages: [], hazards: [] },
};

function engineOn(id: string) {
  const engine = new Engine((work) => work(), PARTS);
  const ask = (body: RequestBody): Reply => {
    const replies: Reply[] = [];
    engine.handle({ id: 1, epoch: 1, ...body }, (reply) => replies.push(reply));
    return replies.at(-1)!;
  };
  const { timeline } = ask({ kind: 'load', scenario: libraryScenario(id)! }) as { timeline: TimelinePicture };
  const look = (va: bigint) => ({ va, frames: { start: 0, cells: 8, perCell: 1 }, lanes: [] });
  const at = (step: number, va = VA): Picture =>
    (ask({ kind: 'seek', step, look: look(va) }) as { picture: Picture }).picture;
  return { timeline, at };
}

const render = (walk: WalkPicture, more: { preview?: WalkPicture; lit?: Lit } = {}): string =>
  renderToStaticMarkup(
    <Walk
      walk={walk}
      level={1}
      lit={DARK}
      mappings={[]}
      picture="path"
      onPicture={nothing}
      onHover={nothing}
      onSelect={nothing}
      {...more}
    />,
  );
const textOf = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

const { timeline, at } = engineOn('example-2');
const mapped = timeline.ops[0].last;

test('the walk looks the same forward and backward', () => {
  const steps = Array.from({ length: Math.floor(timeline.times.length / 4) }, (_, i) => i * 4);
  const forward = steps.map((step) => render(at(step).walk));
  const backward = steps.toReversed().map((step) => render(at(step).walk));
  expect(backward.toReversed()).toEqual(forward);
});

describe('the path', () => {
  test('splits the address and adds the offset to the frame', () => {
    const text = textOf(render(at(mapped, VA + 0x3a10n).walk));
    expect(text).toMatch(/0x0000 47:39 0x88 010001000 136 /);
    expect(text).toMatch(/20:12 0x3 000000011 3 /);
    expect(text).toMatch(/11:0 offset 101000010000 0xa10 /);
    expect(text).toMatch(/MPN 0x9 begins 0x9000 \+ offset 0xa10 = MA 0x9a10 /);
  });

  test('says what takes a right away, and where', () => {
    const done = timeline.ops.find(({ label }) => label.startsWith('vmk_MapChange'))!.last;
    expect(textOf(render(at(mapped).walk))).toContain('takes X RW–');
    expect(textOf(render(at(done).walk))).toContain('takes W R–X');
  });

  test('stops at the entry and the bit that decided', () => {
    const html = render(at(0).walk);
    expect(html).toContain('aria-label="PML4E 136, the walk stops here: P = 0, chosen"');
    expect(textOf(html)).toMatch(/stops at PML4E 136 bit 0 P = 0/);
    expect(textOf(html).match(/not reached/g)).toHaveLength(3);
  });

  test('says which bits make an address not canonical', () => {
    const text = textOf(render(at(mapped, 0x9400_0000_0000_1234n).walk));
    expect(text).toMatch(/#GP .*bit 47 0 differ bits 63, 60, 58/);
    expect(oddBits(0x0001_8000_0000_0000n)).toBe('63:49');
  });

  test('ends at the level of a large page', () => {
    const html = render(at(mapped, 0x6400_0052_3456n).walk);
    expect(html).toContain('minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1.4fr) minmax(0, 2.4');
    expect(textOf(html)).toMatch(/20:0 offset \d{21} 0x12 ?3456/);
    expect(textOf(html)).toMatch(/begins 0x40 ?0000 \+ offset 0x12 ?3456 = MA 0x52 ?3456/);
  });

  test('another address in its place is marked', () => {
    const walk = at(mapped).walk;
    const html = render(walk, { preview: at(mapped, VA + 0x2000n).walk });
    expect(html).toContain('preview of 0x4400 0000 2000');
    expect(html).toContain('class="path preview"');
    expect(render(walk)).not.toContain('preview');
    expect(render(walk, { preview: at(mapped).walk })).not.toContain('preview');
  });

  test('what is under the pointer stays while another entry is looked at', () => {
    const anchor = at(mapped, VA + 0x8000n).walk;
    const other = at(mapped, VA + 0x9000n).walk;
    const before = columnsOf(anchor, [], 5);
    const first = (walk: WalkPicture) => columnsOf(walk, before, 5)[3].lens[0].index;
    expect(first(other)).toBe(first(anchor));
    expect(columnsOf(other, before, 5)[3].chosen).toBe(3);
    // One that is not under the lens gets its own.
    const far = at(mapped, VA + 0xb000n).walk;
    expect(columnsOf(far, before, 5)).toEqual(columnsOf(far, [], 5));
  });

  test('rings what belongs to the thing pointed at', () => {
    const walk = at(mapped).walk;
    const { ma, tableMPN } = walk.levels[3];
    const html = render(walk, {
      lit: { ...DARK, entries: [ma + 8], frames: [{ start: tableMPN, end: tableMPN + 1 }] },
    });
    expect(html.match(/class="entry[^"]* lit"/g)).toHaveLength(1);
    expect(html).toMatch(/class="entry lit"[^>]*aria-label="PTE 1,/);
    expect(html.match(/class="table-name lit"/g)).toHaveLength(1);
  });
});

describe('the rows of a table', () => {
  const largest = engineOn('largest');
  const { walk } = largest.at(largest.timeline.ops[0].last);
  const columns = columnsOf(walk, [], 5);

  test('fit their columns at 1280 by 800, the longest frame number with its rights', () => {
    const { column, last } = geometryOf(638, 200, 24);
    const writings = columns.map((one, at) => writingOf(one, roomOf(at < 3 ? column : last)));
    expect(writings.map(({ chars }) => chars)).toEqual([10.5, 10.5, 10.5, 16]);
    expect(writings.every(({ rights }) => rights)).toBe(true);
    expect(textOf(render(walk))).toContain('0 200000000 RW–');
  });

  test('leave out the rights before a digit', () => {
    expect(writingOf(columns[3], 60)).toEqual({ chars: 12.5, rights: false });
    expect(charsOf(0x2000_0000_0000)).toBeCloseTo(14.7);
  });
});

describe('a walk of a PCPU', () => {
  // Of the accesses at the end, one walks the page.
  const walks = Array.from({ length: timeline.times.length }, (_, step) => at(step).walk);
  const walk = walks.find(({ by }) => by !== undefined)!;

  test('is known by the page it is of', () => {
    expect(walk.by).toBe(1);
    const step = walks.indexOf(walk);
    expect(timeline.acts.names[timeline.acts.acts[step]]).toBe('walk');
    expect(at(step, VA + 0xfffn).walk.by).toBe(1);
    expect(at(step, VA + 0x1000n).walk.by).toBeUndefined();
    expect(textOf(render(walk))).toContain('PCPU 1 walks here');
  });

  test('comes level by level, as the playhead says', () => {
    const geometry = geometryOf(740, 280, 22);
    const columns = columnsOf(walk, [], geometry.rows);
    const draw = (part: number): readonly string[] =>
      renderToStaticMarkup(<Progress columns={columns} geometry={geometry} part={part} />).match(
        /stroke-dasharray="[\d.]+/g,
      ) ?? [];
    const reached = walk.levels.length;
    expect(draw(0)).toHaveLength(0);
    expect(draw(1)).toHaveLength(reached);
    expect(draw(1.5 / reached)).toEqual(['stroke-dasharray="1.000', 'stroke-dasharray="0.500'].slice(0, reached + 1));
  });
});
