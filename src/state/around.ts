import type { Picture, ReachPicture, TimelinePicture, WalkPicture } from '../engine/picture';
import type { Scenario } from '../scenario';

/** Where a thing is looked up. */
export interface Around {
  readonly document: Scenario;
  readonly timeline: TimelinePicture | undefined;
  readonly picture: Picture | undefined;
  /** What leads to the frames that are pointed at, once the worker has said so. */
  readonly reach?: readonly ReachPicture[] | undefined;
  /** The walk of the address that is pointed at, likewise. */
  readonly preview?: WalkPicture | undefined;
}
