import { ByteReader, ByteWriter } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';

/** What a link can hold, by the number that says so. A number that is not here is skipped: a newer Pagescope may know it. */
export const SECTIONS = { document: 1, place: 2, lesson: 3 } as const;
export type SectionName = keyof typeof SECTIONS;
export type Sections = Readonly<Partial<Record<SectionName, Uint8Array>>>;

const NAMES = Object.keys(SECTIONS) as readonly SectionName[];
/** More than any Pagescope will know; a small text may unpack to thousands of empty ones. */
const MOST = 64;

/** Each section as its number, its length and its bytes. */
export function writeSections(sections: Sections): Uint8Array {
  const to = new ByteWriter();
  for (const name of NAMES) {
    const bytes = sections[name];
    if (!bytes) continue;
    to.number(SECTIONS[name]);
    to.block(bytes);
  }
  return to.done();
}

export function readSections(bytes: Uint8Array): Result<Sections, 'damaged'> {
  const from = new ByteReader(bytes);
  const sections: Partial<Record<SectionName, Uint8Array>> = {};
  for (let count = 1; from.left > 0; count++) {
    if (count > MOST) return err('damaged');
    const id = from.number();
    const block = from.block();
    const name = NAMES.find((one) => SECTIONS[one] === id);
    if (name) sections[name] ??= block;
  }
  return from.fault ? err('damaged') : ok(sections);
}
