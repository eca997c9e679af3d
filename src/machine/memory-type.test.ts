import { expect, test } from 'vitest';
import {
  decodePat,
  effectiveType,
  MTRR_TYPES,
  PAT_POWER_ON,
  PAT_TYPES,
  PAT_WITH_WC,
  type MemoryType,
  type PatType,
} from './memory-type';
import { checkVariable, fixedTypes, MtrrMap, variableRange, type Mtrrs } from './mtrr';

/** SDM vol. 3A, "Effective Page-Level Memory Types", as the manual prints it: MTRR type, PAT type, effective type, notes. */
const TABLE = `
UC,UC,UC,1
UC,UC-,UC,1
UC,WC,WC,
UC,WT,UC,1
UC,WB,UC,1
UC,WP,UC,1
WC,UC,UC,2
WC,UC-,WC,
WC,WC,WC,
WC,WT,UC,2;3
WC,WB,WC,
WC,WP,UC,2;3
WT,UC,UC,2
WT,UC-,UC,2
WT,WC,WC,
WT,WT,WT,
WT,WB,WT,
WT,WP,WP,3
WB,UC,UC,2
WB,UC-,UC,2
WB,WC,WC,
WB,WT,WT,
WB,WB,WB,
WB,WP,WP,
WP,UC,UC,2
WP,UC-,WC,3
WP,WC,WC,
WP,WT,WT,3
WP,WB,WP,
WP,WP,WP,`
  .trim()
  .split('\n')
  .map((line) => line.split(',') as [MemoryType, PatType, MemoryType, string]);

test.each(TABLE)('MTRR %s under PAT %s is %s', (mtrr, pat, type, notes) => {
  expect(effectiveType(mtrr, pat)).toEqual({ type, notes: notes.split(';').filter(Boolean).map(Number) });
});

test('the table has every pair once', () => {
  expect(new Set(TABLE.map(([mtrr, pat]) => `${mtrr} ${pat}`)).size).toBe(MTRR_TYPES.length * PAT_TYPES.length);
  expect(TABLE).toHaveLength(30);
});

test('IA32_PAT is read slot by slot; reserved encodings and bits are refused', () => {
  const power = decodePat(PAT_POWER_ON);
  expect(power).toEqual({ ok: true, value: ['WB', 'WT', 'UC-', 'UC', 'WB', 'WT', 'UC-', 'UC'] });
  const linux = decodePat(PAT_WITH_WC);
  expect(linux).toEqual({ ok: true, value: ['WB', 'WC', 'UC-', 'UC', 'WB', 'WP', 'UC-', 'WT'] });
  for (const bad of [2n, 3n, 8n, 0x80n]) {
    expect(decodePat((PAT_POWER_ON & ~0xffn) | bad).ok).toBe(false);
    expect(decodePat((PAT_POWER_ON & ~(0xffn << 56n)) | (bad << 56n)).ok).toBe(false);
  }
});

const mtrrs = (more: Partial<Mtrrs>): MtrrMap =>
  new MtrrMap(
    { enabled: true, fixedEnabled: true, defaultType: 'WB', fixed: fixedTypes([]), variable: [], ...more },
    40,
  );

test('the SDM’s example pairs of a machine with 40 address bits cover what it says', () => {
  const examples = [
    [0x600_0006n, 0xff_ffc0_0800n, 96, 100, 'WB'],
    [0x400_0000n, 0xff_ffc0_0800n, 64, 68, 'UC'],
    [0xf0_0000n, 0xff_fff0_0800n, 15, 16, 'UC'],
    [0xa000_0001n, 0xff_ff80_0800n, 2560, 2568, 'WC'],
  ] as const;
  const MIB = 2 ** 20;
  for (const [base, mask, from, to, type] of examples) {
    const map = mtrrs({ variable: [{ base, mask }], defaultType: 'WT' });
    const at = (mib: number): string => map.typeAt(mib * MIB);
    expect([map.typeAt(from * MIB - 1), at(from), map.typeAt(to * MIB - 1), at(to)]).toEqual(['WT', type, type, 'WT']);
  }
});

test('where ranges overlap UC wins, WT wins over WB, and a mix that the SDM leaves open counts as UC', () => {
  const over = (...types: MemoryType[]): string =>
    mtrrs({ variable: types.map((type) => variableRange(0x4000_0000n, 0x10_0000n, type, 40)) }).typeAt(0x4000_0000);
  expect(over('WB', 'WB')).toBe('WB');
  expect(over('WB', 'UC')).toBe('UC');
  expect(over('WT', 'WB')).toBe('WT');
  expect(over('WB', 'WT')).toBe('WT');
  expect(over('WC', 'WB')).toBe('UC');
  expect(over('WP', 'WB', 'WT')).toBe('UC');
});

test('without E everything is UC; without FE the fixed entries do not count; they win over variable ranges', () => {
  const fixed = fixedTypes([{ start: 0xf_0000, end: 0x10_0000, type: 'WP' }]);
  const variable = [variableRange(0n, 0x100_0000n, 'WC', 40)];
  expect(mtrrs({ enabled: false, fixed }).typeAt(0xf_0000)).toBe('UC');
  expect(mtrrs({ fixed, variable }).typeAt(0xf_0000)).toBe('WP');
  expect(mtrrs({ fixed, variable, fixedEnabled: false }).typeAt(0xf_0000)).toBe('WC');
  expect(mtrrs({ fixed, variable }).typeAt(0x10_0000)).toBe('WC');
  expect(mtrrs({ fixed, variable }).typeAt(0x100_0000)).toBe('WB');
});

test('a mask with holes matches in every hole, and the type of each address is asked for itself', () => {
  const map = mtrrs({ variable: [{ base: 0x4000_0000n, mask: 0xff_f0ff_f800n | 0x4000_0000n }], defaultType: 'WB' });
  expect(map.typeAt(0x4000_0000)).toBe('UC');
  expect(map.typeAt(0x4100_0000)).toBe('UC');
  expect(map.typeAt(0x4100_1000)).toBe('WB');
});

test('WRMSR refuses reserved bits and types in a pair', () => {
  expect(checkVariable({ base: 0x1000_0006n, mask: 0xff_f000_0800n }, 40).ok).toBe(true);
  expect(checkVariable({ base: 0x1000_0002n, mask: 0xff_f000_0800n }, 40).ok).toBe(false);
  expect(checkVariable({ base: 0x1000_0007n, mask: 0xff_f000_0800n }, 40).ok).toBe(false);
  expect(checkVariable({ base: (1n << 40n) | 6n, mask: 0xff_f000_0800n }, 40).ok).toBe(false);
  expect(checkVariable({ base: 6n, mask: 0x1_00f0_0000_0800n }, 40).ok).toBe(false);
  expect(checkVariable({ base: 0x106n, mask: 0x800n }, 40).ok).toBe(false);
});
