/** Where something stands in a source, counted from 1, and the word that stands there. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** What is wrong with a source: the first thing that is not understood or has no meaning. */
export interface Mistake {
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly found: string;
  /** `must be …` */
  readonly rule: string;
}

/** Something that a reader may want to know, though nothing is wrong. */
export interface Remark {
  readonly line: number;
  readonly column: number;
  readonly says: string;
}

/**
 * Leaves the reader from any depth. It is thrown and caught inside this folder only: whoever calls `readC` gets a result.
 */
export class Refusal extends Error {
  constructor(readonly mistake: Mistake) {
    super(mistake.rule);
  }
}

const LONGEST = 40;

export function refuse({ line, column, text }: Place, rule: string): never {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  throw new Refusal({ line, column, found: text === '' ? 'the end of the text' : JSON.stringify(short), rule });
}

export const describeMistake = ({ line, column, found, rule }: Mistake): string =>
  `line ${line}, column ${column} is ${found}: ${rule}`;
