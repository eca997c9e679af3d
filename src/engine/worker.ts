import { Engine } from './engine';
import { LOAD, partsFor, type Part, type Parts } from './parts';
import type { Request } from './protocol';

/** Work put off until the messages that have arrived meanwhile were seen; without the 4 ms of a nested timer. */
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.addEventListener('message', () => waiting.shift()?.());
channel.port1.start();

const later = (work: () => void): void => {
  waiting.push(work);
  channel.port2.postMessage(undefined);
};

const parts: Partial<Parts> = {};
const load = async (part: Part): Promise<void> => void Object.assign(parts, { [part]: await LOAD[part]() });

const engine = new Engine(later, parts);
const answer = (request: Request): void => engine.handle(request, (reply) => self.postMessage(reply));

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  const missing = partsFor(data).filter((part) => !parts[part]);
  if (missing.length === 0) return answer(data);
  // A worker that cannot load what it needs is broken: its client starts another, which may be luckier.
  void Promise.all(missing.map(load)).then(() => answer(data), reportError);
});
