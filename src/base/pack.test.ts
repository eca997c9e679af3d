import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64url, toBase64url } from './base64url';
import { ByteReader, ByteWriter } from './bytes';
import { crc16 } from './crc16';
import { deflated, inflated } from './deflate';
import { packed, unpacked } from './pack';

const MOST = 100_000;
const bytesArbitrary = fc.uint8Array({ maxLength: 300 });

test('values come back from bytes', () => {
  const values = fc.record({
    number: fc.maxSafeNat(),
    big: fc.bigInt({ min: 0n, max: 2n ** 70n - 1n }),
    signed: fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }),
    text: fc.string({ unit: fc.nat(0x10_ffff).map((code) => String.fromCodePoint(code)) }),
    block: bytesArbitrary,
  });
  fc.assert(
    fc.property(values, ({ number, big, signed, text, block }) => {
      const writer = new ByteWriter();
      writer.number(number);
      writer.big(big);
      writer.signed(signed);
      writer.text(text);
      writer.block(block);
      const reader = new ByteReader(writer.done());
      expect([reader.number(), reader.big(), reader.signed(), reader.text()]).toEqual([number, big, signed, text]);
      expect([...reader.block()]).toEqual([...block]);
      expect([reader.left, reader.fault]).toEqual([0, undefined]);
    }),
  );
});

test('bytes that make no sense are read as zeros, with a fault', () => {
  const reader = (...bytes: number[]) => new ByteReader(Uint8Array.from(bytes));
  const long = reader(...Array.from({ length: 11 }, () => 0x80));
  expect([long.big(), long.fault, long.byte()]).toEqual([0n, 'damaged', 0]);
  const promising = reader(200, 1, 1);
  expect([promising.count(), promising.fault]).toEqual([0, 'damaged']);
  for (const bytes of [
    [1, 0x80],
    [1, 0xff],
    [2, 0xc3, 0x41],
    [1, 0xe2],
    [4, 0xf7, 0xbf, 0xbf, 0xbf],
  ]) {
    const text = reader(...bytes);
    expect([text.text(), text.fault]).toEqual(['', 'damaged']);
  }
});

test('base64url is as elsewhere', () => {
  fc.assert(
    fc.property(bytesArbitrary, (bytes) => {
      const text = Buffer.from(bytes).toString('base64url');
      expect(toBase64url(bytes)).toBe(text);
      expect(fromBase64url(text)).toEqual(bytes);
    }),
  );
  expect(fromBase64url('ab.c')).toBeUndefined();
});

test('the checksum is that of CRC-16/CCITT-FALSE', () => {
  expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x29b1);
});

describe('a packed text', () => {
  test('gives its bytes back, deflated where that is shorter', async () => {
    await fc.assert(
      fc.asyncProperty(bytesArbitrary, async (bytes) => {
        expect(await unpacked(await packed(bytes), MOST)).toEqual({ ok: true, value: bytes });
      }),
    );
    const zeros = new Uint8Array(10_000);
    const text = await packed(zeros);
    expect(text.length).toBeLessThan(60);
    expect(await unpacked(text, MOST)).toEqual({ ok: true, value: zeros });
  });

  test('notices each other character and each missing end', async () => {
    const text = await packed(Uint8Array.from({ length: 40 }, (_, i) => i * 7));
    for (let i = 0; i < text.length; i++) {
      const other = `${text.slice(0, i)}${text[i] === 'A' ? 'B' : 'A'}${text.slice(i + 1)}`;
      expect((await unpacked(other, MOST)).ok).toBe(false);
      expect(await unpacked(text.slice(0, i), MOST)).toEqual({ ok: false, error: 'short' });
    }
    expect(await unpacked(`${text}AAAA`, MOST)).toEqual({ ok: false, error: 'damaged' });
    expect(await unpacked(`${text}.`, MOST)).toEqual({ ok: false, error: 'characters' });
  });

  test('is not unpacked beyond a limit', async () => {
    const bomb = await deflated(new Uint8Array(20_000_000));
    expect(await inflated(bomb, MOST)).toEqual({ ok: false, error: 'large' });
    expect(await unpacked(await packed(new Uint8Array(MOST + 1)), MOST)).toEqual({ ok: false, error: 'large' });
    expect(await unpacked('A'.repeat(200_000), MOST)).toEqual({ ok: false, error: 'large' });
    expect(await inflated(Uint8Array.of(255, 255, 255), MOST)).toEqual({ ok: false, error: 'damaged' });
  });
});
