import { ByteReader, ByteWriter } from '../../base/bytes';

/** What a link has said so far, which what follows refers to. Writing and reading keep it alike. */
export class Said {
  /** Texts that were written out, and the place of each. */
  readonly texts: string[] = [];
  readonly places = new Map<string, number>();
  /** Mappings by name, in the order in which they are made. */
  readonly mappings: string[] = [];
  /** The last virtual and machine address, and the frame behind the last range. */
  va = 0n;
  ma = 0n;
  mpn = 0n;

  text(text: string): void {
    this.places.set(text, this.texts.length);
    this.texts.push(text);
  }
}

export class LinkWriter extends ByteWriter {
  readonly said = new Said();
}

export class LinkReader extends ByteReader {
  readonly said = new Said();
}

/** How one field of a document is written, both ways. */
export interface Field {
  write(to: LinkWriter, value: unknown): void;
  read(from: LinkReader): unknown;
}
