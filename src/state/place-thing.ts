import { unreachable } from '../base/assert';
import type { ByteReader, ByteWriter } from '../base/bytes';
import type { Thing } from '../engine/thing';
import { LEVELS, TABLE_ENTRIES, type PageLevel } from '../machine/address';
import type { TlbName } from '../machine/tlb';
import { below, oneOf } from './place-values';

/** Published links hold places in these lists: names are added at the end. */
const KINDS: readonly Thing['kind'][] = [
  ...(['va', 'entry', 'table', 'frame', 'tlb', 'mapping', 'op', 'step', 'message', 'pcpu', 'hazard'] as const),
];
const TLBS: readonly TlbName[] = ['l1d4k', 'l1d2m', 'l1d1g', 'l1i', 'l2'];

const PAGE_LEVELS: readonly PageLevel[] = [1, 2, 3];
const FRAMES = 2 ** 40;
const PCPUS = 256;
/** Sets and ways of a TLB. */
const CACHE = 4096;

type Place = { readonly va: bigint };
const VA_MASK = 0xffff_ffff_ffff_ffffn;

/** Most things lie at the selected address, so that theirs is written as the difference to it. */
export function writeThing(to: ByteWriter, thing: Thing, place: Place): void {
  to.number(KINDS.indexOf(thing.kind));
  const address = (va: bigint): void => to.signed(BigInt.asIntN(64, va - place.va));
  const numbers = (...values: readonly number[]): void => values.forEach((value) => to.number(value));
  switch (thing.kind) {
    case 'va':
      address(thing.va);
      return to.number(thing.level ?? 0);
    case 'entry':
      address(thing.va);
      return numbers(thing.level, thing.tableMPN, thing.index);
    case 'table':
      address(thing.va);
      return numbers(thing.level, thing.mpn);
    case 'frame':
      return numbers(thing.mpn, thing.count);
    case 'tlb':
      address(thing.va);
      return numbers(thing.pcpu, TLBS.indexOf(thing.tlb), thing.set, thing.way, thing.level, thing.mpn, thing.born);
    case 'mapping':
    case 'pcpu':
      return to.number(thing.id);
    case 'step':
      return to.number(thing.step);
    case 'op':
    case 'message':
    case 'hazard':
      return to.number(thing.index);
    default:
      return unreachable(thing);
  }
}

/** Undefined for what is no thing. */
export function readThing(from: ByteReader, place: Place): Thing | undefined {
  const kind = KINDS[from.number()];
  const address = (): bigint => (place.va + from.signed()) & VA_MASK;
  const number = (bound = Infinity): number | undefined => below(from.number(), bound);
  const level = () => oneOf(LEVELS, from.number());
  const pageLevel = () => oneOf(PAGE_LEVELS, from.number());
  switch (kind) {
    case 'va': {
      const [va, size] = [address(), pageLevel()];
      return { kind, va, ...(size && { level: size }) };
    }
    case 'entry':
      return whole({ kind, va: address(), level: level(), tableMPN: number(FRAMES), index: number(TABLE_ENTRIES) });
    case 'table':
      return whole({ kind, va: address(), level: level(), mpn: number(FRAMES) });
    case 'frame':
      return whole({ kind, mpn: number(FRAMES), count: number(FRAMES + 1) || undefined });
    case 'tlb': {
      const [va, pcpu, tlb] = [address(), number(PCPUS), TLBS[from.number()]];
      const [set, way] = [number(CACHE), number(CACHE)];
      return whole({ kind, pcpu, tlb, set, way, va, level: pageLevel(), mpn: number(FRAMES), born: number() });
    }
    case 'mapping':
      return whole({ kind, id: number() });
    case 'pcpu':
      return whole({ kind, id: number(PCPUS) });
    case 'step':
      return whole({ kind, step: number() });
    case 'op':
    case 'message':
    case 'hazard':
      return whole({ kind, index: number() });
    default:
      return undefined; // No thing, or one of later.
  }
}

/** The thing, if nothing of it is missing. */
const whole = (fields: { readonly [F in string]: unknown }): Thing | undefined =>
  Object.values(fields).includes(undefined) ? undefined : (fields as unknown as Thing);
