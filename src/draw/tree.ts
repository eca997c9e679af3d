import { hierarchy, linkHorizontal, tree } from 'd3';

/** A node of a tree laid out from left to right, in pixels: the middle of its left edge. */
export interface Placed<T> {
  readonly data: T;
  readonly x: number;
  readonly y: number;
  readonly depth: number;
  readonly parent: Placed<T> | undefined;
  /** Its place among its siblings, from 0, and how many they are. */
  readonly place: number;
  readonly siblings: number;
}

interface Branch<T> {
  readonly children?: readonly T[] | undefined;
}

/** Nodes in the order of reading: each before its children. `width` and `height` are those of the room of one node. */
export function treeLayout<T extends Branch<T>>(root: T, width: number, height: number): readonly Placed<T>[] {
  const laid = tree<T>()
    .nodeSize([height, width])
    .separation(() => 1)(hierarchy<T>(root, ({ children }) => children));
  const placed: Placed<T>[] = [];
  const add = (node: typeof laid, parent: Placed<T> | undefined, place: number, siblings: number): void => {
    const own = { data: node.data, x: node.y, y: node.x, depth: node.depth, parent, place, siblings };
    placed.push(own);
    node.children?.forEach((child, i, all) => add(child, own, i, all.length));
  };
  add(laid, undefined, 0, 1);
  return placed;
}

/** Each node below the one before it, and further to the right the deeper it is: for where there is no room for columns. */
export function listLayout<T extends Branch<T>>(root: T, indent: number, height: number): readonly Placed<T>[] {
  const placed: Placed<T>[] = [];
  const add = (data: T, parent: Placed<T> | undefined, place: number, siblings: number): void => {
    const depth = parent ? parent.depth + 1 : 0;
    const own = { data, x: depth * indent, y: placed.length * height, depth, parent, place, siblings };
    placed.push(own);
    data.children?.forEach((child, i, all) => add(child, own, i, all.length));
  };
  add(root, undefined, 0, 1);
  return placed;
}

/** From below a node of a list to the left edge of one that hangs from it. */
export const elbowPath = (from: readonly [number, number], to: readonly [number, number]): string =>
  `M${from[0]} ${from[1]}V${to[1]}H${to[0]}`;

const link = linkHorizontal<unknown, readonly [number, number]>();

/** A line from the right edge of a node to the left edge of another. */
export const linkPath = (from: readonly [number, number], to: readonly [number, number]): string =>
  link({ source: from, target: to }) ?? '';
