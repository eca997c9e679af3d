import { describe, expect, test } from 'vitest';
import { attributeMask, leafFlags } from './attributes';
import { DEFAULT_POLICIES, type Policies } from './config';
import { makeControl } from './control';
import { DEFAULT_CONTROL } from './control-bits';
import { join64 } from '../base/number';
import { decodePat, PAT_POWER_ON, PAT_WITH_WC, patIndex } from './memory-type';
import { EXECUTABLE, READWRITE, UNCACHED, WRITECOMBINE } from './vmkapi';

const patOf = (value: bigint) => {
  const pat = decodePat(value);
  if (!pat.ok) throw new Error(pat.error);
  return pat.value;
};
/** A PAT whose only UC, UC- and WC slots are in its upper half, so that the PAT bit of the entry is needed. */
const UPPER = 0x0107_0004_0606_0604n;
const PATS = [
  ['power-on', PAT_POWER_ON],
  ['with WC', PAT_WITH_WC],
  ['types in the upper half', UPPER],
] as const;

/** The slot by the rules of machine.md: search IA32_PAT; where a type is missing, what PWT or PCD alone select. */
const SLOTS: Readonly<Record<string, Readonly<Record<'WB' | 'WC' | 'UC-' | 'UC', number>>>> = {
  'power-on': { WB: 0, WC: 1, 'UC-': 2, UC: 3 },
  'with WC': { WB: 0, WC: 1, 'UC-': 2, UC: 3 },
  'types in the upper half': { WB: 1, WC: 7, 'UC-': 6, UC: 5 },
};

const rows = PATS.flatMap(([pat, value]) =>
  [true, false].flatMap((nxe) =>
    ([1, 2, 3] as const).flatMap((level) =>
      (['UC-', 'UC'] as const).map((uncached) => ({ pat, value, nxe, level, uncached })),
    ),
  ),
);

describe.each(rows)(
  '$pat PAT, NXE $nxe, level $level, UNCACHED as $uncached',
  ({ pat, value, nxe, level, uncached }) => {
    const policies: Policies = { ...DEFAULT_POLICIES, uncached };
    const control = makeControl({ ...DEFAULT_CONTROL, nxe }, 46);

    test('each of the 32 attribute sets has the bits that the rules give, in the places of this page size', () => {
      for (let attrs = 0n; attrs < 32n; attrs++) {
        const { lo, hi } = leafFlags(attrs, level, control, patOf(value), policies);
        const type = attrs & WRITECOMBINE ? 'WC' : attrs & UNCACHED ? uncached : 'WB';
        const slot = BigInt(SLOTS[pat][type]);
        const patBit = (slot >> 2n) << (level === 1 ? 7n : 12n);
        const cache = patBit | (((slot >> 1n) & 1n) << 4n) | ((slot & 1n) << 3n);
        const rights = (attrs & READWRITE ? 2n : 0n) | (nxe && !(attrs & EXECUTABLE) ? 1n << 63n : 0n);
        const expected = 1n | rights | cache | (level > 1 ? 1n << 7n : 0n);
        expect(join64(lo, hi)).toBe(expected);
        expect(patIndex(lo, level > 1)).toBe(Number(slot));
      }
    });

    test('G stands exactly with CR4.PGE, and US never', () => {
      const pge = makeControl({ ...DEFAULT_CONTROL, nxe, pge: true }, 46);
      const without = leafFlags(READWRITE, level, control, patOf(value), policies);
      const flags = leafFlags(READWRITE, level, pge, patOf(value), policies);
      expect(flags.lo ^ without.lo).toBe(1 << 8);
      expect(flags.lo & 4).toBe(0);
    });
  },
);

test('what attributes decide is all that a change touches: A, D, PS, US and the frame stay', () => {
  for (const level of [1, 2, 3] as const) {
    const { lo, hi } = attributeMask(level);
    expect(lo).toBe(0x11b | (level === 1 ? 0x80 : 0x1000));
    expect(hi).toBe(1 << 31);
  }
});
