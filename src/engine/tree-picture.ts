import { fullVa, isCanonical, lowVa, PAGE_SIZE, SPAN, TABLE_ENTRIES, type Level } from '../machine/address';
import { BIT } from '../machine/entry-format';
import type { Machine } from '../machine/machine';
import { patIndex } from '../machine/memory-type';
import { ALL_RIGHTS, narrow } from '../machine/rights';
import { Census } from './census';
import { roleOf, TO_PAGE, TO_TABLE } from './entry-stretches';
import type { TreeNode, TreePicture } from './picture-tree';
import { ALL_SLOTS, partsOf, runsOf, type EntryRun, type Slots } from './tree-runs';

const MOST_NODES = 400;
const STRIP_CELLS = 64;
/** Written before the id of a node that the reader closed, though the selected address is below it. */
const CLOSED = '!';

/** A table on the way down, with the tables above it. */
interface Table {
  readonly id: string;
  readonly level: Level;
  readonly prefix: number;
  readonly mpn: number;
  readonly rights: number;
  readonly above: Table | undefined;
}

/**
 * The tables below CR3, as far as they are opened: `open` has the ids of the nodes that are, and those on the way of the selected address
 * are too unless an id with `!` before it says otherwise.
 */
export function treePicture(m: Machine, open: readonly string[], va: bigint): TreePicture {
  return new Tree(m, new Set(open), va).picture();
}

class Tree {
  private readonly census: Census;
  private readonly path: string[] = [];
  /** The number of the page of the selected address. */
  private readonly vpn: number | undefined;
  private left = MOST_NODES;
  private more = 0;

  constructor(
    private readonly m: Machine,
    private readonly open: ReadonlySet<string>,
    va: bigint,
  ) {
    this.census = new Census(m);
    this.vpn = isCanonical(va) ? Math.floor(lowVa(va) / PAGE_SIZE) : undefined;
  }

  picture(): TreePicture {
    const mpn = this.m.state.directory.root;
    const root = this.table({ id: '', level: 4, prefix: 0, mpn, rights: ALL_RIGHTS, above: undefined }, ALL_SLOTS);
    return { root, more: this.more, path: this.path };
  }

  private table(table: Table, { first, last }: Slots): TreeNode {
    const { id, level, prefix, mpn, rights } = table;
    const words = this.m.memory.read(mpn);
    const strip = this.strip(words, level);
    const at = prefix * TABLE_ENTRIES;
    const again = this.again(table);
    return {
      ...{ id, kind: 'table', level, mpn, first, last, rights, strip },
      ...this.span(level, at, at + TABLE_ENTRIES),
      ...(again ? { again, tables: 0, pages: 0, atLeast: false } : this.census.inTable(level, prefix)),
      ...this.children(table, id, ALL_SLOTS, !again && (strip.some((kind) => kind > 0) || this.isOnPath(table)), false),
    };
  }

  /** Where a table belongs, if not here. */
  private again({ level, prefix, mpn, above }: Table): TreeNode['again'] {
    const owner = this.census.ownerOf(mpn);
    if (!owner || (owner.level === level && owner.prefix === prefix)) return undefined;
    let up = above;
    while (up && up.mpn !== mpn) up = up.above;
    return { kind: up ? 'recursive' : 'shared', id: idOf(owner.level, owner.prefix) };
  }

  /** What a node opens to, if it is open and there is still room. */
  private children(
    table: Table,
    id: string,
    slots: Slots,
    opens: boolean,
    isRun: boolean,
  ): Pick<TreeNode, 'onPath' | 'opens' | 'children' | 'more'> {
    const onPath = this.isOnPath(table, slots);
    if (onPath && opens) this.path.push(id);
    const isOpen = opens && (this.open.has(id) || (onPath && !this.open.has(CLOSED + id)));
    if (!isOpen) return { onPath, opens, more: 0 };
    const words = this.m.memory.read(table.mpn);
    const runs = this.runs(table, words, slots);
    const parts = isRun || runs.length > 0 ? partsOf(runs, slots, isRun) : [];
    const found = parts.map((part) => this.runs(table, words, part)).filter((each) => each.length > 0);
    const shown = found.slice(0, Math.max(0, this.left));
    const more = found.length - shown.length;
    this.left -= shown.length;
    this.more += more;
    const children = shown.map((part) => this.stretch(table, part));
    return { onPath, opens, more, children: onPath ? this.withStop(table, words, children) : children };
  }

  /** With the entry at which the walk of the selected address stops, if it has no place among them for not being present. */
  private withStop(table: Table, words: Int32Array, nodes: readonly TreeNode[]): readonly TreeNode[] {
    const index = this.indexIn(table);
    if ((words[index * 2] & BIT.P) !== 0 || nodes.some(({ onPath }) => onPath)) return nodes;
    const { level, prefix, rights } = table;
    const at = prefix * TABLE_ENTRIES + index;
    const stop: TreeNode = {
      ...{ id: idOf((level - 1) as Level, at), kind: 'absent', level, mpn: 0, first: index, last: index, rights },
      ...this.span(level, at, at + 1),
      ...{ pages: 0, tables: 0, atLeast: false, onPath: true, opens: false, more: 0 },
    };
    return [...nodes, stop].toSorted((a, b) => a.first - b.first);
  }

  /** The runs of a stretch. A table that belongs elsewhere, or an entry that the selected address goes through, stands alone. */
  private runs(table: Table, words: Int32Array, slots: Slots): readonly EntryRun[] {
    const { level, prefix } = table;
    const alone = (mpn: number, index: number): boolean => {
      if (this.isOnPath(table, { first: index, last: index })) return true;
      const owner = this.census.ownerOf(mpn);
      return owner !== undefined && (owner.level !== level - 1 || owner.prefix !== prefix * TABLE_ENTRIES + index);
    };
    return runsOf(words, level, this.m.state.control, slots, alone);
  }

  /** Neighbouring runs as one node. */
  private stretch(table: Table, runs: readonly EntryRun[]): TreeNode {
    const [run] = runs;
    const slots: Slots = { first: run.first, last: runs.at(-1)?.last ?? run.last };
    const { level, prefix } = table;
    const at = prefix * TABLE_ENTRIES;
    const id = `${table.id}${table.id && '.'}${slots.first}${slots.last > slots.first ? `-${slots.last}` : ''}`;
    const rights = narrow(table.rights, run.lo, run.hi);
    const isOne = runs.length === 1;
    if (isOne && run.role === TO_TABLE && run.first === run.last) {
      const below = { id, level: (level - 1) as Level, prefix: at + run.first, mpn: run.mpn, rights, above: table };
      return this.table(below, slots);
    }
    const toTables = isOne && run.role === TO_TABLE;
    const toPages = isOne && run.role === TO_PAGE;
    const below = this.census.below(level, at + slots.first, at + slots.last + 1);
    return {
      id,
      kind: toTables ? 'tables' : toPages ? 'pages' : isOne ? 'reserved' : 'mixed',
      level: toTables ? ((level - 1) as Level) : level,
      mpn: run.mpn,
      ...slots,
      ...this.span(level, at + slots.first, at + slots.last + 1),
      ...below,
      pages: below.pages + pagesIn(runs, level),
      rights,
      ...(toPages && { pat: this.m.state.types.pat[patIndex(run.lo, level > 1)] }),
      ...this.children(table, id, slots, toTables || !isOne, toTables),
    };
  }

  private span(level: Level, from: number, to: number): { va: bigint; vaEnd: bigint } {
    const bytes = SPAN[level] * PAGE_SIZE;
    return { va: fullVa(from * bytes), vaEnd: fullVa(to * bytes - 1) + 1n };
  }

  private isOnPath(table: Table, { first, last }: Slots = ALL_SLOTS): boolean {
    const index = this.indexIn(table);
    return index >= first && index <= last;
  }

  /** The slot of the selected address; beyond the table if the address is not below it. */
  private indexIn({ level, prefix }: Table): number {
    return this.vpn === undefined ? -1 : Math.floor(this.vpn / SPAN[level]) - prefix * TABLE_ENTRIES;
  }

  private strip(words: Int32Array, level: Level): Uint8Array {
    const strip = new Uint8Array(STRIP_CELLS);
    const slots = TABLE_ENTRIES / STRIP_CELLS;
    for (let i = 0; i < TABLE_ENTRIES; i++) {
      const cell = Math.floor(i / slots);
      if ((words[i * 2] & BIT.P) === 0) continue;
      strip[cell] = Math.max(strip[cell], roleOf(level, words[i * 2], words[i * 2 + 1], this.m.state.control));
    }
    return strip;
  }
}

/** Pages that the entries of runs map themselves. */
const pagesIn = (runs: readonly EntryRun[], level: Level): number =>
  runs.reduce((sum, { role, first, last }) => sum + (role === TO_PAGE ? (last - first + 1) * SPAN[level] : 0), 0);

/** The indices from the root to a table. */
function idOf(level: Level, prefix: number): string {
  const indices: number[] = [];
  let rest = prefix;
  for (let at = level as number; at < 4; at++) {
    indices.unshift(rest % TABLE_ENTRIES);
    rest = Math.floor(rest / TABLE_ENTRIES);
  }
  return indices.join('.');
}
