/** Base64 in the alphabet that addresses may hold, without padding (RFC 4648, section 5). */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map(Array.from(ALPHABET, (character, value) => [character.charCodeAt(0), value] as const));

export function toBase64url(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const group = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    const length = Math.min(4, bytes.length - at + 1);
    for (let i = 0; i < length; i++) parts.push(ALPHABET[group[i]]);
  }
  return parts.join('');
}

/** Undefined for a text with another character. Bits behind the last whole byte are not looked at. */
export function fromBase64url(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUES.get(text.charCodeAt(i));
    if (value === undefined) return undefined;
    bits = ((bits & 0xfff) << 6) | value;
    // The second to fourth character of a group each complete a byte: with 4, 2 and 0 bits left over.
    const phase = i & 3;
    if (phase > 0) bytes[at++] = bits >> (6 - 2 * phase);
  }
  return bytes;
}
