import { defaultMtrrs } from '../machine/config';
import { MEMORY_TYPES, type MemoryType } from '../machine/memory-type';
import { fixedRange, variableRange, type Mtrrs, type VariableRange } from '../machine/mtrr';
import { countOrHex, defined, hexText, same } from './print-value';

/** Memory type range registers as a document writes them. */
export function printMtrrs(mtrrs: Mtrrs, maxPhyAddr: number): Record<string, unknown> {
  const usual = defaultMtrrs(maxPhyAddr);
  return defined({
    enabled: mtrrs.enabled ? undefined : false,
    fixedEnabled: mtrrs.fixedEnabled ? undefined : false,
    defaultType: mtrrs.defaultType === 'WB' ? undefined : mtrrs.defaultType,
    fixed: same(mtrrs.fixed, usual.fixed) ? undefined : printFixed(mtrrs.fixed),
    variable: same(mtrrs.variable, usual.variable)
      ? undefined
      : mtrrs.variable.map((pair) => printVariable(pair, maxPhyAddr)),
  });
}

/** Neighbouring entries of one type as one range; WB needs no saying. */
export function printFixed(fixed: readonly MemoryType[]): unknown[] {
  const ranges: { start: number; end: number; type: MemoryType }[] = [];
  fixed.forEach((type, i) => {
    const { start, size } = fixedRange(i);
    const last = ranges.at(-1);
    if (last?.type === type && last.end === start) last.end = start + size;
    else if (type !== 'WB') ranges.push({ start, end: start + size, type });
  });
  return ranges.map(({ start, end, type }) => ({ start: hexText(start), end: hexText(end), type }));
}

/** Start and size where the pair is just that, else the registers. */
export function printVariable(pair: VariableRange, maxPhyAddr: number): unknown {
  const start = pair.base & ~0xfffn;
  const size = (1n << BigInt(maxPhyAddr)) - (pair.mask & ~0xfffn);
  const type = MEMORY_TYPES[Number(pair.base & 0xffn)] as MemoryType;
  const plain = size > 0n && (size & (size - 1n)) === 0n && start % size === 0n;
  if (plain && same(variableRange(start, size, type, maxPhyAddr), pair)) {
    return { start: hexText(start), size: countOrHex(size), type };
  }
  return { base: hexText(pair.base), mask: hexText(pair.mask) };
}
