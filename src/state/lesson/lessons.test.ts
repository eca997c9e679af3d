import { afterEach, describe, expect, test, vi } from 'vitest';
import { inProcess } from '../../engine/in-process.fixture';
import { libraryScenario } from '../../scenario/library-files';
import type { Frames } from '../clock';
import { Explorer, type ExplorerOptions } from '../explorer';
import { memoryStorage, type Storage } from '../storage';
import type { Lessons } from './lessons';

const open: Explorer[] = [];
afterEach(() => open.splice(0).forEach((explorer) => explorer.close()));

interface Class {
  readonly explorer: Explorer;
  readonly lessons: Lessons;
}

/** An explorer that moves in whole steps, and so jumps from move to move. */
async function learning(
  storage: Storage = memoryStorage(),
  id = 'walk',
  motion: Partial<ExplorerOptions> = {},
): Promise<Class> {
  const explorer = new Explorer({
    first: libraryScenario('example-2')!,
    storage,
    spawn: inProcess,
    wholeSteps: () => true,
    ...motion,
  });
  open.push(explorer);
  explorer.start();
  const lessons = await explorer.withLessons();
  const list = await lessons.load();
  await explorer.startLesson(list.find((one) => one.id === id)!);
  await arrived(lessons);
  return { explorer, lessons };
}

/** The machine runs beside other tests. */
const soon = (holds: () => void) => vi.waitFor(holds, { timeout: 10_000 });
const running = (lessons: Lessons) => lessons.store.getState().running!;
const arrived = (lessons: Lessons) => soon(() => expect(running(lessons).going).toBeUndefined());
const where = ({ explorer }: Class) => {
  const { step, va, level, selected } = explorer.view.getState();
  return { step, va, level, selected };
};

async function answered({ lessons }: Class, given: number): Promise<void> {
  lessons.give(given);
  lessons.forward();
  await soon(() => expect(running(lessons).verdicts[running(lessons).move]).toBeDefined());
}

describe('lessons', () => {
  test('start on their own scenario, and undo brings back what was there', async () => {
    const { explorer, lessons } = await learning();
    expect(explorer.session.getState().document).toBe(running(lessons).lesson.scenario);
    expect(explorer.view.getState()).toMatchObject({ learning: true, step: 0, va: 0x4400_0000_1018n });
    explorer.undo();
    expect(explorer.session.getState().document.title).toContain('Example 2');
    expect(running(lessons).left).toBe(true);
  });

  test('a question is answered first, and then by the machine', async () => {
    const pupil = await learning();
    const { explorer, lessons } = pupil;
    lessons.forward();
    expect(running(lessons)).toMatchObject({ move: 0, verdicts: {} });
    await answered(pupil, 2);
    expect(running(lessons).verdicts[0]).toMatchObject({ right: false, choice: 1, answer: { is: 0x4001 } });
    expect(running(lessons).verdicts[0]?.answer?.says).toContain('leads to MPN 0x4001 with RW');
    expect(explorer.view.getState().step).toBe(7);
    lessons.give(1);
    expect(running(lessons).verdicts[0]).toMatchObject({ given: 2 });
    expect(lessons.store.getState().progress['walk']).toEqual({ move: 0, done: false, answers: { 0: false } });
  });

  test('moves go forward and back, and one that was answered shows its answer again', async () => {
    const pupil = await learning();
    const { explorer, lessons } = pupil;
    await answered(pupil, 1);
    const shown = where(pupil);
    lessons.forward();
    await arrived(lessons);
    lessons.forward();
    await arrived(lessons);
    expect(explorer.view.getState()).toMatchObject({ level: 3, selected: { kind: 'entry', level: 3 } });
    lessons.previous();
    await arrived(lessons);
    lessons.previous();
    await arrived(lessons);
    expect(running(lessons)).toMatchObject({ move: 0, verdicts: { 0: { right: true } } });
    expect(where(pupil)).toEqual(shown);
  });

  test.each<[string, (explorer: Explorer) => void]>([
    ['another step', ({ playhead }) => playhead.seek(12)],
    ['another selection', (explorer) => explorer.select({ kind: 'frame', mpn: 6, count: 1 })],
    ['an operation of one’s own', (explorer) => explorer.add({ op: 'sync' })],
    ['another scenario', (explorer) => explorer.open(libraryScenario('example-1')!)],
  ])('whoever looks at %s has left, and comes back to the same place', async (_, leave) => {
    const pupil = await learning();
    const { explorer, lessons } = pupil;
    await answered(pupil, 1);
    lessons.forward();
    await arrived(lessons);
    const place = where(pupil);
    expect(running(lessons).left).toBe(false);
    leave(explorer);
    await soon(() => expect(running(lessons).left).toBe(true));
    lessons.back();
    await arrived(lessons);
    expect(running(lessons).left).toBe(false);
    expect(explorer.session.getState().document).toBe(running(lessons).lesson.scenario);
    expect(where(pupil)).toEqual(place);
  });

  test('progress outlives a visit, and can be forgotten', async () => {
    const storage = memoryStorage();
    const pupil = await learning(storage);
    await answered(pupil, 1);
    pupil.lessons.next();
    await arrived(pupil.lessons);
    pupil.lessons.end();
    expect(pupil.explorer.view.getState().learning).toBe(false);
    const again = await learning(storage);
    expect(running(again.lessons).move).toBe(1);
    again.lessons.reset();
    expect(storage.read('lessons')).toBeUndefined();
  });

  test('what is stored may be anything', async () => {
    for (const text of ['{', '[]', '{"walk":7}', '{"walk":{"move":99,"answers":{"x":1}}}']) {
      const storage = memoryStorage();
      storage.write('lessons', text);
      const { lessons } = await learning(storage);
      expect(running(lessons).move).toBeLessThan(7);
    }
  });

  test('a text that is no lesson is refused in words, and nothing changes', async () => {
    const { explorer, lessons } = await learning();
    const before = explorer.session.getState().document;
    expect(await explorer.openLesson('{"version": 1, "moves": []}')).toContain('title is missing: must be given');
    expect(await explorer.openLesson('{')).toContain('line 1, column 2');
    expect(explorer.session.getState().document).toBe(before);
    expect(running(lessons).lesson.id).toBe('walk');
  });

  test('one that is under way travels in a link', async () => {
    const first = await learning(memoryStorage(), 'rights');
    first.lessons.next();
    await arrived(first.lessons);
    const bytes = first.lessons.section()!;
    const second = await learning();
    expect(await second.lessons.openSection(bytes, first.explorer.session.getState().document)).toBeUndefined();
    await arrived(second.lessons);
    expect(running(second.lessons)).toMatchObject({ move: 1, lesson: { id: 'rights' } });
    expect(where(second)).toEqual(where(first));
  });

  test('it plays on to the next move at a speed of its own, and a reader who pauses has left', async () => {
    let time = 0;
    const frames: Frames = {
      request: (tick) => Number(setTimeout(() => tick((time += 40)), 2)),
      cancel: (id) => clearTimeout(id),
    };
    const { explorer, lessons } = await learning(memoryStorage(), 'shootdown', { frames, wholeSteps: () => false });
    lessons.give(0);
    lessons.forward();
    await arrived(lessons);
    lessons.give(0);
    lessons.forward();
    await soon(() => expect(explorer.view.getState().playing).toBe(true));
    expect(explorer.view.getState().speed).toBeGreaterThan(1);
    explorer.playhead.pause();
    await arrived(lessons);
    expect(running(lessons)).toMatchObject({ left: true, verdicts: {} });
    expect(explorer.view.getState().speed).toBe(1);
    lessons.forward();
    await soon(() => expect(running(lessons).verdicts[1]).toBeDefined());
    expect(explorer.view.getState()).toMatchObject({ playing: false, step: 35 });
    expect(running(lessons)).toMatchObject({ left: false, verdicts: { 1: { right: false, answer: { is: 3 } } } });
  });
});
