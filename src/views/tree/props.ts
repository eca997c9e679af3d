import type { TreePicture } from '../../engine/picture';
import type { Lit, Thing } from '../../engine/thing';

export interface TreeProps {
  readonly tree: TreePicture;
  readonly lit: Lit;
  readonly onToggle: (id: string, open: boolean) => void;
  readonly onHover: (thing: Thing | undefined) => void;
  readonly onSelect: (thing: Thing) => void;
}
