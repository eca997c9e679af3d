import type { Machine } from '../machine/machine';
import { patIndex } from '../machine/memory-type';
import { PAGE_SIZE } from '../machine/address';
import { BLOCK, makeAtlas, tablesOf, type Atlas, type FrameFacts } from './frames-atlas';
import type { FrameWindow } from './protocol';
import {
  FRAME_KINDS,
  MIXED,
  type FrameKind,
  type FramesPicture,
  type FrameTally,
  type MtrrRun,
} from './picture-frames';
import type { Stretch } from './thing';

const MOST_CELLS = 65_536;
/** Stretches of mapped frames that are told apart in the overview. */
const MOST_MAPPED = 64;

/** What a cell of several kinds shows, from what tells most. */
const TELLING: readonly FrameKind[] = [
  'table', 'shared', 'mapped', 'pool', 'device', 'rom', 'reserved', 'ram', 'hole',
]; // prettier-ignore
const RANK = FRAME_KINDS.map((kind) => -TELLING.indexOf(kind));

/** The machine's parts that the atlas follows from, in an order of their own. */
type Parts = readonly unknown[];
interface Kept {
  parts: Parts;
  /** What stands in them. */
  readonly content: Parts;
  readonly atlas: Atlas;
  readonly mapped: readonly Stretch<number>[];
  /** The last picture. */
  picture?: FramesPicture;
}
/** By the machine's memory map: one atlas is kept for each machine. */
const kept = new WeakMap<object, Kept>();

/**
 * The frames of a window, cell by cell. Costs by the stretches of like frames in the window and its cells, never by its frames; the
 * list of stretches is kept as long as nothing that it follows from changes.
 */
export function framesPicture(m: Machine, asked: FrameWindow): FramesPicture {
  const window = { ...asked, cells: cellsOf(m, asked) };
  const known = atlasOf(m, window);
  const { picture } = known;
  const { start, cells, perCell } = window;
  const same = picture?.start === start && picture.perCell === perCell && picture.kinds.length === cells;
  if (same) return picture;
  known.picture = {
    start,
    perCell,
    ...cellsWithin(known.atlas, window, framesOf(m)),
    mapped: known.mapped,
    ...(perCell === 1 ? reasons(m, window) : { mtrrs: [], slots: [] }),
  };
  return known.picture;
}

const framesOf = (m: Machine): number => 2 ** (m.config.maxPhyAddr - 12);

const cellsOf = (m: Machine, { start, cells, perCell }: FrameWindow): number =>
  Math.max(0, Math.min(cells, MOST_CELLS, Math.ceil((framesOf(m) - start) / perCell)));

function atlasOf(m: Machine, { start, cells, perCell }: FrameWindow): Kept {
  const { mappings, aliases, directory, types } = m.state;
  const { mtrr } = types;
  // With regular MTRRs the atlas is that of the whole machine; otherwise it is as fine as the window.
  const parts = [mappings, aliases, directory, types, ...(mtrr.regular ? [] : [start, cells, perCell])];
  const known = kept.get(m.regions);
  if (known && alike(known.parts, parts)) return known;
  // Going back in time makes these lists anew; what stands in them is then still the same.
  const content = contentOf(m, parts.slice(3));
  if (known && alike(known.content, content)) {
    known.parts = parts;
    return known;
  }
  const [from, to] = mtrr.regular ? [0, framesOf(m)] : [start, start + cells * perCell];
  const changes = mtrr.changesWithin(from * PAGE_SIZE, to * PAGE_SIZE, perCell * PAGE_SIZE);
  const frames = [from, ...changes.map((ma) => ma / PAGE_SIZE)];
  const made: Kept = { parts, content, atlas: makeAtlas(m, frames), mapped: mappedStretches(m) };
  kept.set(m.regions, made);
  return made;
}

const alike = (a: Parts, b: Parts): boolean => a.length === b.length && a.every((part, i) => part === b[i]);

function contentOf(m: Machine, rest: Parts): Parts {
  const content = [...rest];
  for (const list of [m.state.mappings, m.state.aliases]) {
    for (const { id, module, ranges, written } of list.values()) content.push(id, module, ranges, written.lo);
  }
  for (const { start, end, code } of tablesOf(m)) content.push(start, end, code);
  return content;
}

function mappedStretches({ state: { mappings, aliases } }: Machine): readonly Stretch<number>[] {
  const all = [...mappings.values(), ...aliases.values()].map(({ ranges: { low, high } }) => ({ low, high }));
  all.sort((a, b) => a.low - b.low);
  const joined: { start: number; end: number }[] = [];
  for (const { low, high } of all) {
    const last = joined.at(-1);
    if (last && low <= last.end) last.end = Math.max(last.end, high);
    else joined.push({ start: low, end: high });
  }
  if (joined.length <= MOST_MAPPED) return joined;
  const gaps = joined.slice(1).map(({ start }, i) => start - joined[i].end);
  const widest = gaps.toSorted((a, b) => b - a)[MOST_MAPPED - 1] ?? 0;
  return joined.reduce<{ start: number; end: number }[]>((few, one, i) => {
    if (i > 0 && (gaps[i - 1] <= widest || few.length === MOST_MAPPED)) few.at(-1)!.end = one.end;
    else few.push({ ...one });
    return few;
  }, []);
}

type Cells = Pick<
  FramesPicture,
  'kinds' | 'mixed' | 'mappings' | 'owners' | 'levels' | 'times' | 'types' | 'counts' | 'tallies'
>;

/** The first stretch that reaches into frames from `start` on. */
function firstAt({ starts, length }: Atlas, start: number): number {
  let low = 0;
  let high = length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= start) low = middle;
    else high = middle;
  }
  return low;
}

function cellsWithin(atlas: Atlas, { start, cells, perCell }: FrameWindow, total: number): Cells {
  const { starts, which, length, facts, blocks } = atlas;
  const painter = new Painter(cells);
  const counts = new Float64Array(facts.length);
  const end = Math.min(start + cells * perCell, total);
  /** By facts: the cell that they were last painted in, plus 1. */
  const painted = new Uint32Array(facts.length);
  const paint = (cell: number, id: number): void => {
    if (painted[id] === cell + 1) return;
    painted[id] = cell + 1;
    painter.paint(cell, facts[id]);
  };
  /** The cell of the stretch that is next, and where it ends. */
  let cell = 0;
  let border = start + perCell;
  for (let i = firstAt(atlas, start); i < length && starts[i] < end;) {
    while (starts[i] >= border) {
      cell = Math.floor((starts[i] - start) / perCell);
      border = start + (cell + 1) * perCell;
    }
    if (i % BLOCK === 0 && starts[i] >= start && i + BLOCK < length && starts[i + BLOCK] <= border) {
      const block = i / BLOCK;
      for (let item = blocks.from[block]; item < blocks.from[block + 1]; item++) {
        counts[blocks.which[item]] += blocks.frames[item];
        paint(cell, blocks.which[item]);
      }
      i += BLOCK;
      continue;
    }
    const id = which[i];
    const to = i + 1 < length && starts[i + 1] < end ? starts[i + 1] : end;
    counts[id] += to - (starts[i] > start ? starts[i] : start);
    paint(cell, id);
    while (to > border) {
      cell++;
      border += perCell;
      paint(cell, id);
    }
    i++;
  }
  const { kinds, mixed, mappings, owners, levels, times, types } = painter;
  const byKind = FRAME_KINDS.map(() => 0);
  facts.forEach(({ kind }, id) => (byKind[kind] += counts[id]));
  return { kinds, mixed, mappings, owners, levels, times, types, counts: byKind, tallies: talliesOf(facts, counts) };
}

/** Mappings that are counted one by one. */
const MOST_TALLIED = 24;

function talliesOf(facts: readonly FrameFacts[], counts: Float64Array): FramesPicture['tallies'] {
  const by = (codeOf: (facts: FrameFacts) => number): FrameTally[] => {
    const sums = new Map<number, number>();
    facts.forEach((one, id) => {
      if (counts[id] > 0) sums.set(codeOf(one), (sums.get(codeOf(one)) ?? 0) + counts[id]);
    });
    return Array.from(sums, ([code, frames]) => ({ code, frames })).toSorted((a, b) => a.code - b.code);
  };
  const mappings = by(({ mapping }) => mapping).filter(({ code }) => code >= 0);
  const most = mappings.toSorted((a, b) => b.frames - a.frames).slice(0, MOST_TALLIED);
  return {
    mappings: most.toSorted((a, b) => a.code - b.code),
    owners: by(({ owner }) => owner),
    levels: by(({ level }) => level),
    times: by(({ times }) => times),
    types: by(({ type }) => type),
  };
}

const UNPAINTED = 255;

/** Puts what holds of some frames of a cell together with what holds of the others. */
class Painter {
  readonly kinds: Uint8Array;
  readonly mixed: Uint8Array;
  readonly mappings: Int32Array;
  readonly owners: Int16Array;
  readonly levels: Uint8Array;
  readonly times: Uint8Array;
  readonly types: Uint8Array;
  /** By cell: the facts painted first; all others are compared with them. */
  private readonly first: FrameFacts[] = [];

  constructor(cells: number) {
    this.kinds = new Uint8Array(cells).fill(UNPAINTED);
    this.mixed = new Uint8Array(cells);
    this.mappings = new Int32Array(cells).fill(-1);
    this.owners = new Int16Array(cells).fill(-1);
    this.levels = new Uint8Array(cells);
    this.times = new Uint8Array(cells);
    this.types = new Uint8Array(cells);
  }

  paint(cell: number, facts: FrameFacts): void {
    const { kind, mapping, owner, level, times, type, conflict } = facts;
    const begun = this.kinds[cell] !== UNPAINTED;
    if (begun) this.mixed[cell] |= differences(this.first[cell], facts);
    else this.first[cell] = facts;
    if (conflict) this.mixed[cell] |= MIXED.type;
    if (!begun || RANK[kind] > RANK[this.kinds[cell]]) {
      this.kinds[cell] = kind;
      this.types[cell] = type;
    }
    if (mapping >= 0 && (this.mappings[cell] < 0 || mapping < this.mappings[cell])) {
      this.mappings[cell] = mapping;
      this.owners[cell] = owner;
    } else if (owner > this.owners[cell] && this.mappings[cell] < 0) this.owners[cell] = owner;
    if (level > this.levels[cell]) this.levels[cell] = level;
    if (times > this.times[cell]) this.times[cell] = times;
  }
}

const differences = (a: FrameFacts, b: FrameFacts): number =>
  (a.kind !== b.kind || a.mapping !== b.mapping ? MIXED.kind : 0) |
  (a.owner !== b.owner ? MIXED.owner : 0) |
  (a.level !== b.level ? MIXED.level : 0) |
  (a.times !== b.times ? MIXED.times : 0) |
  (a.type !== b.type ? MIXED.type : 0);

/** What the types of single frames follow from. */
function reasons(m: Machine, { start, cells }: FrameWindow): Pick<FramesPicture, 'mtrrs' | 'slots'> {
  const { types, mappings, aliases } = m.state;
  const end = start + cells;
  const bounds = [
    start,
    ...types.mtrr.changesWithin(start * PAGE_SIZE, end * PAGE_SIZE, PAGE_SIZE).map((ma) => ma / PAGE_SIZE),
    end,
  ];
  const mtrrs: MtrrRun[] = [];
  for (let i = 0; i + 1 < bounds.length; i++) {
    const ma = bounds[i] * PAGE_SIZE;
    const run = { start: bounds[i], end: bounds[i + 1], type: types.mtrr.typeAt(ma), source: types.mtrr.source(ma) };
    const last = mtrrs.at(-1);
    if (last && last.type === run.type && last.source === run.source)
      mtrrs[mtrrs.length - 1] = { ...last, end: run.end };
    else mtrrs.push(run);
  }
  const slots = [...mappings.values(), ...aliases.values()]
    .filter(({ ranges: { low, high } }) => low < end && high > start)
    .slice(0, MOST_MAPPED)
    .map(({ id, written }) => ({ mapping: id, slot: patIndex(written.lo, false) }));
  return { mtrrs, slots };
}
