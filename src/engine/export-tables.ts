import { decimalGroups } from '../base/number';
import { SPAN, TABLE_ENTRIES, vaOfVpn, type Level } from '../machine/address';
import { BIT } from '../machine/entry-format';
import type { Machine } from '../machine/machine';
import { targetOf } from '../machine/walk';
import type { Exported, Piece } from './picture-export';
import { MAX_EXPORTED } from './tables-export';

/** 64 MiB of tables; more than that no other program is likely to take in one piece. */
export const MAX_IMAGE_FRAMES = 16_384;
/** Tables read between two pieces, so that nothing waits long. */
const READ_AT_ONCE = 64;

/** Every table that a walk can read, as it stands in memory: one frame after the other, by machine address. */
export function* imageBytes(m: Machine): Generator<Piece, Partial<Exported>> {
  const found = new Set<number>();
  let level = [m.state.directory.root];
  for (let depth = 4; level.length > 0 && depth >= 1; depth--) {
    const below = new Set<number>();
    for (const [i, table] of level.entries()) {
      found.add(table);
      if (depth > 1) for (const target of tablesIn(m, table, depth as Level)) below.add(target);
      if (found.size + below.size > MAX_IMAGE_FRAMES) throw new Error(tooManyFrames());
      if (i % READ_AT_ONCE === 0) yield '';
    }
    level = [...below];
  }
  const mpns = [...found].toSorted((a, b) => a - b);
  for (const mpn of mpns) yield bytesOf(m.memory.read(mpn));
  const { control, types, policies, directory } = m.state;
  const { wp, pge, smep, smap, pcide, nxe } = control;
  return {
    count: mpns.length,
    image: {
      root: directory.root,
      frames: spansOf(mpns),
      control: { wp, pge, smep, smap, pcide, nxe },
      pat: types.pat,
      mtrrs: types.mtrr.mtrrs,
      policies,
    },
  };
}

const tooManyFrames = (): string =>
  `There are more than ${decimalGroups(MAX_IMAGE_FRAMES)} tables (64 MiB), more than an image may hold. Go to an earlier step, or map less.`;

/** The tables that the entries of one lead to. */
function* tablesIn(m: Machine, table: number, level: Level): Generator<number> {
  const words = m.memory.read(table);
  for (let i = 0; i < TABLE_ENTRIES * 2; i += 2) {
    const [lo, hi] = [words[i], words[i + 1]];
    if ((lo & BIT.P) !== 0 && !isLeaf(level, lo)) yield targetOf(lo, hi, m.state.control);
  }
}

const isLeaf = (level: Level, lo: number): boolean => level === 1 || (level < 4 && (lo & BIT.PS) !== 0);

/** Little-endian, as memory is. */
function bytesOf(words: Int32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => view.setInt32(i * 4, word, true));
  return bytes;
}

function spansOf(mpns: readonly number[]): readonly { readonly mpn: number; readonly count: number }[] {
  const spans: { mpn: number; count: number }[] = [];
  for (const mpn of mpns) {
    const last = spans.at(-1);
    if (last && last.mpn + last.count === mpn) last.count++;
    else spans.push({ mpn, count: 1 });
  }
  return spans;
}

/** The flags of a line, from the left, as QEMU's monitor writes them. */
const FLAGS = [
  ['G', BIT.G],
  ['P', BIT.PS],
  ['D', BIT.D],
  ['A', BIT.A],
  ['C', BIT.PCD],
  ['T', BIT.PWT],
  ['U', BIT.US],
  ['W', BIT.RW],
] as const;

/** A line for each page, as `info tlb` of QEMU's monitor writes it: address, frame, and the flags of the entry that maps it. */
export function* infoTlb(m: Machine): Generator<Piece, Partial<Exported>> {
  let count = 0;
  let read = 0;
  const { control } = m.state;
  const lineOf = (vpn: number, level: Level, lo: number, hi: number): string => {
    const mpn = targetOf(lo, hi, control);
    // Bit 7 of a PTE is PAT, which has no letter.
    const flags = level === 1 ? lo & ~BIT.PAT_4K : lo;
    return `${hex16(vaOfVpn(vpn))}: ${hex16((mpn - (mpn % SPAN[level])) * 4096)} ${flagsText(flags, hi)}\n`;
  };
  function* visit(table: number, level: Level, prefix: number): Generator<string> {
    // A copy: the next look may reuse the words.
    const words = m.memory.read(table).slice();
    let text = '';
    if (++read % READ_AT_ONCE === 0) yield '';
    for (let i = 0; i < TABLE_ENTRIES; i++) {
      const [lo, hi] = [words[i * 2], words[i * 2 + 1]];
      if ((lo & BIT.P) === 0) continue;
      const n = prefix * TABLE_ENTRIES + i;
      if (isLeaf(level, lo)) {
        text += lineOf(n * SPAN[level], level, lo, hi);
        if (++count > MAX_EXPORTED) throw new Error(tooManyLines());
        continue;
      }
      if (text !== '') yield text;
      text = '';
      yield* visit(targetOf(lo, hi, control), (level - 1) as Level, n);
    }
    if (text !== '') yield text;
  }
  if (leavesAtLeast(m) > MAX_EXPORTED) throw new Error(tooManyLines());
  yield* visit(m.state.directory.root, 4, 0);
  return { count };
}

const tooManyLines = (): string =>
  `There are more than ${decimalGroups(MAX_EXPORTED)} pages, and each would be a line. Go to an earlier step, map less, or use larger pages.`;

/** A lower bound of the pages, without looking at them: the folded runs in vmkernel's own page tables. */
function leavesAtLeast(m: Machine): number {
  let count = 0;
  for (const { start, end, value } of m.state.directory.tables[1].all()) {
    for (const run of m.memory.runsWithin(value, value + end - start)) {
      if ((run.value.lo & BIT.P) === 0) continue;
      count += Math.max(0, Math.min(run.value.count, (run.end - run.start) * TABLE_ENTRIES) - TABLE_ENTRIES);
    }
  }
  return count;
}

const hex16 = (value: bigint | number): string => value.toString(16).padStart(16, '0');
const flagsText = (lo: number, hi: number): string =>
  (hi < 0 ? 'X' : '-') + FLAGS.map(([letter, bit]) => (lo & bit ? letter : '-')).join('');
