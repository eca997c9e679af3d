import { needsMapping, type MapOp, type Op } from '../../machine/op';
import type { Scenario } from '../parse';
import { Identifiers } from './identifiers';

/** More than these are one comment instead of a page of assignments. */
const MOST_RANGES = 4096;
/** And this many in all, so that reading the text again stays far below the steps that a source may take. */
const MOST_IN_ALL = 50_000;

interface MappingVariable {
  readonly name: string;
  /** Holds the status of its vmk_Map, if anything asks for it. */
  readonly status: string | undefined;
}

/** What a printed function declares, and which operations it writes as calls. */
export interface Plan {
  readonly calls: ReadonlySet<Op>;
  /** By the names of the mappings. */
  readonly variables: ReadonlyMap<string, MappingVariable>;
  /** Parameters of these names. */
  readonly modules: ReadonlySet<string>;
  readonly reservations: ReadonlySet<string>;
  /** Ranges of the longest request; 0 without any request. */
  readonly longest: number;
  readonly loops: boolean;
  readonly asksMa: boolean;
}

const rangesOf = ({ ranges }: MapOp): number => ranges.reduce((sum, { count = 1 }) => sum + count, 0);

function printedMaps(ops: readonly Op[]): MapOp[] {
  let left = MOST_IN_ALL;
  return ops.filter((op): op is MapOp => {
    const ranges = op.op === 'map' ? rangesOf(op) : Infinity;
    const printed = ranges <= Math.min(left, MOST_RANGES);
    if (printed) left -= ranges;
    return printed;
  });
}

export function planOf({ config, ops }: Scenario): Plan {
  const identifiers = new Identifiers();
  const maps = printedMaps(ops);
  const known = new Set<string | number>(['vmkernel', ...config.modules]);
  const taken = (names: Iterable<string | number | undefined>): Set<string> =>
    new Set(
      Array.from(new Set(names)).filter((name) => typeof name === 'string' && identifiers.takes(name)),
    ) as Set<string>;
  const modules = taken(maps.map(({ module }) => module).filter((name) => known.has(name)));
  const reservations = taken(maps.map(({ reservation }) => reservation));
  const names = new Map(maps.map(({ as }) => [as, identifiers.near(as)]));
  const calls = new Set<Op>([...maps, ...ops.filter((op) => isCall(op, names))]);
  const asked = new Set(Array.from(calls, needsMapping));
  const variables = new Map(
    Array.from(names, ([as, name]) => [
      as,
      { name, status: asked.has(as) ? identifiers.near(`${name}Status`) : undefined },
    ]),
  );
  return {
    calls,
    variables,
    modules,
    reservations,
    longest: maps.length === 0 ? 0 : maps.reduce((most, map) => Math.max(most, rangesOf(map)), 1),
    loops: maps.some(({ ranges }) => ranges.some(({ count = 1 }) => count > 1)),
    asksMa: ops.some((op) => op.op === 'va2ma' && calls.has(op)),
  };
}

/** Whether vmkapi has a call for it, on a mapping that a variable holds or on an address. */
function isCall(op: Op, names: ReadonlyMap<string, string>): boolean {
  if (op.op !== 'unmap' && op.op !== 'change' && op.op !== 'va2ma') return false;
  const mapping = needsMapping(op);
  return mapping === undefined || names.has(mapping);
}
