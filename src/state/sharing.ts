/**
 * The new value, with every part of it that equals the old one replaced by the old part. What did not change then keeps its
 * identity, and a view that shows it need not be rendered again.
 */
export function shared<T>(before: unknown, now: T): T {
  if (Object.is(before, now)) return now;
  if (typeof before !== 'object' || typeof now !== 'object' || before === null || now === null) return now;
  if (isElements(now)) return (isElements(before) && sameElements(before, now) ? before : now) as T;
  if (Array.isArray(now)) return (Array.isArray(before) ? sharedList(before, now) : now) as T;
  return (Array.isArray(before) || isElements(before) ? now : sharedFields(before, now)) as T;
}

const isElements = (value: object): value is ArrayLike<unknown> => ArrayBuffer.isView(value);

function sameElements(before: ArrayLike<unknown>, now: ArrayLike<unknown>): boolean {
  if (before.constructor !== now.constructor || before.length !== now.length) return false;
  for (let i = 0; i < now.length; i++) if (before[i] !== now[i]) return false;
  return true;
}

function sharedList(before: readonly unknown[], now: readonly unknown[]): readonly unknown[] {
  const list = now.map((item, i) => shared(before[i], item));
  return list.length === before.length && list.every((item, i) => Object.is(item, before[i])) ? before : list;
}

function sharedFields(before: object, now: object): object {
  const old = before as Readonly<Record<string, unknown>>;
  const names = Object.keys(now);
  let same = names.length === Object.keys(before).length;
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(now)) {
    fields[name] = shared(old[name], value);
    if (!(name in old) || !Object.is(fields[name], old[name])) same = false;
  }
  return same ? before : fields;
}
