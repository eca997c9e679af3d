/**
 * A persistent map from numbers to values, in key order: a B+tree whose changes copy one path.
 * Old maps stay valid and share all but that path, so a snapshot is a reference.
 */
const WIDTH = 32;

interface Leaf<V> {
  readonly keys: readonly number[];
  readonly values: readonly V[];
}
interface Branch<V> {
  /** keys[i] is the least key below kids[i]. */
  readonly keys: readonly number[];
  readonly kids: readonly Node<V>[];
}
type Node<V> = Leaf<V> | Branch<V>;
export type Entry<V> = readonly [key: number, value: V];

const isBranch = <V>(node: Node<V>): node is Branch<V> => 'kids' in node;

/** The index of the last key not above `key`, or -1. */
function floorIndex(keys: readonly number[], key: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle] <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const spliced = <T>(list: readonly T[], at: number, remove: number, ...insert: T[]): T[] => {
  const copy = list.slice();
  copy.splice(at, remove, ...insert);
  return copy;
};

/** The node with `key` set, as one node or two when it had to split. */
function withKey<V>(node: Node<V>, key: number, value: V): Node<V>[] {
  const at = floorIndex(node.keys, key);
  if (!isBranch(node)) {
    const same = at >= 0 && node.keys[at] === key;
    const keys = same ? node.keys : spliced(node.keys, at + 1, 0, key);
    return split({ keys, values: spliced(node.values, same ? at : at + 1, same ? 1 : 0, value) });
  }
  const slot = Math.max(at, 0);
  const parts = withKey(node.kids[slot], key, value);
  return split({
    keys: spliced(node.keys, slot, 1, ...parts.map((part) => part.keys[0])),
    kids: spliced(node.kids, slot, 1, ...parts),
  });
}

function split<V>(node: Node<V>): Node<V>[] {
  const { length } = node.keys;
  if (length <= WIDTH) return [node];
  // Ascending insertion is the common case: a full left part keeps the tree dense.
  const at = (length * 3) >> 2;
  return isBranch(node)
    ? [
        { keys: node.keys.slice(0, at), kids: node.kids.slice(0, at) },
        { keys: node.keys.slice(at), kids: node.kids.slice(at) },
      ]
    : [
        { keys: node.keys.slice(0, at), values: node.values.slice(0, at) },
        { keys: node.keys.slice(at), values: node.values.slice(at) },
      ];
}

/** The node without `key`; undefined when nothing is left; the node itself when the key was absent. */
function withoutKey<V>(node: Node<V>, key: number): Node<V> | undefined {
  const at = floorIndex(node.keys, key);
  if (at < 0) return node;
  if (!isBranch(node)) {
    if (node.keys[at] !== key) return node;
    return node.keys.length === 1
      ? undefined
      : { keys: spliced(node.keys, at, 1), values: spliced(node.values, at, 1) };
  }
  const before = node.kids[at];
  const after = withoutKey(before, key);
  if (after === before) return node;
  if (after) return { keys: spliced(node.keys, at, 1, after.keys[0]), kids: spliced(node.kids, at, 1, after) };
  return node.kids.length === 1 ? undefined : { keys: spliced(node.keys, at, 1), kids: spliced(node.kids, at, 1) };
}

export class OrderedMap<V> {
  private constructor(
    private readonly root: Node<V>,
    readonly size: number,
  ) {}

  private static readonly none = new OrderedMap<never>({ keys: [], values: [] }, 0);

  static empty<V>(): OrderedMap<V> {
    return OrderedMap.none;
  }

  get(key: number): V | undefined {
    const entry = this.floor(key);
    return entry?.[0] === key ? entry[1] : undefined;
  }

  has(key: number): boolean {
    return this.floor(key)?.[0] === key;
  }

  /** The entry with the greatest key not above `key`. */
  floor(key: number): Entry<V> | undefined {
    let node = this.root;
    for (;;) {
      const at = floorIndex(node.keys, key);
      if (at < 0) return undefined;
      if (!isBranch(node)) return [node.keys[at], node.values[at]];
      node = node.kids[at];
    }
  }

  /** The entry with the least key not below `key`. */
  ceiling(key: number): Entry<V> | undefined {
    for (const entry of this.entries(key)) return entry;
    return undefined;
  }

  set(key: number, value: V): OrderedMap<V> {
    const parts = withKey(this.root, key, value);
    const root = parts.length === 1 ? parts[0] : { keys: parts.map((part) => part.keys[0]), kids: parts };
    return new OrderedMap(root, this.has(key) ? this.size : this.size + 1);
  }

  delete(key: number): OrderedMap<V> {
    if (!this.has(key)) return this;
    let root = withoutKey(this.root, key) ?? { keys: [], values: [] };
    while (isBranch(root) && root.kids.length === 1) root = root.kids[0];
    return new OrderedMap(root, this.size - 1);
  }

  /** Entries with `from` ≤ key < `to`, ascending. */
  *entries(from = -Infinity, to = Infinity): Generator<Entry<V>> {
    yield* scan(this.root, from, to);
  }

  *values(from?: number, to?: number): Generator<V> {
    for (const [, value] of this.entries(from, to)) yield value;
  }

  /**
   * Keys whose value is not the same reference in `other`, found without visiting what the two maps share.
   * Costs what differs, not what is stored.
   */
  changedKeys(other: OrderedMap<V>): number[] {
    if (this.root === other.root) return [];
    const changed: number[] = [];
    const mine: Cursor<V> = [{ node: this.root, at: 0 }];
    const theirs: Cursor<V> = [{ node: other.root, at: 0 }];
    diff(mine, theirs, changed);
    return changed;
  }
}

function* scan<V>(node: Node<V>, from: number, to: number): Generator<Entry<V>> {
  for (let at = Math.max(floorIndex(node.keys, from), 0); at < node.keys.length && node.keys[at] < to; at++) {
    if (isBranch(node)) yield* scan(node.kids[at], from, to);
    else if (node.keys[at] >= from) yield [node.keys[at], node.values[at]];
  }
}

/** A path from the root to the next unread key. */
type Cursor<V> = { node: Node<V>; at: number }[];

function settle<V>(cursor: Cursor<V>): void {
  while (cursor.length > 0 && cursor[cursor.length - 1].at >= cursor[cursor.length - 1].node.keys.length) {
    cursor.pop();
    if (cursor.length > 0) cursor[cursor.length - 1].at++;
  }
}

function diff<V>(a: Cursor<V>, b: Cursor<V>, changed: number[]): void {
  for (;;) {
    settle(a);
    settle(b);
    if (a.length === 0 && b.length === 0) return;
    const top = a.at(-1);
    const other = b.at(-1);
    const key = top ? top.node.keys[top.at] : Infinity;
    const otherKey = other ? other.node.keys[other.at] : Infinity;
    const kid = top && isBranch(top.node) ? top.node.kids[top.at] : undefined;
    const otherKid = other && isBranch(other.node) ? other.node.kids[other.at] : undefined;
    if (kid && kid === otherKid) {
      top!.at++;
      other!.at++;
    } else if (kid && (key <= otherKey || !otherKid)) a.push({ node: kid, at: 0 });
    else if (otherKid) b.push({ node: otherKid, at: 0 });
    else if (key === otherKey) {
      const same = (top!.node as Leaf<V>).values[top!.at] === (other!.node as Leaf<V>).values[other!.at];
      if (!same) changed.push(key);
      top!.at++;
      other!.at++;
    } else if (key < otherKey) {
      changed.push(key);
      top!.at++;
    } else {
      changed.push(otherKey);
      other!.at++;
    }
  }
}
