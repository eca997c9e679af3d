import { describe, expect, test } from 'vitest';
import { asked } from './asked';

const LIMITS = { lastStep: 76, maxPhyAddr: 46 };

describe('what is asked for by number', () => {
  test.each([
    ['0x4400_0000_3a10', { kind: 'va', va: 0x4400_0000_3a10n }],
    ['0x4400 0000 3a10', { kind: 'va', va: 0x4400_0000_3a10n }],
    ['440000003a10', { kind: 'va', va: 0x4400_0000_3a10n }],
    ['va 1000', { kind: 'va', va: 0x1000n }],
    ['0xffff800000000000', { kind: 'va', va: 0xffff_8000_0000_0000n }],
    ['mpn 0x2a', { kind: 'frame', mpn: 42 }],
    ['Frame 42', { kind: 'frame', mpn: 42 }],
    ['step 12', { kind: 'step', step: 12 }],
    ['step 76', { kind: 'step', step: 76 }],
  ])('%s', (query, expected) => {
    expect(asked(query, LIMITS)).toEqual(expected);
  });

  test.each(['step 77', 'step x', '0x', '0xg', '0x1ffffffffffffffff', 'mpn 0x400000000', 'va here'])(
    '%s is wrong, and why is said',
    (query) => {
      expect(asked(query, LIMITS)).toMatchObject({ kind: 'wrong', says: expect.stringMatching(/\w/) });
    },
  );

  test.each(['', 'step', 'steps', 'map', 'Example 2', 'deadbeef', 'mapping va'])('%s is words', (query) => {
    expect(asked(query, LIMITS)).toBeUndefined();
  });
});
