import type { RegionKind } from '../machine/regions';

/** Kinds of frame, in the order of their codes in `FramesPicture.kinds`. */
export const FRAME_KINDS = ['hole', 'ram', 'rom', 'device', 'reserved', 'pool', 'table', 'mapped', 'shared'] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

export interface FramesPicture {
  /** The window asked for: its first MPN, and how many frames a cell stands for. The arrays have one element a cell. */
  readonly start: number;
  readonly perCell: number;
  /** Codes into FRAME_KINDS; `mapped`: by one mapping, `shared`: by several. Of several kinds in a cell, the one that tells most. */
  readonly kinds: Uint8Array;
  /** 1 where not all frames of a cell are alike in kind and mapping. */
  readonly mixed: Uint8Array;
  /** The first mapping by id, or -1. */
  readonly mappings: Int32Array;
  /** The module that owns the mapping, by id, or -1. */
  readonly owners: Int16Array;
  /** The highest level of a table frame, or 0. */
  readonly levels: Uint8Array;
  /** By how many mappings a frame is mapped, at most 255. */
  readonly times: Uint8Array;
  /** The effective memory type, as a code into MEMORY_TYPES plus 1: of the mapping, else of the MTRRs alone. 0: no memory. */
  readonly types: Uint8Array;
  /** Frames of each kind in the window, in the order of FRAME_KINDS. */
  readonly counts: readonly number[];
  readonly regions: readonly {
    readonly kind: RegionKind;
    readonly name: string;
    readonly startMPN: number;
    readonly pages: number;
  }[];
}
