import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Picture } from '../../engine/picture';
import { bothWays, engineOn, nothing, textOf } from '../on-engine.fixture';
import { MemoryTypeView } from './memory-type';

const { timeline, at, litIn } = engineOn('example-2');
const mapped = at(timeline.ops[0].last);
const view = (picture: Picture) => (
  <MemoryTypeView walk={picture.walk} pat={picture.pat} lit={litIn(picture)} onHover={nothing} onSelect={nothing} />
);

test('looks the same forward and backward', () => {
  const [forward, backward] = bothWays(timeline.steps, (step) => view(at(step)));
  expect(backward).toEqual(forward);
});

test('bits, slot, MTRR and cell of the table lead to the type', () => {
  const html = renderToStaticMarkup(view(mapped));
  expect(html.match(/<td [^>]*aria-current="true">WB/g)).toHaveLength(1);
  expect(html.match(/<li [^>]*aria-current="true"><small>0<\/small> WB/g)).toHaveLength(1);
  expect(textOf(view(mapped))).toMatch(
    /PAT= 0 bit 7 PCD= 0 bit 4 PWT= 0 bit 3 → slot 0 .*MTRR, fixed entry at 0x0 → WB/,
  );
  expect(textOf(view(mapped))).toContain('A SDM 12.12, table 12-7');
});

test('without a page it says why there is none', () => {
  expect(textOf(view(at(0)))).toMatch(/No memory type: the walk ends in a fault at P\w+ \d+, so no page is reached/);
  expect(textOf(view(at(0, 0x8000_0000_0000n)))).toContain('the address is not canonical');
});
