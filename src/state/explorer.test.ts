import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { PortListener, Spawn } from '../engine/client';
import { inProcess } from '../engine/in-process.fixture';
import { printScenario, type Scenario } from '../scenario';
import { libraryScenario } from '../scenario/library-files';
import { EXAMPLE_DRAFT } from './draft';
import { Explorer } from './explorer';
import { linkOf } from './link';
import { litBy } from './lit';
import { readPlace, type Place } from './place';
import { placeArbitrary } from './place.fixture';
import { lastStep } from './playback';
import { mappingsOf } from './selection';
import { memoryStorage, type Storage } from './storage';

/** Longer than a second: others may be at work beside the tests. */
const waitFor = <T>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 10_000 });

const example = (id: string) => libraryScenario(id)!;
const open: Explorer[] = [];

/** An explorer on Example 2, once its first picture is there. */
async function started(storage: Storage = memoryStorage(), spawn: Spawn = inProcess): Promise<Explorer> {
  const explorer = new Explorer({ first: example('example-2'), storage, spawn });
  open.push(explorer);
  explorer.start();
  await settled(explorer);
  return explorer;
}

/** Waits until the picture is that of the view. */
const settled = (explorer: Explorer) =>
  waitFor(() => {
    const { picture, engine, timeline, document } = explorer.session.getState();
    const { step, va, frames } = explorer.view.getState();
    expect(engine.kind).toBe('ready');
    expect(timeline?.ops.length).toBe(document.ops.length);
    expect([picture?.step, picture?.walk.va, picture?.frames?.start]).toEqual([step, va, frames.start]);
  });

const sessionOf = (explorer: Explorer) => explorer.session.getState();
const viewOf = (explorer: Explorer) => explorer.view.getState();
const lastOutcome = (explorer: Explorer) =>
  sessionOf(explorer).picture?.outcomes.findLast(({ state }) => state === 'done');

afterEach(() => open.splice(0).forEach((explorer) => explorer.close()));

describe('the explorer', () => {
  test('opens on Example 2, already mapped, with its mapping selected', async () => {
    const explorer = await started();
    const { timeline, picture } = sessionOf(explorer);
    expect(viewOf(explorer).step).toBe(timeline?.ops[0]?.last);
    expect(lastOutcome(explorer)).toMatchObject({ status: 'VMK_OK', va: viewOf(explorer).va });
    expect(mappingsOf(picture)[0]).toMatchObject({ pages: 24 });
    expect(viewOf(explorer).mpn).toBe(6);
  });

  test('travels through time without touching the document', async () => {
    const explorer = await started();
    const { document, picture: before } = sessionOf(explorer);
    explorer.playhead.nextOperation();
    await settled(explorer);
    explorer.playhead.stepBy(5);
    await settled(explorer);
    explorer.playhead.stepBy(-5);
    explorer.playhead.previousOperation();
    await settled(explorer);
    expect(sessionOf(explorer).picture).toEqual(before);
    expect(sessionOf(explorer).document).toBe(document);
  });

  test('replaces the document and stays where it was in the operation, between two steps too', async () => {
    const explorer = await started();
    const { document, timeline } = sessionOf(explorer);
    const change = document.ops.findIndex(({ op }) => op === 'change');
    explorer.playhead.moveTo((timeline?.ops[change]?.first ?? 0) + 3.5);
    await settled(explorer);
    const next = { ...document, ops: document.ops.toSpliced(0, 0, { op: 'sync' }) };
    explorer.replace(next, (op) => op + 1);
    await settled(explorer);
    expect(viewOf(explorer).at).toBe((sessionOf(explorer).timeline?.ops[change + 1]?.first ?? 0) + 3.5);
    explorer.undo();
    await settled(explorer);
    expect(sessionOf(explorer).document).toBe(document);
  });

  test('adds an operation behind the one at the playhead, and undoes it', async () => {
    const explorer = await started();
    const before = sessionOf(explorer).document;
    const step = viewOf(explorer).step;
    explorer.act('map');
    await settled(explorer);
    const { document, picture } = sessionOf(explorer);
    expect(document.ops[1]).toMatchObject({ op: 'map', as: 'm1' });
    expect(document.ops).toHaveLength(before.ops.length + 1);
    expect(mappingsOf(picture)).toHaveLength(2);
    explorer.undo();
    await settled(explorer);
    expect(sessionOf(explorer).document).toBe(before);
    expect(viewOf(explorer).step).toBe(step);
    explorer.redo();
    await settled(explorer);
    expect(sessionOf(explorer).document).toBe(document);
  });

  test('records a refused call, which changes no mapping', async () => {
    const explorer = await started();
    const before = mappingsOf(sessionOf(explorer).picture);
    explorer.setDraft({ ranges: [{ startMPN: '6', numPages: '0' }] });
    explorer.act('map');
    await settled(explorer);
    expect(lastOutcome(explorer)).toMatchObject({ status: 'VMK_BAD_PARAM', field: 'mpnRanges[0].numPages' });
    expect(mappingsOf(sessionOf(explorer).picture)).toEqual(before);
  });

  test('does not add what cannot be read', async () => {
    const explorer = await started();
    const { document } = sessionOf(explorer);
    explorer.setDraft({ ranges: [{ startMPN: 'six', numPages: '1' }] });
    expect(explorer.act('map')).toHaveProperty(['mpnRanges[0].startMPN']);
    expect(sessionOf(explorer).document).toBe(document);
  });

  test('foretells what the form would do', async () => {
    const explorer = await started();
    explorer.setDraft({ ranges: [{ startMPN: '100', numPages: '3' }] });
    await waitFor(() => expect(sessionOf(explorer).forecast.prediction).toMatchObject({ pages: 3 }));
    explorer.consider('unmap');
    await waitFor(() => expect(sessionOf(explorer).forecast.prediction?.outcome.label).toContain('vmk_Unmap'));
  });

  test('keeps what is wrong with the request while another button is considered', async () => {
    const explorer = await started();
    const field = (): string | undefined => sessionOf(explorer).forecast.refusal?.field;
    explorer.setDraft({ ranges: [{ startMPN: '100', numPages: '0' }] });
    await waitFor(() => expect(field()).toBe('mpnRanges[0].numPages'));
    explorer.consider('unmap');
    expect(field()).toBe('mpnRanges[0].numPages');
    await waitFor(() => expect(sessionOf(explorer).forecast.prediction?.outcome.label).toContain('vmk_Unmap'));
    expect(field()).toBe('mpnRanges[0].numPages');
    // Corrected while the other button is considered.
    explorer.setDraft({ ranges: [{ startMPN: '100', numPages: '1' }] });
    await waitFor(() => expect(field()).toBeUndefined());
    expect(sessionOf(explorer).forecast.act).toBe('unmap');
    // An act that cannot be read says so of itself, and the request keeps what is wrong with it.
    explorer.setDraft({
      ranges: [{ startMPN: '100', numPages: '0' }],
      access: { ...EXAMPLE_DRAFT.access, count: '0' },
    });
    explorer.consider('access');
    await waitFor(() => expect(sessionOf(explorer).forecast.problems).toHaveProperty('count'));
    await waitFor(() => expect(field()).toBe('mpnRanges[0].numPages'));
  });

  test('recovers from a worker that breaks, with document and playhead as they were', async () => {
    let worker: PortListener | undefined;
    const spawn: Spawn = (listener) => {
      worker = listener;
      return inProcess(listener);
    };
    const explorer = await started(memoryStorage(), spawn);
    explorer.act('map');
    await settled(explorer);
    const { document, picture } = sessionOf(explorer);
    const { step } = viewOf(explorer);
    worker?.broken('boom');
    expect(sessionOf(explorer).engine.kind).toBe('restarting');
    explorer.playhead.stepBy(-1);
    await settled(explorer);
    explorer.playhead.seek(step);
    await settled(explorer);
    expect(sessionOf(explorer).document).toBe(document);
    expect(sessionOf(explorer).picture).toEqual(picture);
  });

  test('offers the document of an earlier visit', async () => {
    const storage = memoryStorage();
    const first = await started(storage);
    expect(storage.read('document')).toBeUndefined();
    first.act('map');
    await settled(first);
    const { document } = sessionOf(first);
    await waitFor(() => expect(storage.read('document')).toMatch(/^v1\./));
    const second = await started(storage);
    await waitFor(() => expect(sessionOf(second).kept).toHaveLength(1));
    const [kept] = sessionOf(second).kept;
    expect(kept.document).toEqual(document);
    await second.takeKept(kept);
    await settled(second);
    expect(sessionOf(second).document).toEqual(document);
  });

  test('goes on where the document was left, with the reader’s own panels and theme', async () => {
    const storage = memoryStorage();
    const first = await started(storage);
    first.act('map');
    await settled(first);
    first.playhead.seek(7.5);
    first.toggleBookmark(5);
    first.select({ kind: 'op', index: 1 });
    first.arrange({ folded: true });
    first.keeping.now();
    const second = await started(storage);
    await waitFor(() => expect(sessionOf(second).kept).toHaveLength(1));
    second.arrange({ folded: false });
    await second.takeKept(sessionOf(second).kept[0]);
    await settled(second);
    expect(viewOf(second)).toMatchObject({
      ...{ at: 7.5, step: 7, bookmarks: [5], selected: { kind: 'op', index: 1 }, va: viewOf(first).va },
      layout: { folded: false },
    });
  });

  test('reads what earlier versions stored as JSON', async () => {
    const storage = memoryStorage();
    storage.write('document', JSON.stringify(printScenario(example('example-1'))));
    storage.write('earlier', JSON.stringify([JSON.stringify(printScenario(example('example-2')))]));
    const explorer = await started(storage);
    await waitFor(() =>
      expect(sessionOf(explorer).kept.map(({ document }) => document)).toEqual([example('example-1')]),
    );
  });

  test('stores no document over another that nobody has answered for', async () => {
    const storage = memoryStorage();
    const first = await started(storage);
    first.act('map');
    await settled(first);
    const { document: mine } = sessionOf(first);
    const second = await started(storage);
    await waitFor(() => expect(sessionOf(second).kept).toHaveLength(1));
    second.act('access');
    await settled(second);
    const { document: other } = sessionOf(second);
    const third = await started(storage);
    await waitFor(() => expect(sessionOf(third).kept.map(({ document }) => document)).toEqual([other, mine]));
    const [forgotten] = sessionOf(third).kept;
    await third.keeping.forget(forgotten);
    const fourth = await started(storage);
    await waitFor(() => expect(sessionOf(fourth).kept.map(({ document }) => document)).toEqual([mine]));
    await third.keeping.bringBack(forgotten);
    expect(sessionOf(third).kept.map(({ document }) => document)).toEqual([other, mine]);
    const fifth = await started(storage);
    await waitFor(() => expect(sessionOf(fifth).kept.map(({ document }) => document)).toEqual([other, mine]));
  });

  test('a reload loses nothing that is stored, and offers nothing older of what it shows', async () => {
    const storage = memoryStorage();
    const offered = async (): Promise<unknown[]> => {
      const visit = await started(storage);
      await waitFor(() => expect(sessionOf(visit).kept.length).toBeGreaterThan(0));
      return sessionOf(visit).kept.map(({ document }) => document);
    };
    const first = await started(storage);
    first.act('map');
    await settled(first);
    const { document: mine } = sessionOf(first);
    const second = await started(storage);
    second.act('access');
    await settled(second);
    const { document: other } = sessionOf(second);
    const reloaded = async (document: Scenario): Promise<Explorer> => {
      const explorer = new Explorer({ first: example('example-2'), storage, spawn: inProcess });
      open.push(explorer);
      explorer.start(undefined, { document, place: { at: 3 } });
      await waitFor(() => expect(sessionOf(explorer).kept).toHaveLength(1));
      expect(sessionOf(explorer).document).toEqual(document);
      return explorer;
    };
    const third = await reloaded(other);
    await third.takeKept(sessionOf(third).kept[0]);
    await settled(third);
    expect(await offered()).toEqual([mine, other]);
    const fourth = await reloaded(other);
    fourth.act('map');
    await settled(fourth);
    await waitFor(async () => expect(await offered()).toEqual([sessionOf(fourth).document, mine]));
  });

  test('brings back what was discarded, beside all others that can be stored', async () => {
    const storage = memoryStorage();
    const texts = ['one', 'two', 'three', 'four', 'five'].map((title) =>
      JSON.stringify({ version: 1, title, ops: [] }),
    );
    storage.write('document', texts[0]);
    storage.write('earlier', JSON.stringify(texts.slice(1)));
    const explorer = await started(storage);
    await waitFor(() => expect(sessionOf(explorer).kept).toHaveLength(5));
    const [newest] = sessionOf(explorer).kept;
    await explorer.keeping.forget(newest);
    await explorer.keeping.bringBack(newest);
    expect(storage.read('document')).toBe(texts[0]);
    expect(JSON.parse(storage.read('earlier')!)).toEqual(texts.slice(1));
  });

  test('keeps what was worked on when another document is opened', async () => {
    const storage = memoryStorage();
    const first = await started(storage);
    first.act('map');
    await settled(first);
    await waitFor(() => expect(storage.read('document')).toBeDefined());
    const { document: mine } = sessionOf(first);
    first.open(example('example-1'));
    await settled(first);
    await waitFor(() => expect(storage.read('earlier')).toBeDefined());
    const second = await started(storage);
    await waitFor(() =>
      expect(sessionOf(second).kept.map(({ document }) => document)).toEqual([example('example-1'), mine]),
    );
  });

  test('says so when a stored document cannot be read, and when nothing can be stored', async () => {
    const storage = memoryStorage();
    storage.write('document', '{"version": 1, "ops": [{"op": "mop"}]}');
    const first = await started(storage);
    await waitFor(() => expect(sessionOf(first).kept[0]?.problem).toContain('mop'));
    storage.write('document', 'v1.AAAA');
    const second = await started(storage);
    await waitFor(() => expect(sessionOf(second).kept[0]?.problem).toContain('damaged'));
    storage.write('document', 'v9.AAAA');
    const third = await started(storage);
    await waitFor(() => expect(sessionOf(third).kept[0]?.problem).toContain('newer Pagescope'));
    const full = await started({ ...memoryStorage(), write: () => false });
    full.act('map');
    await waitFor(() => expect(sessionOf(full).unstored).toBe(true));
  });

  test('brings what-ifs back with undo and after a reload', async () => {
    const storage = memoryStorage();
    const first = await started(storage);
    const draft = { text: '0x7', value: 7n };
    first.draftPoke(0x1006000, draft);
    first.open(example('example-1'));
    expect(viewOf(first).pokes).toEqual({});
    first.undo();
    expect(viewOf(first).pokes).toEqual({ 0x1006000: draft });
    const second = await started(storage);
    expect(viewOf(second).pokes).toEqual({ 0x1006000: draft });
  });

  test('keeps what was typed over a reload', async () => {
    const storage = memoryStorage();
    const first = await started(storage);
    first.setDraft({ ranges: [{ startMPN: '0x12', numPages: '' }] });
    const second = await started(storage);
    expect(viewOf(second).draft.ranges).toEqual([{ startMPN: '0x12', numPages: '' }]);
  });

  test('keeps the form to the machine of the document', async () => {
    const explorer = await started();
    explorer.setDraft({ pcpu: 3, access: { ...viewOf(explorer).draft.access, pcpu: 3 } });
    const { document } = sessionOf(explorer);
    explorer.open({ ...document, config: { ...document.config, pcpus: 2 }, ops: [] });
    await settled(explorer);
    expect(viewOf(explorer).draft).toMatchObject({ pcpu: 1, access: { pcpu: 1 } });
  });

  test('lets go of a reservation that is undone', async () => {
    const explorer = await started();
    explorer.setDraft({ mapType: 'DEVICE' });
    explorer.reserve('nic');
    await settled(explorer);
    expect(viewOf(explorer).draft.reservation).toBe('nic-1');
    explorer.undo();
    await settled(explorer);
    expect(viewOf(explorer).draft).toMatchObject({ mapType: 'DEVICE', reservation: '' });
  });

  test('shows no forecast when there can be none', async () => {
    const explorer = await started();
    await waitFor(() => expect(sessionOf(explorer).forecast.prediction).toBeDefined());
    const { document } = sessionOf(explorer);
    // An operation that the engine of this document cannot run.
    explorer.session.setState({ document: { ...document, config: { ...document.config, pcpus: 9 } } });
    explorer.setDraft({ pcpu: 8 });
    await waitFor(() => expect(sessionOf(explorer).forecast.prediction).toBeUndefined());
  });

  describe('given a link', () => {
    const whole: Place = { ...readPlace(new Uint8Array(0)), va: 0x4400_0000_f000n };
    const linkTo = async (place: Place | undefined) => {
      const link = await linkOf(example('example-1'), place);
      return link.ok ? `#${link.value}` : '';
    };
    const opened = async (link: string): Promise<Explorer> => {
      const explorer = new Explorer({ first: example('example-2'), storage: memoryStorage(), spawn: inProcess });
      open.push(explorer);
      explorer.start(link);
      expect(sessionOf(explorer).document).toMatchObject({ title: 'Opening a link …', ops: [] });
      await waitFor(() => expect(sessionOf(explorer).picture).toBeDefined());
      await settled(explorer);
      return explorer;
    };

    test('opens on its scenario at its place, with nothing to undo', async () => {
      const layout = { borders: {}, maximised: 'pcpus', folded: true } as const;
      const place: Place = { ...whole, at: 3.5, bookmarks: [2], layout, theme: 'dark', speed: 4, lanes: [1, 200] };
      const explorer = await opened(await linkTo({ ...place, selected: { kind: 'pcpu', id: 1 } }));
      expect(sessionOf(explorer)).toMatchObject({ document: example('example-1'), past: [], linkFault: undefined });
      expect(viewOf(explorer)).toMatchObject({ ...place, step: 3, lanes: [1], selected: { kind: 'pcpu', id: 1 } });
    });

    test('without a place opens where the page would', async () => {
      const explorer = await opened(await linkTo(undefined));
      expect(viewOf(explorer).step).toBe(sessionOf(explorer).timeline?.ops[0]?.last);
    });

    test('keeps the playhead to the time line, and the theme when none was chosen', async () => {
      const explorer = await started();
      explorer.setTheme('dark');
      const read = await explorer.readLink(await linkTo({ ...whole, at: 1e9 }));
      explorer.open(read!.scenario, read!.place);
      await settled(explorer);
      expect(viewOf(explorer)).toMatchObject({ step: lastStep(sessionOf(explorer).timeline!), theme: 'dark' });
      explorer.undo();
      await settled(explorer);
      expect(sessionOf(explorer).document).toEqual(example('example-2'));
    });

    test('that cannot be read, opens on what it would without, and says why', async () => {
      const explorer = await opened('#v1.AAAA');
      expect(sessionOf(explorer).document).toEqual(example('example-2'));
      expect(sessionOf(explorer).linkFault).toContain('This link was changed on its way');
      explorer.forgetLinkFault();
      expect(sessionOf(explorer).linkFault).toBeUndefined();
    });

    test('to any place, shows a picture', async () => {
      const explorer = await started();
      for (const place of fc.sample(placeArbitrary, { seed: 5, numRuns: 15 })) {
        explorer.open(example('example-2'), place);
        await settled(explorer);
        expect(litBy(viewOf(explorer).selected, sessionOf(explorer))).toBeDefined();
      }
    });
  });

  test('plays to the end and rests there', async () => {
    const frames: ((time: number) => void)[] = [];
    const explorer = new Explorer({
      first: example('example-2'),
      storage: memoryStorage(),
      spawn: inProcess,
      frames: { request: (callback) => frames.push(callback), cancel: () => frames.splice(0) },
    });
    open.push(explorer);
    explorer.start();
    await settled(explorer);
    explorer.playhead.play();
    for (let time = 0; frames.length > 0 && time < 1e6; time += 50) frames.splice(0).forEach((frame) => frame(time));
    expect(viewOf(explorer)).toMatchObject({ playing: false, step: lastStep(sessionOf(explorer).timeline!) });
    expect(frames).toHaveLength(0);
  });
});
