import { err, ok, type Result } from '../base/result';
import { MEMORY_TYPES, typeOf, type MemoryType } from './memory-type';

/** SDM 12.11, "Memory Type Range Registers". All PCPUs hold the same ones. */
export interface Mtrrs {
  /** IA32_MTRR_DEF_TYPE.E, .FE and the type where nothing else matches. */
  readonly enabled: boolean;
  readonly fixedEnabled: boolean;
  readonly defaultType: MemoryType;
  /** The 88 fixed entries below 1 MiB in address order: 8 of 64 KiB, 16 of 16 KiB, 64 of 4 KiB. */
  readonly fixed: readonly MemoryType[];
  readonly variable: readonly VariableRange[];
}

/** A pair PHYSBASE / PHYSMASK as written to the registers. */
export interface VariableRange {
  readonly base: bigint;
  readonly mask: bigint;
}

export const FIXED_ENTRIES = 88;
/** How many pairs the machine has; IA32_MTRRCAP.VCNT. */
export const VARIABLE_PAIRS = 32;
const FIXED_END = 0x10_0000;
const VALID = 1n << 11n;

/** First byte and size of fixed entry i. */
export function fixedRange(i: number): { readonly start: number; readonly size: number } {
  if (i < 8) return { start: i * 0x1_0000, size: 0x1_0000 };
  if (i < 24) return { start: 0x8_0000 + (i - 8) * 0x4000, size: 0x4000 };
  return { start: 0xc_0000 + (i - 24) * 0x1000, size: 0x1000 };
}

const fixedIndex = (ma: number): number =>
  ma < 0x8_0000 ? ma >> 16 : ma < 0xc_0000 ? 8 + ((ma - 0x8_0000) >> 14) : 24 + ((ma - 0xc_0000) >> 12);

/** Fixed entries that are `type` over [start, end) and WB elsewhere can be built from a list of such ranges. */
export function fixedTypes(ranges: readonly { start: number; end: number; type: MemoryType }[]): MemoryType[] {
  return Array.from({ length: FIXED_ENTRIES }, (_, i) => {
    const { start } = fixedRange(i);
    return ranges.find((range) => start >= range.start && start < range.end)?.type ?? 'WB';
  });
}

/** Checks what WRMSR would refuse: reserved bits and types. */
export function checkVariable(range: VariableRange, maxPhyAddr: number): Result<VariableRange> {
  const address = ((1n << BigInt(maxPhyAddr)) - 1n) & ~0xfffn;
  const type = MEMORY_TYPES[Number(range.base & 0xffn)];
  if (range.base & ~(address | 0xffn))
    return err(
      `base 0x${range.base.toString(16)} has reserved bits set; allowed are 7:0 (type) and ${maxPhyAddr - 1}:12`,
    );
  if (!type || type === 'UC-')
    return err(
      `base 0x${range.base.toString(16)} has type ${range.base & 0xffn}; allowed are 0 UC, 1 WC, 4 WT, 5 WP, 6 WB`,
    );
  if (range.mask & ~(address | VALID))
    return err(
      `mask 0x${range.mask.toString(16)} has reserved bits set; allowed are 11 (valid) and ${maxPhyAddr - 1}:12`,
    );
  return ok(range);
}

/** The pair that gives `type` to [start, start + size); size a power of two of at least 4 KiB, start a multiple of it. */
export function variableRange(start: bigint, size: bigint, type: MemoryType, maxPhyAddr: number): VariableRange {
  const all = (1n << BigInt(maxPhyAddr)) - 1n;
  return { base: start | BigInt(MEMORY_TYPES.indexOf(type)), mask: (all & ~(size - 1n)) | VALID };
}

interface Matcher {
  readonly base: bigint;
  readonly mask: bigint;
  readonly type: MemoryType;
}

/** The MTRRs prepared for look-ups: a memory type by machine address. */
export class MtrrMap {
  private readonly matchers: readonly Matcher[];
  /** Where the type can change; between two bounds it is constant. Empty when a mask has holes. */
  private readonly bounds: Float64Array;
  private readonly types: Uint8Array;
  private readonly holes: boolean;
  private last = 0;

  constructor(
    readonly mtrrs: Mtrrs,
    maxPhyAddr: number,
  ) {
    this.matchers = mtrrs.variable
      .filter(({ mask }) => mask & VALID)
      .map(({ base, mask }) => ({
        base: base & ~0xfffn,
        mask: mask & ~0xfffn,
        type: MEMORY_TYPES[Number(base & 0xffn)] as MemoryType,
      }));
    const bounds = new Set([0, ...Array.from({ length: FIXED_ENTRIES }, (_, i) => fixedRange(i).start), FIXED_END]);
    const all = 1n << BigInt(maxPhyAddr);
    this.holes = false;
    for (const { base, mask } of this.matchers) {
      const size = all - mask;
      if (size & (size - 1n)) this.holes = true;
      else {
        bounds.add(Number(base & mask));
        bounds.add(Number((base & mask) + size));
      }
    }
    this.bounds = Float64Array.from([...bounds].filter((bound) => bound < Number(all)).toSorted((a, b) => a - b));
    this.types = Uint8Array.from(this.bounds, (bound) => MEMORY_TYPES.indexOf(this.evaluate(bound)));
  }

  /** The type of the byte at a machine address. */
  typeAt(ma: number): MemoryType {
    return typeOf(this.encodingAt(ma));
  }

  /** The same as its encoding, for hot paths. */
  encodingAt(ma: number): number {
    if (this.holes && (ma >= FIXED_END || !this.mtrrs.fixedEnabled)) return MEMORY_TYPES.indexOf(this.evaluate(ma));
    const { bounds } = this;
    let at = this.last;
    if (ma < bounds[at] || (at + 1 < bounds.length && ma >= bounds[at + 1])) {
      let low = 0;
      let high = bounds.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (bounds[middle] <= ma) low = middle;
        else high = middle;
      }
      at = low;
      this.last = at;
    }
    return this.types[at];
  }

  /** The types within [start, end), each once. With non-contiguous masks only the page at `start` is asked. */
  typesWithin(start: number, end: number): MemoryType[] {
    const types = new Set([this.typeAt(start)]);
    if (!this.holes) {
      for (let i = 0; i < this.bounds.length; i++) {
        if (this.bounds[i] > start && this.bounds[i] < end) types.add(typeOf(this.types[i]));
      }
    }
    return [...types];
  }

  /** No mask has holes: the type changes at a few places only. */
  get regular(): boolean {
    return !this.holes;
  }

  /**
   * Where the type can change within (start, end), in bytes and in order. A mask with holes repeats its pattern all over memory: of
   * its blocks only every one of at least `least` bytes is given.
   */
  changesWithin(start: number, end: number, least: number): number[] {
    const inside = Array.from(this.bounds).filter((bound) => bound > start && bound < end);
    if (!this.holes) return inside;
    const block = Math.max(least, Math.min(...this.matchers.map(({ mask }) => Number(mask & -mask))));
    const blocks = new Set(inside);
    for (let at = (Math.floor(start / block) + 1) * block; at < end; at += block) blocks.add(at);
    return [...blocks].toSorted((a, b) => a - b);
  }

  /** Where the type changes inside one of the pages of `size` bytes in [start, end), or undefined. */
  splitPage(start: number, end: number, size: number): number | undefined {
    for (let i = 1; i < this.bounds.length; i++) {
      const bound = this.bounds[i];
      if (bound > start && bound < end && bound % size !== 0 && this.types[i] !== this.types[i - 1]) return bound;
    }
    return undefined;
  }

  /** Which register decides, in words, for the picture. */
  source(ma: number): string {
    const { mtrrs } = this;
    if (!mtrrs.enabled) return 'MTRRs are off: everything is UC';
    if (ma < FIXED_END && mtrrs.fixedEnabled)
      return `fixed entry at 0x${fixedRange(fixedIndex(ma)).start.toString(16)}`;
    const hits = this.matching(ma);
    if (hits.length === 0) return 'default type';
    return `variable ${hits.length === 1 ? 'range' : 'ranges'} ${hits.map(({ base }) => `0x${base.toString(16)}`).join(', ')}`;
  }

  private matching(ma: number): readonly Matcher[] {
    const address = BigInt(ma);
    return this.matchers.filter(({ base, mask }) => (address & mask) === (base & mask));
  }

  /** SDM 12.11.4.1 "MTRR Precedences". Mixes that it leaves undefined count as UC here. */
  private evaluate(ma: number): MemoryType {
    const { mtrrs } = this;
    if (!mtrrs.enabled) return 'UC';
    if (ma < FIXED_END && mtrrs.fixedEnabled) return mtrrs.fixed[fixedIndex(ma)];
    const types = new Set(this.matching(ma).map(({ type }) => type));
    if (types.size === 0) return mtrrs.defaultType;
    if (types.size === 1) return [...types][0];
    return types.size === 2 && types.has('WT') && types.has('WB') ? 'WT' : 'UC';
  }
}
