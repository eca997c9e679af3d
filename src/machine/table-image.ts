/** Tables word by word, with what vmkernel makes of them; `readImage` of image.ts finds that out. */
export interface TableImage {
  /** The frame that CR3 names. */
  readonly root: number;
  readonly frames: readonly ImageFrame[];
  /** Those below the PML4 that vmkernel may write in: which frame serves which prefix of a level. */
  readonly tables: readonly {
    readonly level: 1 | 2 | 3;
    readonly prefix: number;
    readonly mpn: number;
    readonly count: number;
  }[];
  /** VPNs of the window that it must leave alone. */
  readonly taken: readonly { readonly start: number; readonly end: number }[];
}

export interface ImageFrame {
  readonly mpn: number;
  /** 512 words in halves, low ones first. */
  readonly words: Int32Array;
}
