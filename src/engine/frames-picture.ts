import type { Machine } from '../machine/machine';
import { partsWithin } from '../machine/ranges';
import { TABLE_LEVELS } from '../machine/tables';
import type { FrameWindow } from './protocol';
import { FRAME_KINDS, type FrameKind, type FramesPicture } from './picture';

const code = (kind: FrameKind): number => FRAME_KINDS.indexOf(kind);
const MAPPED = code('mapped');
const SHARED = code('shared');
const MAX_FRAMES = 65_536;

/** The frames of a window, one code each. Costs by the window and the mappings that reach into it. */
export function framesPicture(m: Machine, { start, cells: count }: FrameWindow): FramesPicture {
  const length = Math.max(0, Math.min(count, MAX_FRAMES, 2 ** (m.config.maxPhyAddr - 12) - start));
  const end = start + length;
  const kinds = new Uint8Array(length);
  const mappings = new Int32Array(length).fill(-1);
  const levels = new Uint8Array(length);
  const paint = (from: number, to: number, kind: number): void => {
    if (from < to) kinds.fill(kind, from - start, to - start);
  };
  for (const region of m.regions.regions) {
    paint(Math.max(region.startMPN, start), Math.min(region.startMPN + region.pages, end), code(region.kind));
  }
  const { pool, directory } = m.state;
  paint(Math.max(pool.start, start), Math.min(pool.end, end), code('pool'));
  for (const mapping of [...m.state.mappings.values(), ...m.state.aliases.values()]) {
    for (const { mpn, pages } of partsWithin(mapping.ranges, start, end)) {
      for (let i = mpn - start; i < mpn - start + pages; i++) {
        if (mappings[i] < 0) mappings[i] = mapping.id;
        kinds[i] = kinds[i] === MAPPED || kinds[i] === SHARED ? SHARED : MAPPED;
      }
    }
  }
  const table = (mpn: number, level: number): void => {
    kinds[mpn - start] = code('table');
    levels[mpn - start] = level;
  };
  if (directory.root >= start && directory.root < end) table(directory.root, 4);
  for (const level of TABLE_LEVELS) {
    for (const { start: prefix, end: last, value } of directory.tables[level].all()) {
      for (let mpn = Math.max(value, start); mpn < Math.min(value + last - prefix, end); mpn++) table(mpn, level);
    }
  }
  const regions = m.regions.regions.map(({ kind, name, startMPN, pages }) => ({ kind, name, startMPN, pages }));
  const none = new Uint8Array(length);
  return {
    start,
    perCell: 1,
    kinds,
    mixed: none,
    mappings,
    owners: new Int16Array(length).fill(-1),
    levels,
    times: none,
    types: none,
    counts: FRAME_KINDS.map((_, kind) => kinds.filter((one) => one === kind).length),
    regions,
  };
}
