import type { MemoryType } from '../machine/memory-type';
import type { Stretch } from './thing';

/** Kinds of frame, in the order of their codes in `FramesPicture.kinds`. */
export const FRAME_KINDS = ['hole', 'ram', 'rom', 'device', 'reserved', 'pool', 'table', 'mapped', 'shared'] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

/** What can differ within a cell: bits of `FramesPicture.mixed`. */
export const MIXED = { kind: 1, owner: 2, level: 4, times: 8, type: 16 } as const;

export interface FramesPicture {
  /** The window asked for: its first MPN, and how many frames a cell stands for. The arrays have one element a cell. */
  readonly start: number;
  readonly perCell: number;
  /** Codes into FRAME_KINDS; `mapped`: at one place, `shared`: at several. Of several kinds in a cell, the one that tells most. */
  readonly kinds: Uint8Array;
  /** Bits of MIXED: in what the frames of a cell are not alike; kind counts with the mapping. */
  readonly mixed: Uint8Array;
  /** The first mapping by id, or -1. */
  readonly mappings: Int32Array;
  /** The module that owns that mapping, by id; of the table pool vmkernel; else -1. */
  readonly owners: Int16Array;
  /** The highest level of a table frame, or 0. */
  readonly levels: Uint8Array;
  /** At how many places a frame is mapped, at most 255; the highest number of the cell. */
  readonly times: Uint8Array;
  /**
   * The effective memory type of the frames that give the cell its kind, as a code into MEMORY_TYPES plus 1: of the first mapping by
   * id, else of the MTRRs alone. 0: no memory.
   */
  readonly types: Uint8Array;
  /** Frames of each kind in the window, in the order of FRAME_KINDS. */
  readonly counts: readonly number[];
  /** Frames in the window by their other facts, as they stand in the arrays; of mappings those with most frames. */
  readonly tallies: Readonly<Record<'mappings' | 'owners' | 'levels' | 'times' | 'types', readonly FrameTally[]>>;
  /** From the lowest to the highest frame of mappings; those near each other are joined, so that there are few. */
  readonly mapped: readonly Stretch<number>[];
  /** Why a frame has its type; only where a cell is one frame. */
  readonly mtrrs: readonly MtrrRun[];
  /** The PAT slot of each mapping in the window, likewise. */
  readonly slots: readonly { readonly mapping: number; readonly slot: number }[];
}

export interface FrameTally {
  readonly code: number;
  readonly frames: number;
}

/** Frames with one MTRR type, for one reason. */
export interface MtrrRun extends Stretch<number> {
  readonly type: MemoryType;
  readonly source: string;
}
