import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Picture } from '../../engine/picture';
import type { Thing } from '../../engine/thing';
import { bothWays, engineOn, nothing, textOf } from '../on-engine.fixture';
import { Mappings } from './mappings';
import { sizeText } from './words';

const two = engineOn('example-2');
const view = ({ timeline, litIn }: typeof two, picture: Picture, thing?: Thing) => (
  <Mappings
    modules={picture.modules}
    tables={picture.tables}
    ops={timeline.ops}
    selected={undefined}
    lit={litIn(picture, thing).mappings}
    onHover={nothing}
    onSelect={nothing}
  />
);

test('looks the same forward and backward', () => {
  const [forward, backward] = bothWays(two.timeline.steps, (step) => view(two, two.at(step)));
  expect(backward).toEqual(forward);
});

test('a mapping stands under its module with its size, its ranges, and who made it', () => {
  const text = textOf(view(two, two.at(two.timeline.ops[0].last)));
  expect(text).toMatch(/net module 1 .*24 pages/);
  expect(text).toContain('96 KiB');
  expect(text).toContain('2 ranges, MPN 0x6');
  expect(text).toContain('may change');
  expect(text).toContain('va by op 1');
  expect(textOf(view(two, two.at(0)))).toContain('No mapping yet');
});

test('it may still change after a change that leaves MIGHTCHANGE out', () => {
  const change = two.scenario.ops.findIndex(({ op }) => op === 'change');
  const text = textOf(view(two, two.at(two.timeline.ops[change].last)));
  expect(text).toContain('R–X');
  expect(text).toContain('may change');
});

test('the fast path is named', () => {
  const one = engineOn('example-1');
  expect(textOf(view(one, one.at(one.timeline.ops[0].last)))).toContain('fast path');
});

test('what is lit is marked', () => {
  const picture = two.at(two.timeline.ops[0].last);
  expect(renderToStaticMarkup(view(two, picture, { kind: 'mapping', id: 1 }))).toContain('<tr class="lit"');
  expect(renderToStaticMarkup(view(two, picture, { kind: 'pcpu', id: 1 }))).not.toContain('<tr class="lit"');
});

test('sizes use the largest unit without a fraction', () => {
  expect([1, 24, 256, 2 ** 18, 2 ** 32].map(sizeText)).toEqual(['4 KiB', '96 KiB', '1 MiB', '1 GiB', '16 TiB']);
  expect([2 ** 32 - 1, 262_048].map(sizeText)).toEqual(['≈ 16 TiB', '≈ 1024 MiB']);
});
