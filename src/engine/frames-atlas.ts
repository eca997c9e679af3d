import type { Machine } from '../machine/machine';
import { VMKERNEL, type Mapping } from '../machine/mapping';
import { sortedRanges } from '../machine/ranges';
import { TABLE_LEVELS } from '../machine/tables';
import { FRAME_KINDS, type FrameKind } from './picture-frames';

export const codeOf = (kind: FrameKind): number => FRAME_KINDS.indexOf(kind);

/** What can be said of a frame, the same for all frames of a stretch. Fields as in FramesPicture. */
export interface FrameFacts {
  readonly kind: number;
  readonly mapping: number;
  readonly owner: number;
  readonly level: number;
  readonly times: number;
  readonly type: number;
  /** Two of its mappings give it different types. */
  readonly conflict: boolean;
}

/** All frames of a machine as stretches of like frames: stretch i is [starts[i], starts[i + 1]), and `facts[which[i]]` holds of it. */
export interface Atlas {
  readonly starts: Float64Array;
  readonly which: Uint32Array;
  /** The last one ends where memory ends. */
  readonly length: number;
  readonly facts: readonly FrameFacts[];
  readonly blocks: Blocks;
}

/** So many stretches in a row make a block. */
export const BLOCK = 32;

/** What holds in each block, so that a cell that has it all need not look at each stretch. */
export interface Blocks {
  /** Block b has the items from `from[b]` up to `from[b + 1]`. */
  readonly from: Uint32Array;
  /** Each of the facts in it once, in the order in which they come, and of how many frames they hold. */
  readonly which: Uint32Array;
  readonly frames: Float64Array;
}

/** A stretch of frames mapped once: by which mapping of the list. */
interface Parts {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly by: Uint32Array;
}

function partsOf(mappings: readonly Mapping[]): Parts {
  const lists = mappings.map(({ ranges }) => sortedRanges(ranges));
  const length = lists.reduce((sum, { starts }) => sum + starts.length, 0);
  const parts = { starts: new Float64Array(length), ends: new Float64Array(length), by: new Uint32Array(length) };
  let at = 0;
  let sorted = true;
  lists.forEach(({ starts, pages }, by) => {
    for (let i = 0; i < starts.length; i++, at++) {
      parts.starts[at] = starts[i];
      parts.ends[at] = starts[i] + pages[i];
      parts.by[at] = by;
      if (at > 0 && parts.starts[at] < parts.starts[at - 1]) sorted = false;
    }
  });
  if (sorted) return parts;
  // A plain list: its sort makes use of runs that are in order already, as those of each mapping are.
  const order = Array.from({ length }, (_, i) => i).toSorted((a, b) => parts.starts[a] - parts.starts[b]);
  return {
    starts: Float64Array.from(order, (i) => parts.starts[i]),
    ends: Float64Array.from(order, (i) => parts.ends[i]),
    by: Uint32Array.from(order, (i) => parts.by[i]),
  };
}

interface Layer {
  readonly start: number;
  readonly end: number;
  readonly code: number;
}

/** Table frames by level, in order. */
export function tablesOf({ state: { directory } }: Machine): readonly Layer[] {
  const tables: Layer[] = [{ start: directory.root, end: directory.root + 1, code: 4 }];
  for (const level of TABLE_LEVELS) {
    for (const { start, end, value } of directory.tables[level].all()) {
      tables.push({ start: value, end: value + end - start, code: level });
    }
  }
  return tables.toSorted((a, b) => a.start - b.start);
}

/** Goes along sorted, disjoint layers. */
class Along {
  private i = 0;
  /** The code where it stands, or 0, and where that ends. */
  code = 0;
  end = 0;
  constructor(private readonly layers: readonly Layer[]) {}

  to(at: number): void {
    if (at < this.end) return;
    while (this.i < this.layers.length && this.layers[this.i].end <= at) this.i++;
    const layer = this.layers[this.i];
    const inside = layer !== undefined && layer.start <= at;
    this.code = inside ? layer.code : 0;
    this.end = inside ? layer.end : (layer?.start ?? Infinity);
  }
}

/** The parts that hold the present frame. */
class Holding {
  readonly by: number[] = [];
  private readonly ends: number[] = [];
  /** The next part, and where what holds changes next. */
  private next = 0;
  end = 0;
  constructor(private readonly parts: Parts) {}

  to(at: number): void {
    if (at < this.end) return;
    const { starts, ends, by } = this.parts;
    for (let i = this.ends.length - 1; i >= 0; i--) {
      if (this.ends[i] > at) continue;
      this.ends[i] = this.ends.at(-1)!;
      this.by[i] = this.by.at(-1)!;
      this.ends.pop();
      this.by.pop();
    }
    for (; this.next < starts.length && starts[this.next] <= at; this.next++) {
      if (ends[this.next] <= at) continue;
      this.ends.push(ends[this.next]);
      this.by.push(by[this.next]);
    }
    this.end = this.next < starts.length ? starts[this.next] : Infinity;
    for (const end of this.ends) if (end < this.end) this.end = end;
  }
}

const TABLE = codeOf('table');
const MAPPED = codeOf('mapped');
const SHARED = codeOf('shared');
const POOL = codeOf('pool');

/** Sets of facts, each kept once, by a number made of them. */
class FactBook {
  readonly facts: FrameFacts[] = [];
  private readonly known = new Map<number, number>();
  /** The last two answers: what alternates is found without the map. */
  private keys = [-1, -1];
  private ids = [0, 0];
  constructor(private readonly mappings: readonly Mapping[]) {}

  /** The number of the facts; `first` is an index of the mappings or -1. */
  find(kind: number, level: number, type: number, conflict: boolean, times: number, first: number): number {
    const code = (((kind * 8 + level) * 16 + type) * 2 + (conflict ? 1 : 0)) * 256 + times;
    const key = (first + 1) * 2 ** 20 + code;
    if (this.keys[0] === key) return this.ids[0];
    if (this.keys[1] === key) return this.ids[1];
    let id = this.known.get(key);
    if (id === undefined) {
      id = this.facts.length;
      const unmapped = { id: -1, module: kind === TABLE || kind === POOL ? VMKERNEL : -1 };
      const { id: mapping, module: owner } = first < 0 ? unmapped : this.mappings[first];
      this.facts.push({ kind, level, type, conflict, times, mapping, owner });
      this.known.set(key, id);
    }
    this.keys = [key, this.keys[0]];
    this.ids = [id, this.ids[0]];
    return id;
  }
}

/**
 * Goes over the whole machine once, from stretch to stretch. Costs by regions, tables, ranges and `changes`: the frames at which
 * the type by the MTRRs can change, in order.
 */
export function makeAtlas(m: Machine, changes: readonly number[]): Atlas {
  // By id, so that the first of several is the one with the least index.
  const mappings = [...m.state.mappings.values(), ...m.state.aliases.values()].toSorted((a, b) => a.id - b.id);
  const { types, pool } = m.state;
  const total = 2 ** (m.config.maxPhyAddr - 12);
  const parts = partsOf(mappings);
  const tables = tablesOf(m);
  const size = 2 * (m.regions.regions.length + 2 + tables.length + parts.starts.length) + changes.length + 1;
  const starts = new Float64Array(size);
  const which = new Uint32Array(size);
  const book = new FactBook(mappings);
  const region = new Along(
    m.regions.regions.map(({ kind, startMPN, pages }) => ({
      start: startMPN,
      end: startMPN + pages,
      code: codeOf(kind),
    })),
  );
  const pooled = new Along([{ start: pool.start, end: pool.end, code: POOL }]);
  const table = new Along(tables);
  const held = new Holding(parts);
  let length = 0;
  let change = 0;
  for (let at = 0; at < total;) {
    region.to(at);
    pooled.to(at);
    table.to(at);
    held.to(at);
    while (change < changes.length && changes[change] <= at) change++;
    const { by } = held;
    let first = -1;
    let type = 0;
    let conflict = false;
    for (let each = 0; each < by.length; each++) {
      const i = by[each];
      const own = types.effective(mappings[i].written.lo, 1, at) + 1;
      if (type !== 0 && own !== type) conflict = true;
      if (first < 0 || i < first) {
        first = i;
        type = own;
      }
    }
    const kind = by.length > 1 ? SHARED : by.length === 1 ? MAPPED : pooled.code || region.code;
    const memory = region.code !== 0 || pooled.code !== 0 || table.code !== 0;
    if (first < 0 && memory) type = types.mtrr.encodingAt(at * 4096) + 1;
    const shown = table.code > 0 ? TABLE : kind;
    const facts = book.find(shown, table.code, type, conflict, Math.min(by.length, 255), first);
    if (length === 0 || which[length - 1] !== facts) {
      starts[length] = at;
      which[length++] = facts;
    }
    at = Math.min(region.end, pooled.end, table.end, held.end, changes[change] ?? Infinity);
  }
  return { starts, which, length, facts: book.facts, blocks: blocksOf(starts, which, length, total) };
}

function blocksOf(starts: Float64Array, which: Uint32Array, length: number, total: number): Blocks {
  const count = Math.ceil(length / BLOCK);
  const from = new Uint32Array(count + 1);
  const items = new Uint32Array(length);
  const frames = new Float64Array(length);
  let end = 0;
  for (let i = 0; i < length; i++) {
    const block = Math.floor(i / BLOCK);
    if (i % BLOCK === 0) from[block] = end;
    let item = from[block];
    while (item < end && items[item] !== which[i]) item++;
    if (item === end) items[end++] = which[i];
    frames[item] += (i + 1 < length ? starts[i + 1] : total) - starts[i];
  }
  from[count] = end;
  return { from, which: items, frames };
}
