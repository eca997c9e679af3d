import { decimalGroups, hex, parseInteger } from '../base/number';
import { err, ok, type Result } from '../base/result';
import { PAGE_SIZE, TABLE_ENTRIES } from '../machine/address';
import { BIT } from '../machine/entry-format';
import type { ImageFrame } from '../machine/table-image';
import { DOCUMENT_LIMITS } from '../scenario/limits';

/** Bytes somewhere else, read where they are wanted. */
export interface Bytes {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** The machine address of the PML4 that CR3 names: below it are a PCID or PWT and PCD, above it switches. */
export const rootOf = (cr3: bigint): bigint => cr3 & 0xf_ffff_ffff_f000n;

/** Reads where a dump begins: with a frame. */
export function readFirstByte(text: string): Result<bigint> {
  const read = parseInteger(text, 2n ** 52n - 1n);
  const whole = !read.ok || read.value % BigInt(PAGE_SIZE) === 0n;
  return whole ? read : err(`${hex(read.value)} is not where a frame begins; write a multiple of 4096 (0x1000)`);
}

/** Which bytes of a file are a frame: where it begins, or undefined when it is not in the file. */
export type OffsetOf = (mpn: number) => number | undefined;

/** The frames of a dump that begins at a machine address. */
export const dumpFrom =
  (start: number, size: number): OffsetOf =>
  (mpn) => {
    const at = mpn * PAGE_SIZE - start;
    return at >= 0 && at + PAGE_SIZE <= size ? at : undefined;
  };

/** The tables that a walk from CR3 can read, out of a file that may be much larger. Tables that are not in it read as 0. */
export async function readImageTables(
  bytes: Bytes,
  offsetOf: OffsetOf,
  root: number,
): Promise<Result<readonly ImageFrame[]>> {
  const { max } = DOCUMENT_LIMITS.imageFrames;
  const found = new Map<number, ImageFrame>();
  let level = new Set([root]);
  for (let depth = 4; depth >= 1; depth--) {
    const below = new Set<number>();
    for (const mpn of level) {
      const frame = found.get(mpn) ?? (await readFrame(bytes, offsetOf(mpn), mpn));
      if (!frame) continue;
      found.set(mpn, frame);
      if (found.size > max)
        return err(`it has more than ${decimalGroups(max)} tables, more than a machine may begin with`);
      if (depth > 1) for (const target of targetsOf(frame, depth)) below.add(target);
    }
    level = below;
  }
  if (!found.has(root)) return err(`CR3 names a frame that is not in it; it has ${decimalGroups(bytes.size)} bytes`);
  return ok([...found.values()].toSorted((a, b) => a.mpn - b.mpn));
}

async function readFrame(bytes: Bytes, at: number | undefined, mpn: number): Promise<ImageFrame | undefined> {
  if (at === undefined || at + PAGE_SIZE > bytes.size) return undefined;
  const view = new DataView(await bytes.slice(at, at + PAGE_SIZE).arrayBuffer());
  return { mpn, words: Int32Array.from({ length: TABLE_ENTRIES * 2 }, (_, i) => view.getInt32(i * 4, true)) };
}

/** What the present entries of a table lead to that are no pages. */
function* targetsOf({ words }: ImageFrame, level: number): Generator<number> {
  for (let i = 0; i < TABLE_ENTRIES * 2; i += 2) {
    const leaf = level < 4 && (words[i] & BIT.PS) !== 0;
    if ((words[i] & BIT.P) !== 0 && !leaf) yield (words[i + 1] & 0xf_ffff) * 2 ** 20 + (words[i] >>> 12);
  }
}
