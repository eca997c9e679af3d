import { err, ok, type Result } from '../../base/result';
import { hexGroups } from '../../base/number';

/** Reads a whole entry as it is typed: hex digits, with or without 0x, and with gaps between them if one likes. */
export function parseEntry(text: string): Result<bigint> {
  const digits = text
    .trim()
    .replace(/^0x/i, '')
    .replaceAll(/[\s_']/g, '');
  if (digits === '') return err('is empty; write the entry as up to 16 hex digits');
  const wrong = /[^0-9a-f]/i.exec(digits)?.[0];
  if (wrong !== undefined) return err(`“${wrong}” is no hex digit; right are 0–9 and a–f`);
  if (digits.length > 16) return err(`has ${digits.length} digits; an entry has 64 bits, so 16 at most`);
  return ok(BigInt(`0x${digits}`));
}

/** An entry as it is typed: all 16 digits. */
export const entryDigits = (entry: bigint): string => hexGroups(entry, 16);
