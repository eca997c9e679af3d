import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { replayCase, type VectorCase } from '../machine/replay';

const USAGE = 'usage: npm run -s vectors -- FILE…   (.jsonl or .jsonl.gz)';
/** Mismatches printed; the last line always counts them all. */
const SHOWN = 50;

/** Replays vector files on the machine's walk. Ends with `N accesses, M mismatches`; 0 only when none was found and some were replayed. */
export function main(files: readonly string[]): number {
  if (files.length === 0) {
    console.error(USAGE);
    return 2;
  }
  let accesses = 0;
  let mismatches = 0;
  for (const file of files) {
    const text = read(file);
    if (text === undefined) return 2;
    for (const [i, line] of text.split('\n').entries()) {
      if (line.trim() === '') continue;
      const vector = parse(line, `${file}:${i + 1}`);
      if (!vector) return 2;
      accesses += vector.accesses.length;
      for (const mismatch of replayCase(vector)) if (mismatches++ < SHOWN) console.log(mismatch);
    }
  }
  console.log(`${accesses} accesses, ${mismatches} mismatches`);
  return mismatches === 0 && accesses > 0 ? 0 : 1;
}

function read(file: string): string | undefined {
  try {
    const bytes = readFileSync(file);
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
  } catch (cause) {
    console.error(`vectors: ${file}: ${cause instanceof Error ? cause.message : String(cause)}`);
    return undefined;
  }
}

function parse(line: string, where: string): VectorCase | undefined {
  try {
    const vector = JSON.parse(line) as VectorCase;
    if (Array.isArray(vector.entries) && Array.isArray(vector.accesses) && typeof vector.cr3 === 'string')
      return vector;
    console.error(`vectors: ${where}: not a case; it needs controls, cr3, entries and accesses`);
  } catch {
    console.error(`vectors: ${where}: not JSON; each line must be one case`);
  }
  return undefined;
}
