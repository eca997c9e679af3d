/** A place in a tree of objects and lists. */
export type Path = readonly (string | number)[];

type Tree = Readonly<Record<string | number, unknown>>;

export const getAt = (tree: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Tree | undefined)?.[key], tree);

/** The tree with another value at a place; what is not on the way there keeps its identity. */
export function withAt<T>(tree: T, path: Path, value: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return value as T;
  const next = withAt((tree as Tree | undefined)?.[key], rest, value);
  if (Array.isArray(tree)) return tree.with(Number(key), next) as T;
  return { ...tree, [key]: next };
}
