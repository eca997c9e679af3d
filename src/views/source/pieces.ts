import type { Coloured, Mark } from './props';

/** A part of a line that looks the same from end to end. */
export interface Piece {
  readonly from: number;
  readonly text: string;
  readonly kind: string | undefined;
  readonly wrong: boolean;
}

/** A line in pieces, cut where colours and marks begin and end. */
export function piecesOf(line: string, colours: readonly Coloured[], marks: readonly Mark[]): readonly Piece[] {
  const spans = marks.map(({ column, end }) => ({ from: column - 1, to: Math.max(end - 1, column) }));
  const cuts = new Set([0, line.length, ...[...colours, ...spans].flatMap(({ from, to }) => [from, to])]);
  const ends = [...cuts].filter((at) => at >= 0 && at <= line.length).toSorted((a, b) => a - b);
  const pieces: Piece[] = [];
  let next = 0;
  for (const [i, from] of ends.slice(0, -1).entries()) {
    while (next < colours.length && colours[next].to <= from) next++;
    const colour = colours.at(next);
    pieces.push({
      from,
      text: line.slice(from, ends[i + 1]),
      kind: colour && colour.from <= from ? colour.kind : undefined,
      wrong: spans.some((span) => span.from <= from && span.to > from),
    });
  }
  // Something that is missing at the end of a line has a mark there, too.
  if (spans.some(({ from }) => from >= line.length)) {
    pieces.push({ from: line.length, text: ' ', kind: undefined, wrong: true });
  }
  return pieces;
}
