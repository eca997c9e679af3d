import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Scenario } from '../scenario';
import { EngineClient, SILENCE_MS, type PortListener, type Spawn } from './client';
import type { Picture, TimelinePicture } from './picture';
import type { Look, ReplyBody, Request } from './protocol';

const look: Look = { va: 0n, frames: { start: 0, cells: 512, perCell: 1 }, lanes: [] };
const scenario = (title: string): Scenario => ({ version: 1, title, config: {}, ops: [] }) as unknown as Scenario;
const loaded: ReplyBody = { kind: 'loaded', timeline: { steps: 9 } as TimelinePicture };
const picture = (step: number): ReplyBody => ({ kind: 'picture', picture: { step } as Picture, reach: [] });

/** Workers that remember what they were sent and answer when told. */
class Fakes {
  readonly made: { readonly sent: Request[]; readonly listener: PortListener; ended: boolean }[] = [];

  readonly spawn: Spawn = (listener) => {
    const fake = { sent: [] as Request[], listener, ended: false };
    this.made.push(fake);
    return { post: (request) => fake.sent.push(request), end: () => (fake.ended = true) };
  };
  get now() {
    return this.made.at(-1)!;
  }
  get kinds(): string[] {
    return this.now.sent.map(({ kind }) => kind);
  }
  answer(body: ReplyBody, to: Request = this.now.sent.at(-1)!): void {
    this.now.listener.reply({ ...body, id: to.id, epoch: to.epoch });
  }
}

describe('the engine client', () => {
  let fakes: Fakes;
  let client: EngineClient;
  const events = {
    progress: vi.fn<(done: number) => void>(),
    restarted: vi.fn<(why: string) => void>(),
    recovered: vi.fn<() => void>(),
    gaveUp: vi.fn<(message: string) => void>(),
  };

  beforeEach(() => {
    vi.useFakeTimers();
    vi.clearAllMocks();
    fakes = new Fakes();
    client = new EngineClient(events, fakes.spawn);
  });
  afterEach(() => {
    client.close();
    vi.useRealTimers();
  });

  const load = async (title = 'a'): Promise<void> => {
    const answer = client.load(scenario(title));
    fakes.answer(loaded);
    await answer;
  };

  test('holds everything back until the document is loaded', async () => {
    const load = client.load(scenario('a'));
    const seek = client.seek(3, look);
    expect(fakes.kinds).toEqual(['load']);
    fakes.answer(loaded);
    expect(fakes.kinds).toEqual(['load', 'seek']);
    fakes.answer(picture(3));
    expect((await load).kind).toBe('loaded');
    expect(await seek).toMatchObject({ kind: 'picture', picture: { step: 3 } });
  });

  test('has one seek with the worker and only the newest waiting', async () => {
    await load();
    const answers = [1, 2, 3].map((step) => client.seek(step, look));
    expect(fakes.kinds).toEqual(['load', 'seek']);
    expect((await answers[1])?.kind).toBe('superseded');
    fakes.answer(picture(1));
    expect(fakes.now.sent.at(-1)).toMatchObject({ kind: 'seek', step: 3 });
    fakes.answer(picture(3));
    expect(await answers[2]).toMatchObject({ picture: { step: 3 } });
  });

  test('drops what belongs to an older document', async () => {
    await load('a');
    const old = client.seek(1, look);
    const asked = fakes.now.sent.at(-1)!;
    const next = client.load(scenario('b'));
    expect((await old).kind).toBe('superseded');
    fakes.answer(picture(1), asked);
    fakes.answer(loaded);
    expect((await next).kind).toBe('loaded');
  });

  test('replaces a worker that throws, and asks again', async () => {
    await load();
    const seek = client.seek(5, look);
    fakes.now.listener.broken('boom');
    expect(fakes.made.map(({ ended }) => ended)).toEqual([true, false]);
    expect(fakes.kinds).toEqual(['load']);
    fakes.answer(loaded);
    expect(fakes.now.sent.at(-1)).toMatchObject({ kind: 'seek', step: 5 });
    fakes.answer(picture(5));
    expect(await seek).toMatchObject({ picture: { step: 5 } });
    expect(events.restarted).toHaveBeenCalledWith('boom');
  });

  test('replaces a worker that fell silent, and not one that reports progress', async () => {
    const load = client.load(scenario('a'));
    vi.advanceTimersByTime(SILENCE_MS - 1);
    fakes.answer({ kind: 'progress', done: 0.5 } as unknown as ReplyBody);
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(fakes.made).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(fakes.made).toHaveLength(2);
    expect(events.progress).toHaveBeenCalledWith(0.5);
    fakes.answer(loaded);
    expect((await load).kind).toBe('loaded');
    vi.advanceTimersByTime(10 * SILENCE_MS);
    expect(fakes.made).toHaveLength(2);
  });

  test('hears nothing more from a worker it has replaced', async () => {
    await load();
    const seek = client.seek(2, look);
    const old = fakes.now;
    const asked = old.sent.at(-1)!;
    old.listener.broken('boom');
    old.listener.reply({ ...picture(99), id: asked.id, epoch: asked.epoch });
    fakes.answer(loaded);
    fakes.answer(picture(2));
    expect(await seek).toMatchObject({ picture: { step: 2 } });
  });

  test('gives a request up that breaks worker after worker, and goes on with the next', async () => {
    await load();
    const seek = client.seek(5, look);
    for (let i = 0; i < 3; i++) {
      fakes.now.listener.broken('boom');
      fakes.answer(loaded);
    }
    expect(await seek).toMatchObject({ kind: 'failed', during: 'seek' });
    const next = client.seek(6, look);
    fakes.answer(picture(6));
    expect(await next).toMatchObject({ picture: { step: 6 } });
  });

  test('gives a document up that breaks worker after worker', async () => {
    const load = client.load(scenario('a'));
    const seek = client.seek(1, look);
    for (let i = 0; i < 3; i++) fakes.now.listener.broken('boom');
    expect(await load).toMatchObject({ kind: 'failed', during: 'load' });
    expect((await seek).kind).toBe('superseded');
    const made = fakes.made.length;
    vi.advanceTimersByTime(10 * SILENCE_MS);
    expect(fakes.made).toHaveLength(made);
  });

  test('a reload that cannot be brought back is reported', async () => {
    await load();
    for (let i = 0; i < 4; i++) fakes.now.listener.broken('boom');
    expect(events.gaveUp).toHaveBeenCalledOnce();
  });
});
