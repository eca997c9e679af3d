import { decimalGroups } from '../base/number';
import { DOCUMENT_LIMITS } from './limits';
import type { Problem } from './problem';

/** What is said of a text that is too long to be read at all. */
export function sizeProblem(text: string): Problem | undefined {
  const { max } = DOCUMENT_LIMITS.textBytes;
  const bytes = byteLength(text);
  if (bytes <= max) return undefined;
  return { path: '', value: `${decimalGroups(bytes)} bytes`, rule: `must have at most ${decimalGroups(max)} bytes` };
}

/** Bytes of a text as UTF-8; a lone half of a surrogate pair is written as three. */
function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    const pair = code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    bytes += pair ? 2 : code < 0x800 ? 1 : 2;
    if (pair) i++;
  }
  return bytes;
}
