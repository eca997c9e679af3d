import { joined } from '../base/stretches';
import { isCanonical, lowVa, PAGE_SIZE } from '../machine/address';
import type { Machine } from '../machine/machine';
import type { AddressRef, Op } from '../machine/op';
import { rangeList } from '../machine/ranges';
import type { OpPlace } from './picture-timeline';
import type { Stretch } from './thing';

const NOWHERE: OpPlace = { pages: [], frames: [], map: -1, va: 0 };

/** Accesses that lie apart from each other are told one by one up to here; of more, all from the first to the last counts as touched. */
const MOST_APART = 64;
const PAGES = 2 ** 36;

/** The pages of the bytes at two addresses and of all between. */
const pagesBetween = (a: number, b: number): Stretch<number> => ({
  start: Math.max(0, Math.floor(Math.min(a, b) / PAGE_SIZE)),
  end: Math.min(PAGES, Math.floor(Math.max(a, b) / PAGE_SIZE) + 1),
});

/** The pages that the accesses [from, to) of a burst touch; `stride` counts bytes. */
export function touchedPages(va: number, stride: bigint, from: number, to: number): readonly Stretch<number>[] {
  const by = Number(BigInt.asIntN(64, stride));
  const at = (n: number): number => va + n * by;
  if (Math.abs(by) <= PAGE_SIZE || to - from > MOST_APART) return [pagesBetween(at(from), at(to - 1))];
  const apart = Array.from({ length: to - from }, (_, i) => pagesBetween(at(from + i), at(from + i)));
  return joined(apart.filter(({ start, end }) => start < end));
}

/** Where each operation of a run that has ended acts. */
export function opPlaces(m: Machine): readonly OpPlace[] {
  /** Each vmk_Map that gave a mapping, with its pages; the newest last. */
  const made: (Stretch<number> & { readonly map: number })[] = [];
  const mapOf = (at: AddressRef, vpn: number): number => {
    const { alias } = m.config;
    const named = 'mapping' in at ? m.definingOp(at.mapping) : undefined;
    // Many can share the addresses of the alias; elsewhere a name may be that of a mapping that had the address before.
    if (named !== undefined && alias && vpn >= alias.vpn && vpn < alias.vpn + alias.pages) return named;
    return made.findLast(({ start, end }) => vpn >= start && vpn < end)?.map ?? -1;
  };
  return m.ops.map((op, index) => {
    const record = m.state.records.get(index);
    if (!record || record.skipped) return NOWHERE;
    if (op.op === 'map') {
      if (record.vpn === undefined) return NOWHERE;
      const pages = { start: record.vpn, end: record.vpn + rangeList(op.ranges).total };
      made.push({ ...pages, map: index });
      return { ...NOWHERE, pages: [pages], map: index };
    }
    return op.op === 'poke' || op.op === 'register' ? inMemory(op) : atAddress(m, op, mapOf, made);
  });
}

function inMemory(op: Extract<Op, { op: 'poke' | 'register' }>): OpPlace {
  if (op.op === 'poke') {
    const entry = Number(op.ma);
    const mpn = Math.floor(entry / PAGE_SIZE);
    return { ...NOWHERE, frames: [{ start: mpn, end: mpn + 1 }], entry };
  }
  const [start, end] = [Number(op.start), Number(op.start + op.length)];
  return { ...NOWHERE, frames: [{ start: Math.floor(start / PAGE_SIZE), end: Math.ceil(end / PAGE_SIZE) }] };
}

function atAddress(
  m: Machine,
  op: Op,
  mapOf: (at: AddressRef, vpn: number) => number,
  made: readonly (Stretch<number> & { readonly map: number })[],
): OpPlace {
  const at = 'at' in op ? op.at : undefined;
  const address = at && m.resolve(at);
  if (address === undefined || !isCanonical(address)) return NOWHERE;
  const va = lowVa(address);
  const vpn = Math.floor(va / PAGE_SIZE);
  const map = mapOf(at!, vpn);
  switch (op.op) {
    case 'unmap':
    case 'change': {
      // Either takes a mapping as a whole, by its start.
      const whole = made.find((one) => one.map === map && one.start * PAGE_SIZE === va);
      return {
        ...NOWHERE,
        pages: [whole ?? { start: vpn, end: vpn + 1 }].map(({ start, end }) => ({ start, end })),
        map,
      };
    }
    case 'access':
      return { pages: touchedPages(va, op.stride, 0, op.count), frames: [], map, va };
    case 'va2ma':
      return { ...NOWHERE, pages: [pagesBetween(va, va + Math.max(0, Number(op.length) - 1))], map };
    default:
      return { ...NOWHERE, pages: [{ start: vpn, end: vpn + 1 }], map };
  }
}
