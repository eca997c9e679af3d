import { hex } from '../../base/number';
import { MAP_ATTRS } from '../../machine/vmkapi';
import { unzigzag, zigzag } from '../../base/bytes';
import { integerOf } from './value';
import type { Field, LinkReader, LinkWriter } from './stream';

/** A whole number, however the document writes it. */
export const integer: Field = {
  write: (to, value) => to.big(BigInt(value as number | string)),
  read: (from) => integerOf(from.big()),
};

const difference = (value: bigint, from: bigint): bigint => zigzag(BigInt.asIntN(64, value - from));
const undiffer = (value: bigint, from: bigint): bigint => BigInt.asUintN(64, from + unzigzag(value));

const RELATIVE = /^([A-Za-z_][^+]*)(?:\+(.*))?$/;
const PAGE = 4096n;

/**
 * An address. The lowest bit tells an absolute one, as the difference to the one before, from a mapping, counted back from the newest,
 * with another bit for an offset. The lowest bit of an offset tells pages from bytes.
 */
export const at: Field = {
  write(to, value) {
    const { said } = to;
    const [, mapping, offset] = RELATIVE.exec(String(value)) ?? [];
    if (mapping === undefined) {
      const va = BigInt(value as string);
      to.big((difference(va, said.va) << 1n) | 1n);
      said.va = va;
      return;
    }
    const back = said.mappings.length - 1 - said.mappings.lastIndexOf(mapping);
    to.number(back * 4 + (offset === undefined ? 0 : 2));
    if (offset !== undefined) writeOffset(to, BigInt(offset));
  },
  read(from) {
    const { said } = from;
    const first = from.big();
    if (first & 1n) {
      said.va = undiffer(first >> 1n, said.va);
      return hex(said.va);
    }
    const mapping = said.mappings.at(-1 - Number(first >> 2n));
    if (mapping === undefined) from.fail('damaged');
    return first & 2n ? `${mapping}+${hex(readOffset(from))}` : mapping;
  },
};

const writeOffset = (to: LinkWriter, offset: bigint): void =>
  to.big(offset % PAGE === 0n ? (offset / PAGE) << 1n : (offset << 1n) | 1n);

function readOffset(from: LinkReader): bigint {
  const offset = from.big();
  return offset & 1n ? offset >> 1n : (offset >> 1n) * PAGE;
}

const WORD_BYTES = 8n;

/** A machine address that is a multiple of 8. */
export const ma: Field = {
  write(to, value) {
    const address = BigInt(value as string);
    to.big(difference(address / WORD_BYTES, to.said.ma));
    to.said.ma = address / WORD_BYTES;
  },
  read(from) {
    from.said.ma = undiffer(from.big(), from.said.ma);
    return hex(from.said.ma * WORD_BYTES);
  },
};

/** vmk_MapAttrs: a list of names or a number. */
export const attrs: Field = {
  write(to, value) {
    to.big(
      Array.isArray(value) ? value.reduce((bits: bigint, name) => bits | bitOf(name), 0n) : BigInt(value as string),
    );
  },
  read: (from) => integerOf(from.big()),
};

const bitOf = (name: unknown): bigint => {
  const attr = MAP_ATTRS.find((one) => one.name === name);
  return attr ? 1n << BigInt(attr.bit) : 0n;
};

interface RangeDoc {
  readonly startMPN: number | string;
  readonly numPages: number;
  readonly count?: number;
  readonly stride?: number | string;
}

/** Ranges, each by the difference of its start to the end of the one before. */
export const ranges: Field = {
  write(to, value) {
    const list = value as readonly RangeDoc[];
    to.number(list.length);
    for (const range of list) writeRange(to, range);
  },
  read: (from) => Array.from({ length: from.count() }, () => readRange(from)),
};

function writeRange(to: LinkWriter, { startMPN, numPages, count, stride }: RangeDoc): void {
  const start = BigInt(startMPN);
  to.number(numPages * 2 + (count === undefined ? 0 : 1));
  to.big(difference(start, to.said.mpn));
  to.said.mpn = start + BigInt(numPages);
  if (count === undefined) return;
  to.number(count * 2 + (stride === undefined ? 0 : 1));
  if (stride !== undefined) to.big(BigInt(stride));
}

function readRange(from: LinkReader): RangeDoc {
  const first = from.number();
  const numPages = Math.floor(first / 2);
  const start = undiffer(from.big(), from.said.mpn);
  from.said.mpn = start + BigInt(numPages);
  const range = { startMPN: integerOf(start), numPages };
  if (first % 2 === 0) return range;
  const second = from.number();
  const count = Math.floor(second / 2);
  return second % 2 === 0 ? { ...range, count } : { ...range, count, stride: integerOf(from.big()) };
}
