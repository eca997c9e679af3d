import { Machine } from '../machine/machine';
import { costRows, mappingRows, tlbRows } from './export-csv';
import { imageBytes, infoTlb } from './export-tables';
import type { Exported, ExportWhat, Piece } from './picture-export';

/** Bytes or characters that are put together before the browser takes them over. */
const PIECE = 2 ** 20;

const WRITERS: Readonly<Record<ExportWhat, (m: Machine) => Generator<Piece, Partial<Exported>>>> = {
  image: imageBytes,
  infoTlb,
  tlbs: tlbRows,
  mappings: mappingRows,
  costs: costRows,
};

/** Writes a file from the machine as it stands, a little at each `next`; the machine itself may go on meanwhile. */
export function exportOf(m: Machine, what: ExportWhat): { next(): Exported | undefined } {
  const twin = new Machine(m.config, m.ops);
  twin.restore(m.snapshot());
  const writing = WRITERS[what](twin);
  const file = new File();
  return {
    next() {
      const { value, done } = writing.next();
      if (done) return { count: 0, ...value, file: file.end() };
      file.add(value);
      return undefined;
    },
  };
}

/** A Blob that grows: what is in one lies with the browser, and is not copied when another is made around it. */
class File {
  private whole = new Blob([]);
  private pieces: Piece[] = [];
  private length = 0;

  add(piece: Piece): void {
    this.pieces.push(piece);
    this.length += piece.length;
    if (this.length > PIECE) this.end();
  }

  end(): Blob {
    this.whole = new Blob([this.whole, ...this.pieces]);
    this.pieces = [];
    this.length = 0;
    return this.whole;
  }
}
