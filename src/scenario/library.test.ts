import { expect, test } from 'vitest';
import { HAZARD_RULES } from '../machine/hazards';
import { LIBRARY, libraryScenario } from './library-files';
import { LIBRARY_GROUPS } from './library-groups';
import { parseScenario } from '.';
import { OPENING } from './opening';

test('the library has the examples of the header and every known caller', () => {
  const ids = LIBRARY.map(({ id }) => id);
  expect(ids.slice(0, 3)).toEqual(['example-1', 'example-1-no-fast-path', 'example-2']);
  expect(ids.filter((id) => id.startsWith('caller-'))).toHaveLength(11);
  expect(ids.filter((id) => id.startsWith('driver-')).length).toBeGreaterThanOrEqual(10);
  expect(ids).toEqual(expect.arrayContaining(['largest', 'scattered', 'lazy-reuse', 'missing-flush']));
  expect(libraryScenario('nothing')).toBeUndefined();
});

test.each(LIBRARY)('$id can be read', ({ why, source, look, group, document }) => {
  expect(parseScenario(document)).toHaveProperty('ok', true);
  expect(source.length).toBeGreaterThan(5);
  expect(Object.keys(LIBRARY_GROUPS)).toContain(group);
  // Whole sentences: two or three why it matters, one at least where to look.
  expect([2, 3]).toContain(why.match(/[.?!](\s|$)/g)?.length);
  expect(look).toMatch(/^[A-Z0-9].{50,}\.$/);
});

test('there is a scenario for every hazard rule', () => {
  const rules = LIBRARY.flatMap(({ id, group }) => (group === 'hazards' ? [id.replace('hazard-', '')] : []));
  expect(rules.toSorted()).toEqual(Object.keys(HAZARD_RULES).toSorted());
});

test('the operations are told as a story', () => {
  for (const { id } of LIBRARY) {
    // As the header has them.
    if (id === 'example-1' || id === 'example-2') continue;
    const acts = libraryScenario(id)!.ops.filter(({ op }) => op !== 'sync');
    const told = acts.filter(({ note }) => note !== undefined).length;
    expect([id, told >= acts.length / 2]).toEqual([id, true]);
  }
});

test('Example 2 is as in the header', () => {
  const [map] = libraryScenario('example-2')!.ops;
  expect(map).toMatchObject({
    mapType: 1,
    attrs: 17n,
    ranges: [
      { startMPN: 6n, numPages: 15 },
      { startMPN: 42n, numPages: 9 },
    ],
  });
});

test('the page opens on Example 2 as the library has it', () => {
  expect(OPENING).toEqual(libraryScenario('example-2'));
});
