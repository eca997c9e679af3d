import { AC } from '../machine/access';
import {
  fullVa,
  isCanonical,
  lowVa,
  PAGE_SIZE,
  SPAN,
  TABLE_ENTRIES,
  type Level,
  type PageLevel,
} from '../machine/address';
import { BIT, entryKind } from '../machine/entry-format';
import { join64 } from '../base/number';
import type { Control } from '../machine/control';
import type { Machine } from '../machine/machine';
import { effectiveType, patIndex } from '../machine/memory-type';
import { peek } from '../machine/mmu';
import type { Frames } from '../machine/pool';
import { ALL_RIGHTS, narrow } from '../machine/rights';
import { faultOf, indexOf, nonCanonicalFault, type Walk } from '../machine/walk';
import { frameAt, roleOf } from './entry-stretches';
import type { TypePicture, WalkEnd, WalkLevelPicture, WalkPicture } from './picture';

/** Entries shown on either side of the chosen one, where the table does not end. */
const NEAR = 12;

/** The walk of an address as the tables stand, with the tables it passes. */
export function walkPicture(m: Machine, va: bigint, changed: readonly Frames[]): WalkPicture {
  const { root } = m.paging;
  if (!isCanonical(va)) return { va, root, levels: [], end: { kind: 'fault', fault: nonCanonicalFault(va) } };
  const low = lowVa(va);
  const vaHi = Math.floor(low / 2 ** 32);
  const walk = peek(m.paging, vaHi, low | 0, AC);
  const levels: WalkLevelPicture[] = [];
  for (let level = 4; level >= walk.level; level--)
    levels.push(levelPicture(m, walk, level as Level, indexOf(level, vaHi, low | 0), changed));
  const by = walkingPcpu(m, low);
  return { va, root, levels, end: endPicture(m, walk, low), ...(by !== undefined && { by }) };
}

/** The PCPU whose walk of the page at an address the last step was. */
function walkingPcpu({ state: { last } }: Machine, low: number): number | undefined {
  if (last?.act.kind !== 'micro' || last.act.micro.do !== 'walk') return undefined;
  return Math.floor(last.act.micro.touch.va / PAGE_SIZE) === Math.floor(low / PAGE_SIZE) ? last.pcpu : undefined;
}

function levelPicture(
  m: Machine,
  walk: Walk,
  level: Level,
  index: number,
  changed: readonly Frames[],
): WalkLevelPicture {
  const tableMPN = walk.table(level);
  const words = m.memory.read(tableMPN);
  const lo = walk.lo[level];
  const hi = walk.hi[level];
  const from = Math.max(0, Math.min(index - NEAR, TABLE_ENTRIES - 2 * NEAR - 1));
  return {
    level,
    tableMPN,
    index,
    ma: tableMPN * PAGE_SIZE + index * 8,
    entry: join64(lo, hi),
    kind: entryKind(level, lo),
    rights: level >= walk.level && (lo & BIT.P) !== 0 ? walk.rights(level) : 0,
    ownRights: narrow(ALL_RIGHTS, lo, hi),
    changed: changed.some(({ mpn, count }) => tableMPN >= mpn && tableMPN < mpn + count),
    slots: slotsOf(words, level, m.state.control),
    near: Array.from({ length: 2 * NEAR + 1 }, (_, i) => {
      const at = (from + i) * 2;
      return {
        index: from + i,
        entry: join64(words[at], words[at + 1]),
        target: frameAt(level, words[at], words[at + 1], m.state.control),
      };
    }),
  };
}

function slotsOf(words: Int32Array, level: Level, control: Control): Uint8Array {
  const slots = new Uint8Array(TABLE_ENTRIES);
  for (let i = 0; i < TABLE_ENTRIES; i++) slots[i] = roleOf(level, words[i * 2], words[i * 2 + 1], control);
  return slots;
}

function endPicture(m: Machine, walk: Walk, low: number): WalkEnd {
  if (walk.reason !== 0) return { kind: 'fault', fault: faultOf(walk, fullVa(low), AC, m.state.control) };
  const level = walk.level as PageLevel;
  const ma = walk.mpn * PAGE_SIZE + (low % (SPAN[level] * PAGE_SIZE));
  const mpn = Math.floor(ma / PAGE_SIZE);
  const mapping = m.mappingAt(Math.floor(low / PAGE_SIZE));
  return {
    kind: 'page',
    level,
    mpn,
    ma,
    rights: walk.rights(level),
    type: typePicture(m, walk.lo[level], level, walk.mpn),
    region: m.regions.at(mpn)?.kind,
    owner: mapping ? m.state.modules[mapping.module]?.name : undefined,
  };
}

function typePicture(m: Machine, lo: number, level: PageLevel, mpn: number): TypePicture {
  const { pat, mtrr } = m.state.types;
  const index = patIndex(lo, level > 1);
  const base = mpn * PAGE_SIZE;
  const mtrrType = mtrr.typeAt(base);
  const { type, notes } = effectiveType(mtrrType, pat[index]);
  return { patIndex: index, pat: pat[index], mtrr: mtrrType, mtrrSource: mtrr.source(base), effective: type, notes };
}
