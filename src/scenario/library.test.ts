import { expect, test } from 'vitest';
import { LIBRARY, libraryScenario } from './library-files';
import { LIBRARY_GROUPS } from './library-groups';
import { parseScenario } from '.';
import { OPENING } from './opening';

test('the library has the examples of the header and every known caller', () => {
  const ids = LIBRARY.map(({ id }) => id);
  expect(ids.slice(0, 3)).toEqual(['example-1', 'example-1-no-fast-path', 'example-2']);
  expect(ids.filter((id) => id.startsWith('caller-'))).toHaveLength(11);
  expect(ids).toEqual(expect.arrayContaining(['largest', 'scattered', 'lazy-reuse', 'missing-flush']));
  expect(libraryScenario('nothing')).toBeUndefined();
});

test.each(LIBRARY)('$id can be read', ({ why, source, look, group, document }) => {
  expect(parseScenario(document)).toHaveProperty('ok', true);
  for (const text of [why, source, look]) expect(text.trim().length).toBeGreaterThan(10);
  expect(Object.keys(LIBRARY_GROUPS)).toContain(group);
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
