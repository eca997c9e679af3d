import { describe, expect, test } from 'vitest';
import { match, ranked } from './rank';

const titles = (query: string, ...all: readonly string[]) =>
  ranked(
    all.map((title) => ({ title })),
    query,
  ).map(({ item }) => item.title);

const marked = (query: string, text: string): string | undefined => {
  const found = match(query, text);
  return found && [...text].map((letter, i) => (found.at.includes(i) ? letter.toUpperCase() : letter)).join('');
};

describe('a match', () => {
  test.each([
    ['walk', 'maximise page walk', 'maximise page WALK'],
    ['mpw', 'maximise page walk', 'Maximise Page Walk'],
    ['max wal', 'maximise page walk', 'MAXimise page WALk'],
    ['WALK max', 'maximise page walk', 'MAXimise page WALK'],
    ['unm', 'go to operation 3: vmk_unmap m1', 'go to operation 3: vmk_UNMap m1'],
    ['gop3', 'go to operation 3: vmk_unmap m1', 'Go to OPeration 3: vmk_unmap m1'],
    ['', 'anything', 'anything'],
  ])('%s in %s', (query, text, expected) => {
    expect(marked(query, text)).toBe(expected);
  });

  test.each([
    ['walks', 'page walk'],
    ['page bits', 'page walk'],
    ['aae', 'page walk'],
    ['x', ''],
  ])('%s is not in %s', (query, text) => {
    expect(match(query, text)).toBeUndefined();
  });
});

describe('the ranking', () => {
  test('the start of a word before its inside, that before scattered letters', () => {
    expect(titles('map', 'Many a page', 'Unmap', 'Show mapping va', 'Mappings')).toEqual([
      'Mappings',
      'Show mapping va',
      'Unmap',
      'Many a page',
    ]);
  });

  test('of two alike, the shorter first; of equals, the order given', () => {
    expect(titles('go', 'Go to the start of all', 'Go to the end', 'Go to the top')).toEqual([
      'Go to the end',
      'Go to the top',
      'Go to the start of all',
    ]);
  });

  test('a title before what is said about another', () => {
    const found = ranked([{ title: 'A', says: 'all about undo' }, { title: 'Redo what was undone' }], 'undo');
    expect(found.map(({ item }) => item.title)).toEqual(['Redo what was undone', 'A']);
  });

  test('without a query, everything in its order', () => {
    expect(titles(' ', 'b', 'a')).toEqual(['b', 'a']);
  });
});
