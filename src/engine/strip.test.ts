import { describe, expect, test } from 'vitest';
import { libraryScenario } from '../scenario/library-files';
import { Timeline } from '../timeline/timeline';
import { STRIP_COLUMNS, STRIP_OWES, STRIP_WAITS, type Strip } from './picture-strip';
import { stripOf } from './strip';

function strip(id: string): Strip {
  const run = stripOf(libraryScenario(id)!);
  for (;;) {
    const result = run.next(7);
    if (result) return result;
  }
}

/** What a track shows, from left to right, each thing once. */
function story({ names, acts }: Strip, track: number): readonly string[] {
  const row = [...acts.slice(track * STRIP_COLUMNS, (track + 1) * STRIP_COLUMNS)];
  return row.filter((code, i) => code > 0 && code !== row[i - 1]).map((code) => names[code - 1]);
}
const marked = ({ under }: Strip, track: number, bit: number): number =>
  under.slice(track * STRIP_COLUMNS, (track + 1) * STRIP_COLUMNS).filter((bits) => bits & bit).length;

describe('the small picture of a run', () => {
  const lost = strip('missing-flush');

  test('ends where the time line does', () => {
    const timeline = new Timeline(libraryScenario('example-2')!);
    timeline.play();
    const { steps, whole, tracks, acts } = strip('example-2');
    expect([steps, whole, tracks, acts.length]).toEqual([timeline.length, true, 4, 4 * STRIP_COLUMNS]);
  });

  test('each track tells what its PCPU does, in order', () => {
    expect(story(strip('example-1'), 0)).toEqual(['lock', 'begin', 'lock', 'begin']);
    expect(story(lost, 1)).toEqual(expect.arrayContaining(['burst', 'begin']));
    expect(story(lost, 0)).toContain('sendIpis');
  });

  test('a lost message, a wait for it and a flush that never comes are there', () => {
    expect(lost.messages).toMatchObject([{ kind: 'ipi', from: 0, to: 1, lost: true }]);
    expect(marked(lost, 0, STRIP_WAITS)).toBeGreaterThan(STRIP_COLUMNS / 4);
    expect(marked(lost, 1, STRIP_OWES)).toBeGreaterThan(STRIP_COLUMNS / 4);
  });

  test('hazards stand on the track of their PCPU, the worst of a place', () => {
    expect(lost.hazards).toMatchObject([
      { rule: 'missing-ack', track: 0 },
      { rule: 'use-after-unmap', track: 1 },
    ]);
    for (const { at } of lost.hazards) expect(at).toBeLessThanOrEqual(STRIP_COLUMNS);
  });

  test('what is short is not hidden by what is long', () => {
    expect(story(lost, 0).length).toBeGreaterThan(5);
  });

  test('it crosses to the page as it is', () => {
    expect(structuredClone(lost)).toEqual(lost);
  });
});
