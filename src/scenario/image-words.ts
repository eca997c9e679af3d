import { high32, join64, low32 } from '../base/number';
import { err, ok, type Result } from '../base/result';
import { TABLE_ENTRIES } from '../machine/address';

/**
 * The words of a table as text: `index:value`, and for neighbours that go up evenly `index:value+step*count`, with spaces between.
 * Words that are not named are 0. `0:0x1027 3:0x5063+0x1000*20` says 21 words.
 */
const RUN = /^(\d{1,3}):0x([0-9a-f]{1,16})(?:(?:\+0x([0-9a-f]{1,16}))?\*(\d{1,3}))?$/i;
const ONE = '\\d{1,3}:0x[0-9a-fA-F]{1,16}(?:(?:\\+0x[0-9a-fA-F]{1,16})?\\*\\d{1,3})?';
/** For the JSON schema. */
export const WORDS_TEXT = `^\\s*(?:${ONE}(?:\\s+${ONE})*)?\\s*$`;
/** As many characters as 512 words that are all different may take. */
const LONGEST = 16_384;

const HOW = 'must list words as "index:value", such as "0:0x1027 3:0x5063+0x1000*20"';

export function readWords(text: unknown): Result<Int32Array> {
  if (typeof text !== 'string') return err(HOW);
  if (text.length > LONGEST) return err(`must have at most ${LONGEST} characters`);
  const words = new Int32Array(TABLE_ENTRIES * 2);
  const seen = new Uint8Array(TABLE_ENTRIES);
  for (const run of text.trim().split(/\s+/)) {
    if (run === '') break;
    const [, index, value, step, times] = RUN.exec(run) ?? [];
    if (index === undefined) return err(`${HOW}; "${run.slice(0, 40)}" is none`);
    const first = Number(index);
    const count = times === undefined ? 1 : Number(times);
    if (count === 0 || first + count > TABLE_ENTRIES) return err(`must stay within words 0 to 511; "${run}" does not`);
    for (let i = 0; i < count; i++) {
      if (seen[first + i]) return err(`must name each word once; "${run}" names word ${first + i} again`);
      seen[first + i] = 1;
      const word = BigInt(`0x${value}`) + BigInt(`0x${step ?? 0}`) * BigInt(i);
      words[(first + i) * 2] = low32(word);
      words[(first + i) * 2 + 1] = high32(word);
    }
  }
  return ok(words);
}

/** In as few runs as reading from the left gives; equal words have equal texts. */
export function printWords(words: Int32Array): string {
  const at = (i: number): bigint => join64(words[i * 2], words[i * 2 + 1]);
  const runs: string[] = [];
  for (let i = 0; i < TABLE_ENTRIES;) {
    const value = at(i);
    const step = i + 1 < TABLE_ENTRIES ? at(i + 1) - value : -1n;
    let count = 1;
    if (value !== 0n && step >= 0n)
      while (i + count < TABLE_ENTRIES && at(i + count) - at(i + count - 1) === step) count++;
    // Two neighbours make no run: the second may begin a longer one.
    if (count < 3) count = 1;
    if (value !== 0n) runs.push(`${i}:0x${value.toString(16)}${count > 1 ? more(step, count) : ''}`);
    i += count;
  }
  return runs.join(' ');
}

const more = (step: bigint, count: number): string => `${step > 0n ? `+0x${step.toString(16)}` : ''}*${count}`;
