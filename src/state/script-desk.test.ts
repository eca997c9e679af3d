import { afterEach, expect, test, vi } from 'vitest';
import { inProcess } from '../engine/in-process.fixture';
import { libraryScenario } from '../scenario/library-files';
import { Explorer } from './explorer';
import { opAcross } from './op-across';
import { scriptDesk, type ScriptDesk } from './script-desk';
import { sourceDesk } from './source-desk';
import { memoryStorage, type Storage } from './storage';

const open: Explorer[] = [];
afterEach(() => open.splice(0).forEach((explorer) => explorer.close()));

async function started(storage: Storage = memoryStorage()): Promise<Explorer> {
  const explorer = new Explorer({ first: libraryScenario('example-2')!, storage, spawn: inProcess });
  open.push(explorer);
  explorer.start();
  await ready(explorer);
  return explorer;
}

const ready = (explorer: Explorer) => vi.waitFor(() => expect(explorer.session.getState().engine.kind).toBe('ready'));
const stateOf = (desk: ScriptDesk) => desk.store.getState();
const opsOf = (explorer: Explorer) => explorer.session.getState().document.ops;

async function onScreen(explorer: Explorer): Promise<ScriptDesk> {
  const desk = scriptDesk(explorer);
  desk.show();
  await ready(explorer);
  return desk;
}

const inStep = (desk: ScriptDesk) => vi.waitFor(() => expect(stateOf(desk).waiting).toBe(false), 3000);

test('what is typed becomes the document after a pause, in one step to undo, where the playhead was', async () => {
  const explorer = await started();
  const desk = await onScreen(explorer);
  const before = explorer.view.getState().step;
  const { text } = stateOf(desk);
  for (const end of ['s', 'sy', 'syn', 'sync']) desk.type(`${text}${end}`);
  expect(stateOf(desk).waiting).toBe(true);
  await inStep(desk);
  await ready(explorer);
  expect(opsOf(explorer).at(-1)?.op).toBe('sync');
  expect(explorer.session.getState().past).toHaveLength(1);
  expect(explorer.view.getState().step).toBe(before);
  expect(explorer.view.getState().typed['script']).toBeUndefined();
  explorer.undo();
  expect(stateOf(desk).text.trimEnd()).toBe(text.trimEnd());
});

test('other words for the same document change nothing, and stay while it changes elsewhere', async () => {
  const explorer = await started();
  const desk = await onScreen(explorer);
  const { document } = explorer.session.getState();
  const spaced = stateOf(desk).text.replace('6+15', '0x6+15').replace('\nunmap', '\n\nunmap');
  desk.type(spaced);
  await inStep(desk);
  expect(explorer.session.getState().document).toBe(document);
  explorer.add({ op: 'flush', pcpu: 0 });
  expect(stateOf(desk)).toMatchObject({ waiting: false, text: spaced.replace('42+9\n', '42+9\nflush\n') });
});

test('a mistake keeps the text through changes elsewhere and another visit', async () => {
  const storage = memoryStorage();
  const explorer = await started(storage);
  const desk = await onScreen(explorer);
  const typed = stateOf(desk).text.replace('\nunmap va', '\nunmap va\nfrob');
  desk.type(typed);
  await vi.waitFor(() => expect(stateOf(desk).problems?.count).toBe(1), 3000);
  expect(stateOf(desk).problems?.first[0]).toMatchObject({ line: 15, column: 1 });
  explorer.add({ op: 'flush', pcpu: 0 });
  expect(stateOf(desk)).toMatchObject({ text: typed.replace('42+9\n', '42+9\nflush\n'), clash: false });
  expect([desk.opOf(16), desk.lineOf(opsOf(explorer).length - 1)]).toEqual([12, 19]);
  explorer.undo();
  explorer.open(libraryScenario('example-1')!);
  expect(stateOf(desk)).toMatchObject({ waiting: true, clash: false });
  expect(stateOf(desk).text).toMatch(/^title Example 1[^]*\nfrob\n/);
  explorer.undo();

  const later = scriptDesk(await started(storage));
  expect(stateOf(later).text).toContain('\nfrob\n');
  await vi.waitFor(() => expect(stateOf(later).problems?.count).toBe(1), 3000);
  later.restore();
  expect(stateOf(later)).toMatchObject({ waiting: false, problems: undefined });
  expect(stateOf(later).text).not.toContain('frob');
});

test('where both changed the same line, what is typed stays, and the reader is told', async () => {
  const explorer = await started();
  const desk = await onScreen(explorer);
  const typed = stateOf(desk).text.replace('attrs=READWRITE', 'attrs=READWRIT');
  desk.type(typed);
  explorer.open(libraryScenario('example-1')!);
  expect(stateOf(desk)).toMatchObject({ waiting: true, clash: true });
  expect(stateOf(desk).text).toContain('READWRIT|MIGHTCHANGE');
  desk.restore();
  expect(stateOf(desk).text).toMatch(/^title Example 1/);
});

test('what was changed out of sight comes before what was typed is read', async () => {
  const explorer = await started();
  const desk = scriptDesk(explorer);
  const hide = desk.show();
  desk.type(`${stateOf(desk).text}frob`);
  hide();
  explorer.add({ op: 'flush', pcpu: 0 });
  desk.type(stateOf(desk).text.replace('frob', 'sync'));
  await inStep(desk);
  expect(opsOf(explorer).map(({ op }) => op)).toEqual(expect.arrayContaining(['flush', 'sync']));
  expect(opsOf(explorer).at(-1)?.op).toBe('sync');
});

test('C is played apart, and becomes the scenario when it is asked for', async () => {
  const explorer = await started();
  const desk = sourceDesk(explorer);
  desk.show();
  expect(desk.store.getState()).toMatchObject({ typed: false });
  expect(desk.store.getState().text).toContain('vmk_Map(net');
  desk.type('vmk_Unmap(0x1000)');
  expect(await desk.use()).toBe(false);
  expect(desk.store.getState().mistake).toMatchObject({ line: 1, found: 'the end of the text' });
  desk.type('vmk_Unmap(0x1000);');
  expect(await desk.use()).toBe(true);
  expect(opsOf(explorer)).toHaveLength(1);
  expect(desk.store.getState().text).toBe('vmk_Unmap(0x1000);');
  desk.restore();
  expect(desk.store.getState().text).toContain('scenario(');
  explorer.undo();
  expect(desk.store.getState().text).toContain('vmk_Map(net');
  expect(opsOf(explorer)).toHaveLength(15);
});

test('an operation is found again behind what was put before it or in its place', () => {
  const [a, b, c] = [{ op: 'sync' }, { op: 'flush', pcpu: 0 }, { op: 'flush', pcpu: 1 }] as const;
  const across = (before: Parameters<typeof opAcross>[0], now: Parameters<typeof opAcross>[1]) =>
    before.map((_, i) => opAcross(before, now)(i));
  expect(across([a, b], [a, c, b])).toEqual([0, 2]);
  expect(across([a, b, c], [a, c])).toEqual([0, 0, 1]);
  expect(across([a, b], [a, { ...b }])).toEqual([0, 1]);
  expect(opAcross([a], [])(0)).toBe(-1);
  expect(opAcross([a], [b])(-1)).toBe(-1);
});
