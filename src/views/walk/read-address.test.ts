import { describe, expect, test } from 'vitest';
import { readAddress } from './read-address';

const MAPPINGS = [
  { name: 'va', va: 0x4400_0000_0000n },
  { name: 'nic-regs', va: 0x4400_0002_0000n },
];

describe('an address as the page writes one', () => {
  test.each([
    ['va', 0x4400_0000_0000n],
    [' va + 0xf000 ', 0x4400_0000_f000n],
    ['va+4096', 0x4400_0000_1000n],
    ['nic-regs + 8', 0x4400_0002_0008n],
    ['0x4400 0000 3a10', 0x4400_0000_3a10n],
    ['0x4400_0000_3a10', 0x4400_0000_3a10n],
    ['4096', 4096n],
    ['va + 0xffff_ffff_ffff_ffff', 0x43ff_ffff_ffffn],
  ])('%s', (text, value) => {
    expect(readAddress(text, MAPPINGS)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'The address is empty; write hex (0x4400…), decimal, or a mapping (va, nic-regs)'],
    ['vb', '“vb” is no live mapping; write hex'],
    ['va +', 'The offset behind va is empty; write a decimal or 0x number'],
    ['va + x', 'The offset behind va "x" is not a number'],
    ['va - 1', 'The address “va - 1” cannot be read; write hex (0x4400…), decimal, or a mapping'],
    ['0x1_0000_0000_0000_0000', 'The address has more than 64 bits'],
  ])('"%s" is refused in words', (text, says) => {
    expect(readAddress(text, MAPPINGS)).toMatchObject({ ok: false, error: expect.stringContaining(says) });
  });

  test('no mapping is offered where none is live', () => {
    expect(readAddress('va', [])).toMatchObject({ error: expect.stringContaining('no mapping is live') });
  });
});
