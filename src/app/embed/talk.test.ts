import { afterEach, expect, test, vi } from 'vitest';
import type { Explorer } from '../../state/explorer';
import { Talk } from './talk';

vi.mock('../../state/documents', () => ({ loadDocuments: () => Promise.reject(new Error('offline')) }));

afterEach(() => vi.unstubAllGlobals());

/** A frame that another page is around, as far as it is used here. */
function frame(referrer: string) {
  const told: unknown[][] = [];
  const parent = { postMessage: (...what: unknown[]) => void told.push(what) };
  let hear: (event: unknown) => void = () => undefined;
  vi.stubGlobal('document', { referrer });
  vi.stubGlobal('window', {});
  vi.stubGlobal('parent', parent);
  vi.stubGlobal('addEventListener', (_: string, listener: typeof hear) => (hear = listener));
  const store = (state: object) => ({ subscribe: () => () => undefined, getState: () => state });
  const play = vi.fn<() => void>();
  const explorer = {
    session: store({
      engine: { kind: 'ready' },
      picture: { step: 0, narration: '' },
      timeline: { times: [0], length: 1 },
    }),
    view: store({ playing: false }),
    playhead: { play },
  };
  new Talk(explorer as unknown as Explorer).start();
  return { told, play, say: (data: unknown) => hear({ source: parent, origin: 'https://around.example', data }) };
}

test('what cannot be loaded is told, and the orders behind it are carried out', async () => {
  const { told, play, say } = frame('https://around.example/course');
  say({ type: 'pagescope:load', document: { version: 1 } });
  say({ type: 'pagescope:play' });
  await vi.waitFor(() => expect(play).toHaveBeenCalledOnce());
  expect(told.at(-1)?.[0]).toMatchObject({ type: 'pagescope:error' });
});

test('an address without an origin says nothing of the page around', () => {
  const { told } = frame('android-app://org.example/');
  expect(told).toEqual([[{ type: 'pagescope:ready' }, '*']]);
});
