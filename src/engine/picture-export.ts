import type { Policies } from '../machine/config';
import type { ControlBits } from '../machine/control-bits';
import type { Pat } from '../machine/memory-type';
import type { Mtrrs } from '../machine/mtrr';

/** What can be written to a file: the tables as bytes or as QEMU's text, or lists as CSV. */
export type ExportWhat = 'image' | 'infoTlb' | 'tlbs' | 'mappings' | 'costs';

/** A part of a file. */
export type Piece = string | Uint8Array<ArrayBuffer>;

export interface Exported {
  readonly file: Blob;
  /** Frames, lines or rows in it. */
  readonly count: number;
  /** Of an image: what its bytes do not say. */
  readonly image?: ExportedImage | undefined;
}

export interface ExportedImage {
  /** The frame of the PML4. */
  readonly root: number;
  /** The frames whose words follow each other in the file. */
  readonly frames: readonly { readonly mpn: number; readonly count: number }[];
  readonly control: ControlBits;
  readonly pat: Pat;
  readonly mtrrs: Mtrrs;
  readonly policies: Policies;
}
