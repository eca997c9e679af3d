import type { CellShape } from '../../draw/cells';
import type { FrameKind, FramesPicture } from '../../engine/picture';
import { mappingColour } from '../palette';

/** In the order of FRAME_KINDS of the engine's picture: what a code means, and how it looks. */
export const KINDS: readonly {
  readonly kind: FrameKind;
  readonly title: string;
  readonly shape: CellShape;
  /** The token of its colour; mapped frames have that of their mapping. */
  readonly colour: string;
}[] = [
  { kind: 'hole', title: 'hole', shape: 'empty', colour: '--line' },
  { kind: 'ram', title: 'RAM', shape: 'full', colour: '--ram' },
  { kind: 'rom', title: 'ROM', shape: 'striped', colour: '--rom' },
  { kind: 'device', title: 'device', shape: 'striped', colour: '--device' },
  { kind: 'reserved', title: 'reserved', shape: 'empty', colour: '--rom' },
  { kind: 'pool', title: 'table pool', shape: 'empty', colour: '--table' },
  { kind: 'table', title: 'table', shape: 'inset', colour: '--table' },
  { kind: 'mapped', title: 'mapped', shape: 'full', colour: '--map-1' },
  { kind: 'shared', title: 'mapped more than once', shape: 'split', colour: '--map-1' },
];

/** The token of the colour of a frame. */
export function colourToken(frames: FramesPicture, i: number): string {
  const kind = KINDS[frames.kinds[i] ?? 0];
  const mapping = frames.mappings[i] ?? -1;
  const shown = kind?.kind === 'mapped' || kind?.kind === 'shared';
  return shown && mapping >= 0 ? `--map-${mappingColour(mapping)}` : (kind?.colour ?? '--line');
}
