import type { Spawn } from './client';
import { Engine } from './engine';
import { PARTS } from './parts.fixture';

/** The engine in the same thread, behind the same wire: what crosses is cloned, and takes a turn of the event loop. */
export const inProcess: Spawn = (listener) => {
  const engine = new Engine((work) => setTimeout(work), PARTS);
  let open = true;
  return {
    post: (request) => {
      const sent = structuredClone(request);
      setTimeout(() => open && engine.handle(sent, (reply) => listener.reply(structuredClone(reply))));
    },
    end: () => (open = false),
  };
};
