/** A part of a line in the colour of its kind; columns count from 0. */
export interface Coloured {
  readonly from: number;
  readonly to: number;
  readonly kind: string;
}

/** Looks at all lines once, and then gives the colours of each; lines count from 0. */
export type Paint = (lines: readonly string[]) => (line: number) => readonly Coloured[];

/** Something wrong, or worth saying, at a place; lines and columns count from 1, and `end` is the column behind it. */
export interface Mark {
  readonly line: number;
  readonly column: number;
  readonly end: number;
  readonly says: string;
}

/** What may stand at the cursor instead of the columns from `from` to it; columns count from 1. */
export interface Offer {
  readonly text: string;
  readonly from: number;
  readonly says?: string | undefined;
}
export type Complete = (text: string, line: number, column: number) => readonly Offer[];
