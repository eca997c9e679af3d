import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { Strip } from '../../engine/picture-strip';
import { stripOf } from '../../engine/strip';
import { LIBRARY, libraryScenario } from '../../scenario/library-files';
import { LIBRARY_GROUPS } from '../../scenario/library-groups';
import { hazardsOf } from '../../scenario/library-hazards';
import { nothing, textOf } from '../on-engine.fixture';
import { Gallery } from './gallery';
import { countText, found } from './search';
import { barPaths, groundPaths, hazardPath, HEIGHT, messagePaths, WIDTH } from './shapes';
import { Thumbnail } from './thumbnail';

const cards = LIBRARY.map((entry) => ({
  ...entry,
  group: LIBRARY_GROUPS[entry.group],
  hazards: hazardsOf(entry),
  slow: entry.group === 'extremes',
}));
const ids = (query: string) => found(cards, query).map(({ id }) => id);

function strip(id: string): Strip {
  const run = stripOf(libraryScenario(id)!);
  for (;;) {
    const result = run.next(100);
    if (result) return result;
  }
}

describe('the search', () => {
  test('without words, all in their order', () => {
    expect(ids(' ')).toEqual(LIBRARY.map(({ id }) => id));
  });

  test('by title, driver, source and hazard, every word in any order', () => {
    expect(ids('BNX2I doorbell')).toEqual(['driver-bnx2i-doorbells']);
    expect(ids('sfvmk')).toEqual(['caller-07-mempool', 'caller-11-pci-map-attr']);
    expect(ids('stale-structure')).toEqual(['bug-nanvix-2244', 'hazard-stale-structure']);
    expect(ids('acknowledge failed')).toEqual(expect.arrayContaining(['missing-flush', 'hazard-missing-ack']));
    expect(ids('bugs of real nanos')).toEqual(['bug-nanos-1418', 'bug-nanos-779']);
    expect(ids('zebra')).toEqual([]);
  });

  test('the count is told', () => {
    expect([countText(56, 56), countText(3, 56)]).toEqual(['56 scenarios', '3 of 56 scenarios']);
    expect(countText(0, 56)).toMatch(/^No scenario/);
  });
});

describe('the picture', () => {
  const lost = strip('missing-flush');
  const numbers = (path: string): readonly number[] =>
    [...path.matchAll(/-?\d+(\.\d+)?/g)].map(([text]) => Number(text));

  test('is inside its frame', () => {
    for (const path of [
      ...barPaths(lost).values(),
      ...Object.values(groundPaths(lost)),
      ...messagePaths(lost, 'ipi'),
    ]) {
      for (const value of numbers(path)) expect(Math.abs(value)).toBeLessThanOrEqual(WIDTH);
    }
    for (const hazard of lost.hazards) {
      const [x = -1, y = -1] = numbers(hazardPath(hazard, lost.tracks, 'error'));
      expect(x > 0 && x < WIDTH && y >= -4 && y < HEIGHT).toBe(true);
    }
  });

  test('has a path for each sort of work, stripes for what is owed, and crosses for what is lost', () => {
    expect([...barPaths(lost).keys()]).toEqual(expect.arrayContaining(['check', 'tables', 'entries', 'ipi', 'walk']));
    expect(groundPaths(lost).owed).not.toBe('');
    expect(messagePaths(lost, 'ipi')[1]).not.toBe('');
    expect(messagePaths(lost, 'ack')).toEqual(['', '']);
  });

  test('says in words what it shows, and that it is still to come', () => {
    const render = (made: Strip | null | undefined, slow = false) =>
      renderToStaticMarkup(<Thumbnail title="A lost interrupt" strip={made} slow={slow} />);
    expect(render(lost)).toContain(
      'aria-label="Timeline of A lost interrupt: 21 steps on 2 PCPUs, 1 message, 1 lost, with hazards"',
    );
    expect(render(undefined)).toContain('drawing');
    expect(render(undefined, true)).toContain('takes some seconds');
    expect(render(null)).toContain('could not draw');
  });
});

test('every scenario has a card below the heading of its group', () => {
  const all = textOf(
    <Gallery cards={cards} strips={{}} current="example-2" onSee={nothing} onOpen={nothing} onClose={nothing} />,
  );
  expect(all).toContain(`${LIBRARY.length} scenarios`);
  expect(all.match(/Look first:/g)).toHaveLength(LIBRARY.length);
  for (const title of Object.values(LIBRARY_GROUPS)) expect(all).toContain(title);
  expect(all.match(/open now/g)).toHaveLength(1);
});
