import { readLine } from './line';
import type { TokenKind } from './part';

/** A part of a line in the colour of its kind; columns count from 0, and what is between tokens has none. */
export interface Token {
  readonly from: number;
  readonly to: number;
  readonly kind: TokenKind;
}

/** The tokens of one line, in order and apart from each other. `wrong` is what cannot stand there, whatever other lines say. */
export function tokens(line: string): Token[] {
  const { parts, wrong, comment } = readLine(line);
  const all = [
    ...wrong.map(({ from, to }): Token => ({ from, to: Math.min(to, line.length), kind: 'wrong' })),
    ...parts.map(({ from, to, kind }): Token => ({ from, to, kind })),
    ...(comment ? [{ from: comment.from, to: line.length, kind: 'comment' as const }] : []),
  ];
  const apart: Token[] = [];
  for (const token of all.toSorted((a, b) => a.from - b.from)) {
    if (token.to > token.from && token.from >= (apart.at(-1)?.to ?? 0)) apart.push(token);
  }
  return apart;
}
