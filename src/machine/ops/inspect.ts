import { aliasRam } from '../alias';
import type { Machine } from '../machine';
import { PAGE_SIZE, SPAN } from '../address';
import { patSlot, wantedType } from '../attributes';
import type { HazardRule } from '../hazards';
import type { Mapping } from '../mapping';
import { effectiveType, patIndex, type PatType } from '../memory-type';
import { partsWithin, type RangeList } from '../ranges';
import { segmentsOf } from '../segments';
import { EXECUTABLE, READWRITE, UNCACHED } from '../vmkapi';

/** What a mapping, as it now stands, has that its driver should know. */
export function inspectRequest(m: Machine, mapping: Mapping, op: number): void {
  const { attrs } = mapping;
  const { control, types, policies } = m.state;
  const raise = (rule: HazardRule, says: string, mpn?: number): void =>
    m.raise({ rule, op, vpn: mapping.vpn, mpn, says });

  if (attrs & READWRITE && attrs & EXECUTABLE)
    raise('write-execute', 'Whoever can write these pages can run code of their own there.');
  if (!control.nxe) raise('no-xd', 'EFER.NXE = 0: XD cannot be set, so EXECUTABLE makes no difference.');
  if (attrs & UNCACHED)
    raise(
      'uncached-wording',
      'UNCACHED chooses a memory type for the data. The entry itself is cached in the TLB like any other.',
    );
  const { slot, hazard } = patSlot(attrs, types.pat, policies);
  if (hazard)
    raise(
      hazard,
      `No slot of IA32_PAT is ${wantedType(attrs, policies)}; slot ${slot} is used, which is ${types.pat[slot]}.`,
    );
  inspectFrames(m, mapping, types.pat[slot], raise);
}

type Raise = (rule: HazardRule, says: string, mpn?: number) => void;
const hex = (value: number): string => `0x${value.toString(16)}`;

function inspectFrames(m: Machine, mapping: Mapping, pat: PatType, raise: Raise): void {
  const { ranges } = mapping;
  const { low, high } = ranges;
  if (low === 0) raise('mpn-zero', 'MPN 0 is never handed out; a request for it is usually a mistake.', 0);
  if (!mapping.device && !m.regions.isRam(low, high)) {
    const at = ranges.starts.findIndex((start, i) => !m.regions.isRam(start, start + ranges.pages[i]));
    if (at >= 0)
      raise(
        'not-ram',
        `Range ${at + 1} is not all RAM. DEFAULT takes it; the memory type then comes from the MTRRs alone.`,
        ranges.starts[at],
      );
  }
  const { pool } = m.state;
  if (high > pool.start && low < pool.end && mapping.attrs & READWRITE) {
    for (const { mpn } of partsWithin(ranges, pool.start, pool.end)) {
      raise(
        'table-mapped',
        `MPN ${hex(mpn)} is in the frames that vmkernel keeps for page tables, and now it can be written.`,
        mpn,
      );
      break;
    }
  }
  if (pat === 'UC-') inspectOverride(m, ranges, raise);
  if (mapping.largest > 1) inspectLarge(m, mapping, raise);
  inspectAliases(m, mapping, pat, raise);
}

function inspectOverride(m: Machine, { starts, pages }: RangeList, raise: Raise): void {
  for (let i = 0; i < starts.length; i++) {
    for (const mtrr of m.state.types.mtrr.typesWithin(starts[i] * PAGE_SIZE, (starts[i] + pages[i]) * PAGE_SIZE)) {
      const { type } = effectiveType(mtrr, 'UC-');
      if (type === 'UC') continue;
      raise('uc-minus-overridden', `UC- over MTRR type ${mtrr} gives ${type}, not uncached.`, starts[i]);
      return;
    }
  }
}

function inspectLarge(m: Machine, mapping: Mapping, raise: Raise): void {
  for (const { level, mpn, pages } of segmentsOf(mapping.vpn, mapping.ranges, mapping.largest)) {
    if (level === 1) continue;
    const at = m.state.types.mtrr.splitPage(mpn * PAGE_SIZE, (mpn + pages) * PAGE_SIZE, SPAN[level] * PAGE_SIZE);
    if (at === undefined) continue;
    raise(
      'large-page-mtrr',
      `MTRR types change at MA ${hex(at)}, inside a large page; the result is undefined. Here its first byte decides.`,
      mpn,
    );
    return;
  }
}

/** Another mapping of the same frames, or the linear alias, with another effective type. */
function inspectAliases(m: Machine, mapping: Mapping, pat: PatType, raise: Raise): void {
  const { types } = m.state;
  if (pat !== 'WB') {
    for (const { start, end } of aliasRam(m.regions.regions, m.config.alias)) {
      const clash = clashIn(m, mapping.ranges, start, end, pat, 'WB');
      if (clash === undefined) continue;
      raise('type-alias', `MPN ${hex(clash)} is mapped ${pat} here and WB in the linear alias of RAM.`, clash);
      return;
    }
  }
  for (const other of m.state.mappings.values()) {
    const otherPat = types.pat[patIndex(other.written.lo, false)];
    if (other.id === mapping.id || otherPat === pat) continue;
    const clash = clashWithin(m, mapping.ranges, other.ranges, pat, otherPat);
    if (clash === undefined) continue;
    raise(
      'type-alias',
      `MPN ${hex(clash)} is mapped ${pat} here and ${otherPat} at 0x${(other.vpn * PAGE_SIZE).toString(16)}.`,
      clash,
    );
    return;
  }
}

/** The first frame in both lists whose two PAT types give different effective types. */
function clashWithin(m: Machine, a: RangeList, b: RangeList, patA: PatType, patB: PatType): number | undefined {
  const [few, many] = a.starts.length <= b.starts.length ? [a, b] : [b, a];
  for (let i = 0; i < few.starts.length; i++) {
    const clash = clashIn(m, many, few.starts[i], few.starts[i] + few.pages[i], patA, patB);
    if (clash !== undefined) return clash;
  }
  return undefined;
}

function clashIn(
  m: Machine,
  ranges: RangeList,
  start: number,
  end: number,
  patA: PatType,
  patB: PatType,
): number | undefined {
  for (const { mpn, pages } of partsWithin(ranges, start, end)) {
    const clash = m.state.types.mtrr
      .typesWithin(mpn * PAGE_SIZE, (mpn + pages) * PAGE_SIZE)
      .some((mtrr) => effectiveType(mtrr, patA).type !== effectiveType(mtrr, patB).type);
    if (clash) return mpn;
  }
  return undefined;
}
