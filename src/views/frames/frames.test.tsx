import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../engine/engine';
import { PARTS } from '../../engine/parts.fixture';
import type { TimelinePicture } from '../../engine/picture';
import type { FrameWindow, Reply, ReplyOf, RequestBody } from '../../engine/protocol';
import { libraryScenario } from '../../scenario/library-files';
import { DARK } from '../../engine/thing';
import { mappedAt } from '../../state/mapped-at';
import { mappingsOf } from '../../state/selection';
import { legendOf, lookOf, stylesOf } from './colouring';
import { Frames } from './frames';
import { COLOURINGS, type FramesProps } from './props';
import { placesOf } from './rail';
import { RangeBar } from './range-bar';
import { describe as inWords, factsOf, sizeText } from './words';

const nothing = (): void => undefined;
const scenario = libraryScenario('example-2')!;
const engine = new Engine((work) => work(), PARTS);
const ask = (body: RequestBody): Reply => {
  const replies: Reply[] = [];
  engine.handle({ id: 1, epoch: 1, ...body }, (reply) => replies.push(reply));
  return replies.at(-1)!;
};
const { timeline } = ask({ kind: 'load', scenario }) as { timeline: TimelinePicture };
const LOW: FrameWindow = { start: 0, cells: 512, perCell: 1 };
const { regions, tablePool, maxPhyAddr } = scenario.config;
const total = 2 ** (maxPhyAddr - 12);

function propsAt(step: number, window: FrameWindow, more: Partial<FramesProps> = {}): FramesProps {
  const reply = ask({
    kind: 'seek',
    step,
    look: { va: 0x4400_0000_0000n, frames: window, lanes: [], reach: [{ mpn: 6, count: 1 }] },
  });
  const { picture, reach } = reply as ReplyOf<'seek'>;
  const mappings = mappingsOf(picture);
  return {
    frames: picture.frames!,
    window,
    total,
    regions,
    pool: tablePool,
    mappings,
    modules: picture.modules,
    pat: picture.pat,
    mappedAt: mappedAt(mappings, scenario),
    cursor: 6,
    lit: DARK,
    shown: true,
    reach,
    colouring: 'kind',
    room: 98,
    theme: 'light',
    onPoint: nothing,
    onSelect: nothing,
    onHover: nothing,
    onWindow: nothing,
    onColouring: nothing,
    onRange: nothing,
    ...more,
  };
}
const mapped = timeline.ops[0].last;
const html = (props: FramesProps): string => renderToStaticMarkup(<Frames {...props} />);

describe('the frames view', () => {
  test('looks the same forward and backward', () => {
    const steps = Array.from({ length: timeline.times.length }, (_, i) => i);
    const forward = steps.map((step) => html(propsAt(step, LOW)));
    const backward = steps.toReversed().map((step) => html(propsAt(step, LOW)));
    expect(backward.toReversed()).toEqual(forward);
    expect(new Set(forward).size).toBeGreaterThan(1);
  });

  test('speaks of the frame under the cursor', () => {
    expect(html(propsAt(mapped, LOW))).toContain(
      'aria-valuetext="MPN 0x6, in low memory, owner net, mapped by vmk_Map, as va at 0x4400 0000 0000, reached by PTE for 0x4400 0000 0000; PTE for 0x6400 0000 6000, WB: MTRR WB (fixed entry at 0x0), PAT slot 0 WB"',
    );
    expect(inWords(propsAt(mapped, LOW), 200)).toBe('MPN 0xc8, hole, not mapped by vmk_Map, no memory');
  });

  test('keeps what vmk_Map mapped apart from what the tables reach', () => {
    expect(inWords(propsAt(0, LOW), 6)).toContain('not mapped by vmk_Map, reached by PTE for 0x6400 0000 6000, WB');
    const place = { level: 1, as: 'page', va: 0n, pages: 1, ma: 0, entries: 1 } as const;
    const reachedBy = (places: number, more = false): string | undefined => {
      const reach = [{ mpn: 6, count: 1, places: Array.from({ length: places }, () => place), more }];
      return factsOf(propsAt(0, LOW, { reach }), 6).find(([name]) => name === 'reached')?.[1];
    };
    expect(reachedBy(0)).toBe('by no entry');
    expect(reachedBy(6)).toMatch(/^by PTE for 0x0; .*; 2 more$/);
    expect(reachedBy(1, true)).toBe('by PTE for 0x0; many more');
  });

  test('does not speak of a frame when the selected address has none', () => {
    expect(html(propsAt(mapped, LOW))).not.toContain('No frame belongs');
    expect(html(propsAt(mapped, LOW, { shown: false }))).toContain('No frame belongs to the selected address.');
  });

  test('says what a cell of many frames holds', () => {
    const all = propsAt(mapped, { start: 0, cells: 512, perCell: total / 512 });
    expect(inWords(all, 0)).toMatch(/33 554 432 frames, several kinds or mappings, among them PML4 table/);
    const table = propsAt(mapped, { start: tablePool.startMPN, cells: 64, perCell: 1 });
    expect(factsOf(table, tablePool.startMPN)[1]).toEqual(['kind', 'PML4 table']);
  });

  test('writes one frame out in full', () => {
    const one = html(propsAt(mapped, { start: 6, cells: 1, perCell: 1 }));
    expect(one).toContain('<dt>memory type</dt>');
    expect(one).toContain('0x6000 – 0x6fff');
  });

  test('says how much of what is lit lies outside', () => {
    const lit = {
      ...DARK,
      frames: [
        { start: 3, end: 5 },
        { start: 100, end: 130 },
      ],
    };
    const text = html(propsAt(mapped, { start: 64, cells: 64, perCell: 1 }, { lit }));
    expect(text).toContain('▲ 2 frames before');
    expect(text).toContain('▼ 2 frames after');
  });

  test.each(COLOURINGS)('by %s every look of a cell stands in the legend, and counts add up', (colouring) => {
    for (const window of [LOW, { start: 0, cells: 512, perCell: 4096 }]) {
      const props = propsAt(mapped, window);
      const legend = legendOf(props, colouring).filter(({ frames }) => frames > 0);
      const looks = new Set(legend.map(({ look: { shape, token } }) => `${shape} ${token}`));
      for (const style of stylesOf(props.frames, colouring)) {
        const { shape, token } = lookOf(colouring, style);
        expect(looks).toContain(`${shape} ${token}`);
      }
      expect(looks.size).toBe(legend.length);
      expect(legend.reduce((sum, { frames }) => sum + frames, 0)).toBe(window.cells * window.perCell);
    }
  });
});

test('the table pool is a part of the rail of its own', () => {
  const ram = { kind: 'ram', name: 'memory', startMPN: 0, pages: 100 } as const;
  const names = placesOf([ram], { startMPN: 40, pages: 10 }).map(({ name, start, end }) => [name, start, end]);
  expect(names).toEqual([
    ['memory', 0, 40],
    ['memory', 50, 100],
    ['table pool', 40, 50],
  ]);
});

test('a range that numPages cannot hold is not offered', () => {
  const bar = (pages: number, room: number): string =>
    renderToStaticMarkup(
      <RangeBar range={{ start: 6, end: 6 + pages }} room={room} onRange={nothing} onClear={nothing} />,
    );
  expect(bar(15, 3)).toMatch(/MPN 0x6 – 0x14, <b>15<\/b> pages/);
  expect(bar(15, 3)).not.toContain('disabled');
  expect(bar(2 ** 32, 3)).toContain('at most 4 294 967 295');
  expect(bar(2, 0).match(/disabled/g)).toHaveLength(1);
});

test('sizes are in binary units', () => {
  expect([1, 256, 2 ** 40, 384].map(sizeText)).toEqual(['4 KiB', '1 MiB', '4 PiB', '1.5 MiB']);
});
