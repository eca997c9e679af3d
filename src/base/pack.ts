/**
 * Bytes as text for an address: base64url of a number that says how many follow and whether they are deflated, these bytes, and a checksum
 * of both. The number tells a text that was cut off from one that was changed.
 */
import { fromBase64url, toBase64url } from './base64url';
import { ByteReader, ByteWriter } from './bytes';
import { crc16 } from './crc16';
import { deflated, inflated } from './deflate';
import { err, ok, type Result } from './result';

const PLAIN = 0;
const DEFLATED = 1;
/** The low bits of the number say how the bytes are packed; two ways are not given away. */
const WAYS = 4;
const CHECKSUM = 2;

export type PackFault = 'characters' | 'short' | 'damaged' | 'large' | 'unknown';

/** As short as it can be. */
export async function packed(bytes: Uint8Array): Promise<string> {
  const smaller = await deflated(bytes);
  return smaller.length < bytes.length ? written(smaller, DEFLATED) : written(bytes, PLAIN);
}

/** As it is: longer, and without waiting. */
export const packedPlain = (bytes: Uint8Array): string => written(bytes, PLAIN);

function written(bytes: Uint8Array, way: number): string {
  const writer = new ByteWriter();
  writer.number(bytes.length * WAYS + way);
  writer.raw(bytes);
  const crc = crc16(writer.done());
  writer.byte(crc >> 8);
  writer.byte(crc & 0xff);
  return toBase64url(writer.done());
}

/** Any text is answered. `most` bounds the bytes, and with them the text. */
export async function unpacked(text: string, most: number): Promise<Result<Uint8Array, PackFault>> {
  // The number and the checksum take less than 16 bytes.
  if (text.length > ((most + 16) * 4) / 3) return err('large');
  const all = fromBase64url(text);
  if (!all) return err('characters');
  const reader = new ByteReader(all);
  const number = reader.number();
  const length = Math.floor(number / WAYS);
  if (reader.fault || reader.left < length + CHECKSUM) return err('short');
  const bytes = reader.raw(length);
  const checked = crc16(all.subarray(0, all.length - CHECKSUM));
  // Read back whole and in one way only: no character can change without notice.
  if (reader.left > CHECKSUM || reader.byte() * 256 + reader.byte() !== checked || toBase64url(all) !== text) {
    return err('damaged');
  }
  if (number % WAYS === PLAIN) return bytes.length > most ? err('large') : ok(bytes);
  return number % WAYS === DEFLATED ? inflated(bytes, most) : err('unknown');
}
