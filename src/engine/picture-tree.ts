import type { Level } from '../machine/address';

/** All tables below CR3, as far as they are opened. */
export interface TreePicture {
  readonly root: TreeNode;
  /** Nodes left out because there would be too many. */
  readonly more: number;
}

/** A table, or a run of neighbouring entries of one table that are alike. */
export interface TreeNode {
  /** Indices from the root: `` for the PML4, `136.0` for a PD, `136.0.3-511` for a run. */
  readonly id: string;
  readonly kind: 'table' | 'tables' | 'pages';
  /** The level of the table, or of the table that holds the entries of a run. */
  readonly level: Level;
  /** The machine frame of a table; of a run, the first frame that it points to. */
  readonly mpn: number;
  /** The entries of the table above that lead here. */
  readonly first: number;
  readonly last: number;
  /** The first address that is reached through it. */
  readonly va: bigint;
  /** Pages mapped below, in units of 4 KiB, and tables below. */
  readonly pages: number;
  readonly tables: number;
  readonly rights: number;
  /** The table stands elsewhere in the tree as well, or is above itself; it is not opened again here. */
  readonly again?: 'shared' | 'recursive' | undefined;
  readonly opens: boolean;
  /** Present when it is open. */
  readonly children?: readonly TreeNode[] | undefined;
}
