import { err, ok, type Result } from '../base/result';

/** SDM 12.3 and 12.12, "Methods of Caching Available" and "Page Attribute Table": types by their encoding in PAT and MTRRs. */
export const MEMORY_TYPES = ['UC', 'WC', undefined, undefined, 'WT', 'WP', 'WB', 'UC-'] as const;
export type MemoryType = 'UC' | 'WC' | 'WT' | 'WP' | 'WB';
export type PatType = MemoryType | 'UC-';

export const typeEncoding = (type: PatType): number => MEMORY_TYPES.indexOf(type);
export const typeOf = (encoding: number): MemoryType => MEMORY_TYPES[encoding] as MemoryType;

/** How IA32_PAT stands at power-on: no slot is WC or WP. */
export const PAT_POWER_ON = 0x0007_0406_0007_0406n;
/** A PAT with a WC slot (1) and a WP slot (5), as Linux programs it. */
export const PAT_WITH_WC = 0x0407_0506_0007_0106n;

export type Pat = readonly PatType[];

/** The eight slots of IA32_PAT. Reserved encodings and bits raise #GP when the register is written, so they are refused. */
export function decodePat(value: bigint): Result<Pat> {
  const slots: PatType[] = [];
  for (let slot = 0; slot < 8; slot++) {
    const byte = Number((value >> BigInt(slot * 8)) & 0xffn);
    const type = byte < 8 ? MEMORY_TYPES[byte] : undefined;
    if (!type)
      return err(
        `slot ${slot} of IA32_PAT holds 0x${byte.toString(16)}; allowed are 0 UC, 1 WC, 4 WT, 5 WP, 6 WB, 7 UC-`,
      );
    slots.push(type);
  }
  return ok(slots);
}

/**
 * The effective type of MTRR and PAT type (SDM table 12-7, "Effective Page-Level Memory Types"), each with the note of the table:
 * 1 UC by the MTRR, caches need not be snooped; 2 UC by the page tables, caches are checked; 3 left open by early editions.
 */
const ROWS: Readonly<Record<MemoryType, Readonly<Record<PatType, string>>>> = {
  UC: { UC: 'UC1', 'UC-': 'UC1', WC: 'WC', WT: 'UC1', WB: 'UC1', WP: 'UC1' },
  WC: { UC: 'UC2', 'UC-': 'WC', WC: 'WC', WT: 'UC23', WB: 'WC', WP: 'UC23' },
  WT: { UC: 'UC2', 'UC-': 'UC2', WC: 'WC', WT: 'WT', WB: 'WT', WP: 'WP3' },
  WB: { UC: 'UC2', 'UC-': 'UC2', WC: 'WC', WT: 'WT', WB: 'WB', WP: 'WP' },
  WP: { UC: 'UC2', 'UC-': 'WC3', WC: 'WC', WT: 'WT3', WB: 'WP', WP: 'WP' },
};
export const MTRR_TYPES: readonly MemoryType[] = ['UC', 'WC', 'WT', 'WB', 'WP'];
export const PAT_TYPES: readonly PatType[] = ['UC', 'UC-', 'WC', 'WT', 'WB', 'WP'];

export interface EffectiveType {
  readonly type: MemoryType;
  readonly notes: readonly number[];
}

export function effectiveType(mtrr: MemoryType, pat: PatType): EffectiveType {
  const cell = ROWS[mtrr][pat];
  return { type: cell.slice(0, 2) as MemoryType, notes: [...cell.slice(2)].map(Number) };
}

/** PAT index of a leaf: 4·PAT + 2·PCD + PWT, with the PAT bit at 7 in a PTE and at 12 in a large entry. */
export const patIndex = (lo: number, large: boolean): number =>
  (((lo >>> (large ? 12 : 7)) & 1) << 2) | ((lo >>> 3) & 3);

/** The flag bits of a leaf that select a PAT slot. */
export const patBits = (slot: number, large: boolean): number => ((slot >> 2) << (large ? 12 : 7)) | ((slot & 3) << 3);
