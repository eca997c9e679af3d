import type { Level } from '../machine/address';

/** What leads to some frames, as the tables stand in a step: every entry that maps them or points to them as a table. */
export interface ReachPicture {
  readonly mpn: number;
  readonly count: number;
  /** Level by level from the highest, and by address. */
  readonly places: readonly ReachPlace[];
  /** There are more than these. */
  readonly more: boolean;
}

/** Entries of one level, one behind the other. */
export interface ReachPlace {
  readonly level: Level;
  readonly as: 'page' | 'table';
  /** The address at which the first of the frames shows, or of a table where what it serves begins. */
  readonly va: bigint;
  /** So many pages of 4 KiB behind each other. */
  readonly pages: number;
  /** Machine address of the first entry, and how many there are. */
  readonly ma: number;
  readonly entries: number;
}
