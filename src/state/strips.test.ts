import { expect, test, vi } from 'vitest';
import type { Spawn } from '../engine/client';
import { inProcess } from '../engine/in-process.fixture';
import { LIBRARY } from '../scenario/library-files';
import { Strips } from './strips';

const entry = (id: string) => LIBRARY.find((one) => one.id === id)!;

test('cards in view get their pictures, each once, and those of another visit stay', async () => {
  const spawn = vi.fn<Spawn>(inProcess);
  const strips = new Strips(spawn);
  strips.see(entry('example-1'), true);
  strips.see(entry('driver-sky2'), true);
  await vi.waitFor(() => expect(Object.keys(strips.made.getState())).toEqual(['example-1', 'driver-sky2']));
  strips.close();
  strips.see(entry('example-1'), true);
  await Promise.resolve();
  expect(spawn).toHaveBeenCalledTimes(1);
  expect(strips.made.getState()['example-1']).toMatchObject({ whole: true, pcpus: 4 });
});

test('a card that leaves before its turn gets none, and a large one waits for the others', async () => {
  const strips = new Strips(inProcess);
  strips.see(entry('example-2'), true);
  strips.see(entry('largest'), true);
  strips.see(entry('missing-flush'), true);
  strips.see(entry('caller-05-iounmap-null'), true);
  strips.see(entry('missing-flush'), false);
  await vi.waitFor(() => expect(strips.made.getState()['largest']).toBeTruthy(), 10_000);
  expect(Object.keys(strips.made.getState())).toEqual(['example-2', 'caller-05-iounmap-null', 'largest']);
});

test('closing ends the worker, whatever it is at, and opening again goes on with another', async () => {
  const ends: string[] = [];
  const silent: Spawn = () => ({ post() {}, end: () => void ends.push('silent') });
  const workers = [silent, inProcess];
  const strips = new Strips((listener) => workers.shift()!(listener));
  strips.see(entry('scattered'), true);
  await vi.waitFor(() => expect(workers).toHaveLength(1));
  strips.close();
  expect(ends).toEqual(['silent']);
  strips.see(entry('example-1'), true);
  await vi.waitFor(() => expect(Object.keys(strips.made.getState())).toEqual(['example-1']));
});

test('a scenario that breaks the worker has no picture, and the others still do', async () => {
  const strips = new Strips((listener) => {
    const port = inProcess(listener);
    return {
      post(request) {
        if (request.kind === 'strip' && request.scenario.title.startsWith('C5'))
          setTimeout(() => listener.broken('it broke'));
        else port.post(request);
      },
      end: () => port.end(),
    };
  });
  strips.see(entry('caller-05-iounmap-null'), true);
  strips.see(entry('example-1'), true);
  await vi.waitFor(() => expect(Object.keys(strips.made.getState())).toHaveLength(2), 5_000);
  expect(strips.made.getState()['caller-05-iounmap-null']).toBeNull();
  expect(strips.made.getState()['example-1']).toBeTruthy();
});
