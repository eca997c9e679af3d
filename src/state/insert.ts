import type { Op } from '../machine/op';
import type { Scenario } from '../scenario';

/**
 * Whether an operation put behind `before` must wait for the machine to be idle, so that it meets what the picture shows.
 *
 * Operations of one PCPU follow one another anyway. But work that began on any other PCPU since the machine was last known
 * to be idle (the start, or a `sync`) may still be going on.
 */
export function needsSync(before: readonly Op[], op: Op): boolean {
  if (op.op === 'sync') return false;
  const idle = before.findLastIndex((one) => one.op === 'sync');
  return before.slice(idle + 1).some((one) => one.op !== 'sync' && one.pcpu !== op.pcpu);
}

/** The document with operations put at an index, and the index at which the last of them now stands. */
export function inserted(document: Scenario, at: number, ops: readonly Op[]): { document: Scenario; last: number } {
  const before = document.ops.slice(0, at);
  const [first] = ops;
  const added: readonly Op[] = first && needsSync(before, first) ? [{ op: 'sync' }, ...ops] : ops;
  return {
    document: { ...document, ops: [...before, ...added, ...document.ops.slice(at)] },
    last: at + added.length - 1,
  };
}

/** The last operation that another version of the same document has and this one has not. */
export function broughtBack(from: Scenario, to: Scenario): number | undefined {
  if (from.config !== to.config) return undefined;
  const known = new Set(from.ops);
  const last = to.ops.findLastIndex((op) => !known.has(op));
  return last < 0 ? undefined : last;
}

/** A name of the form m1, m2 … that nothing in the document has yet. */
export function freshName({ config, ops }: Scenario, stem = 'm'): string {
  const reserved = config.reservations.map(({ name }) => name);
  const taken = new Set([...reserved, ...ops.flatMap((op) => ('as' in op ? [op.as] : []))]);
  let n = 1;
  while (taken.has(`${stem}${n}`)) n++;
  return `${stem}${n}`;
}

/** The operations that give other names than those of mappings, with their places: of many operations a few. */
const namings = new WeakMap<readonly Op[], readonly { readonly at: number; readonly op: Op }[]>();

function namingsOf(ops: readonly Op[]) {
  const known = namings.get(ops);
  if (known) return known;
  const found = ops.flatMap((op, at) => (['load', 'register', 'reserve'].includes(op.op) ? [{ at, op }] : []));
  namings.set(ops, found);
  return found;
}

/** The names that an operation put behind the first `begun` may use; those of later ones are not known yet. */
export function namesAt({ config, ops }: Scenario, begun: number) {
  const done = namingsOf(ops).filter(({ at }) => at < begun);
  const given = <T>(pick: (op: Op) => T | undefined): T[] =>
    done.map(({ op }) => pick(op)).filter((name) => name !== undefined);
  const unique = (...names: readonly string[]): readonly string[] => [...new Set(names)];
  return {
    modules: unique('vmkernel', ...config.modules, ...given((op) => (op.op === 'load' ? op.module : undefined))),
    resources: unique(
      ...config.resources.map(({ name }) => name),
      ...given((op) => (op.op === 'register' ? op.resource : undefined)),
    ),
    reservations: unique(
      ...config.reservations.map(({ name }) => name),
      ...given((op) => (op.op === 'reserve' ? op.as : undefined)),
    ),
  };
}
