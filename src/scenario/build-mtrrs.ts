import { err, ok, type Result } from '../base/result';
import { defaultMtrrs } from '../machine/config';
import {
  checkVariable,
  FIXED_ENTRIES,
  fixedRange,
  fixedTypes,
  variableRange,
  type Mtrrs,
  type VariableRange,
} from '../machine/mtrr';
import type { MtrrsDoc } from './form-mtrr';
import { shortValue, type Report } from './problem';

type Variable = NonNullable<MtrrsDoc['variable']>[number];
type Fixed = NonNullable<MtrrsDoc['fixed']>;

/** The registers that a document asks for; what it leaves out is as on the default machine. */
export function buildMtrrs(doc: MtrrsDoc, maxPhyAddr: number, path: string, report: Report): Mtrrs {
  const usual = defaultMtrrs(maxPhyAddr);
  if (doc.fixed) checkFixed(doc.fixed, `${path}.fixed`, report);
  return {
    enabled: doc.enabled,
    fixedEnabled: doc.fixedEnabled,
    defaultType: doc.defaultType,
    fixed: doc.fixed ? fixedTypes(doc.fixed) : usual.fixed,
    variable: doc.variable ? buildVariable(doc.variable, maxPhyAddr, `${path}.variable`, report) : usual.variable,
  };
}

const STARTS = new Set(Array.from({ length: FIXED_ENTRIES }, (_, i) => fixedRange(i).start));

function checkFixed(fixed: Fixed, path: string, report: Report): void {
  const where =
    'must lie where a fixed entry begins: a multiple of 64 KiB below 0x80000, of 16 KiB below 0xc0000, of 4 KiB above';
  fixed.forEach(({ start, end }, i) => {
    if (!STARTS.has(start)) report.add(`${path}[${i}].start`, shortValue(start), where);
    else if (end !== 0x10_0000 && !STARTS.has(end)) report.add(`${path}[${i}].end`, shortValue(end), where);
    else if (end <= start) report.add(`${path}[${i}].end`, shortValue(end), `must be above start, ${start}`);
    else if (fixed.slice(0, i).some((other) => start < other.end && other.start < end)) {
      report.add(`${path}[${i}]`, `${start}–${end}`, 'must not overlap an earlier range');
    }
  });
}

function buildVariable(list: readonly Variable[], maxPhyAddr: number, path: string, report: Report): VariableRange[] {
  return list.flatMap((doc, i) => {
    const pair = 'size' in doc ? sizedRange(doc, maxPhyAddr) : checkVariable(doc, maxPhyAddr);
    if (pair.ok) return [pair.value];
    report.add(`${path}[${i}]`, 'no pair of registers', `must be one that the machine takes: ${pair.error}`);
    return [];
  });
}

function sizedRange(
  { start, size, type }: Extract<Variable, { size: bigint }>,
  maxPhyAddr: number,
): Result<VariableRange> {
  if (size < 4096n || size & (size - 1n)) return err(`size ${size} is no power of two of at least 4096`);
  if (start % size !== 0n) return err(`start 0x${start.toString(16)} is no multiple of the size`);
  if (start + size > 1n << BigInt(maxPhyAddr)) return err(`the range ends above MAXPHYADDR, ${maxPhyAddr} bits`);
  return ok(variableRange(start, size, type, maxPhyAddr));
}
