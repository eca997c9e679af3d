import { textBytes, textOf } from './text-bytes';

/** Values as bytes. A number is written in groups of seven bits, low ones first, each but the last with bit 7 set. */
export class ByteWriter {
  private bytes = new Uint8Array(256);
  private at = 0;

  byte(value: number): void {
    if (this.at === this.bytes.length) this.grow(1);
    this.bytes[this.at++] = value;
  }

  /** From 0 to 2^53 − 1. */
  number(value: number): void {
    let left = value;
    for (; left >= 0x80; left = Math.floor(left / 0x80)) this.byte((left % 0x80) | 0x80);
    this.byte(left);
  }

  /** From 0 to 2^70 − 1. */
  big(value: bigint): void {
    let left = value;
    for (; left > BigInt(Number.MAX_SAFE_INTEGER); left >>= 7n) this.byte(Number(left & 0x7fn) | 0x80);
    this.number(Number(left));
  }

  /** Small for small differences of either sign. */
  signed(value: bigint): void {
    this.big(zigzag(value));
  }

  raw(bytes: Uint8Array): void {
    if (this.at + bytes.length > this.bytes.length) this.grow(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Bytes behind their number. */
  block(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.raw(bytes);
  }

  text(text: string): void {
    this.block(textBytes(text));
  }

  done(): Uint8Array {
    return this.bytes.slice(0, this.at);
  }

  private grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + by));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** What keeps bytes from being read: they make no sense, or a sense that is not known here, or they stand for too much. */
export type ByteFault = 'damaged' | 'unknown' | 'large';

/** Reads what a ByteWriter wrote. Of wrong bytes it makes zeros, and `fault` says so from then on. */
export class ByteReader {
  fault: ByteFault | undefined;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get left(): number {
    return this.bytes.length - this.at;
  }

  fail(fault: ByteFault): void {
    this.fault ??= fault;
    this.at = this.bytes.length;
  }

  byte(): number {
    if (this.at < this.bytes.length) return this.bytes[this.at++];
    this.fail('damaged');
    return 0;
  }

  number(): number {
    const value = this.big();
    if (value <= Number.MAX_SAFE_INTEGER) return Number(value);
    this.fail('damaged');
    return 0;
  }

  big(): bigint {
    let low = 0;
    for (let scale = 1; scale < 2 ** 49; scale *= 0x80) {
      const byte = this.byte();
      low += (byte & 0x7f) * scale;
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    this.fail('damaged');
    return 0n;
  }

  signed(): bigint {
    return unzigzag(this.big());
  }

  /** A number of things of at least one byte each, so that no more can be promised than there are. */
  count(): number {
    const count = this.number();
    if (count <= this.left) return count;
    this.fail('damaged');
    return 0;
  }

  /** The next bytes; fewer when there are not so many. */
  raw(length: number): Uint8Array {
    const bytes = this.bytes.subarray(this.at, this.at + length);
    this.at += bytes.length;
    return bytes;
  }

  block(): Uint8Array {
    return this.raw(this.count());
  }

  text(): string {
    const text = textOf(this.block());
    if (text === undefined) this.fail('damaged');
    return text ?? '';
  }
}

export const zigzag = (value: bigint): bigint => (value >= 0n ? value << 1n : (-value << 1n) - 1n);
export const unzigzag = (value: bigint): bigint => (value & 1n ? -((value + 1n) >> 1n) : value >> 1n);
