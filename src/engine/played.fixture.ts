import type { Scenario } from '../scenario';
import { libraryScenario } from '../scenario/library-files';
import { Engine } from './engine';
import { PARTS } from './parts.fixture';
import type { Picture, TimelinePicture } from './picture';
import type { Look, Reply, RequestBody } from './protocol';

/** The look of a page that has just opened, on four PCPUs. */
export const LOOK: Look = {
  va: 0x4400_0000_0000n,
  frames: { start: 0, cells: 512, perCell: 1 },
  lanes: [0, 1, 2, 3],
};

/** A scenario, or one of the library by its id, on an engine in the same thread: any picture of it at once. */
export function played(of: Scenario | string) {
  const engine = new Engine((work) => work(), PARTS);
  const scenario = typeof of === 'string' ? libraryScenario(of)! : of;
  const ask = (body: RequestBody): Reply => {
    const replies: Reply[] = [];
    engine.handle({ id: 1, epoch: 1, ...body }, (reply) => replies.push(reply));
    return replies.at(-1)!;
  };
  const { timeline } = ask({ kind: 'load', scenario }) as { timeline: TimelinePicture };
  const at = (step: number, look: Partial<Look> = {}): Picture =>
    (ask({ kind: 'seek', step, look: { ...LOOK, ...look } }) as { picture: Picture }).picture;
  return { scenario, timeline, ask, at };
}
