import type { ReactNode } from 'react';
import type { Level } from '../../machine/address';
import type { WalkPicture } from '../../engine/picture';
import type { Lit, Thing } from '../../engine/thing';
import type { Column } from './columns';
import type { Geometry } from './geometry';

export interface PathProps {
  readonly walk: WalkPicture;
  /** The walk of the selected address, of which another may stand in the place. */
  readonly anchor: WalkPicture;
  /** The level whose entry shows its bits. */
  readonly level: Level;
  readonly lit: Lit;
  /** What moves with the playhead, drawn over the path. */
  readonly renderMotion?: ((columns: readonly Column[], geometry: Geometry) => ReactNode) | undefined;
  readonly onHover: (thing: Thing | undefined) => void;
  readonly onSelect: (thing: Thing) => void;
}
