import type { Level } from '../machine/address';
import type { PatType } from '../machine/memory-type';

/** All tables below CR3, as far as they are opened. */
export interface TreePicture {
  readonly root: TreeNode;
  /** Nodes left out because there would be too many. */
  readonly more: number;
  /** The ids of the nodes on the way of the selected address that can be opened. */
  readonly path: readonly string[];
}

/**
 * `table`: one table. `tables`: a run of neighbouring entries that lead to tables with the same flags. `pages`: a run that maps consecutive
 * pages of one size with the same flags. `reserved`: entries with a reserved bit set, which fault. `mixed`: neighbouring runs of several sorts.
 * `absent`: the entry that is not present at which the walk of the selected address stops; others like it are not shown.
 */
export type TreeKind = 'table' | 'tables' | 'pages' | 'reserved' | 'mixed' | 'absent';

/** A table, or a run of neighbouring entries of one table that are alike. */
export interface TreeNode {
  /** Indices from the root: `` for the PML4, `136.0` for a PD, `136.0.3-511` for a run. */
  readonly id: string;
  readonly kind: TreeKind;
  /** The level of the table or tables; of other runs, that of the table that holds them. */
  readonly level: Level;
  /** The machine frame of a table; of a run, the first frame that it points to. */
  readonly mpn: number;
  /** The entries of the table above that lead here; of the root, all of its own. */
  readonly first: number;
  readonly last: number;
  /** The first address that is reached through it, and one behind its last, which is 2^64 at the end. */
  readonly va: bigint;
  readonly vaEnd: bigint;
  /** Pages mapped below, in units of 4 KiB, and tables below; of a run of tables, these tables too. */
  readonly pages: number;
  readonly tables: number;
  /** Not everything below was counted. */
  readonly atLeast: boolean;
  /** Rights of all entries down to here, as bits RW 2, US 4, XD 8. */
  readonly rights: number;
  /** The PAT type of a run of pages. */
  readonly pat?: PatType | undefined;
  /** A table that belongs elsewhere, by the id of that place: above itself, or in another branch. It is not opened again here. */
  readonly again?: { readonly kind: 'shared' | 'recursive'; readonly id: string } | undefined;
  /** Of a single table: each cell stands for eight slots, with what the busiest of them has: 0 nothing, 1 table, 2 page, 3 reserved. */
  readonly strip?: Uint8Array | undefined;
  /** The selected address is reached through it. */
  readonly onPath: boolean;
  readonly opens: boolean;
  /** Present when it is open. */
  readonly children?: readonly TreeNode[] | undefined;
  /** Children left out. */
  readonly more: number;
}
