import type { Level, PageLevel } from '../machine/address';
import type { EntryKind } from '../machine/entry-format';
import type { MemoryType, PatType } from '../machine/memory-type';
import type { RegionKind } from '../machine/regions';
import type { Fault } from '../machine/walk';

/** The walk of the selected address, as the tables stand. Nothing is changed by looking. */
export interface WalkPicture {
  readonly va: bigint;
  readonly root: number;
  readonly levels: readonly WalkLevelPicture[];
  readonly end: WalkEnd;
  /** The PCPU whose walk of this page the step is. */
  readonly by?: number | undefined;
}

export interface WalkLevelPicture {
  readonly level: Level;
  readonly tableMPN: number;
  readonly index: number;
  /** Machine address of the entry. */
  readonly ma: number;
  readonly entry: bigint;
  readonly kind: EntryKind;
  /** Rights down to and including this level, as bits RW 2, US 4, XD 8; and of this entry alone. */
  readonly rights: number;
  readonly ownRights: number;
  /** The table changed in this step. */
  readonly changed: boolean;
  /** The 512 slots: 0 not present, 1 points to a table, 2 maps a page, 3 faults because a reserved bit is set. */
  readonly slots: Uint8Array;
  /** Entries around the chosen one, for a list. */
  readonly near: readonly { readonly index: number; readonly entry: bigint; readonly target: number }[];
}

export type WalkEnd =
  | {
      readonly kind: 'page';
      readonly level: PageLevel;
      readonly mpn: number;
      /** Machine address of the selected byte. */
      readonly ma: number;
      readonly rights: number;
      readonly type: TypePicture;
      readonly region: RegionKind | undefined;
      readonly owner: string | undefined;
    }
  | { readonly kind: 'fault'; readonly fault: Fault };

export interface TypePicture {
  readonly patIndex: number;
  readonly pat: PatType;
  readonly mtrr: MemoryType;
  readonly mtrrSource: string;
  readonly effective: MemoryType;
  readonly notes: readonly number[];
}
