import * as v from 'valibot';
import { err, ok } from '../base/result';
import type { RangeSpec } from '../machine/op';
import { IO_ATTRS, MAP_ATTRS, MAP_TYPES, MAX_UINT32, type IoAttrName, type MapTypeName } from '../machine/vmkapi';
import { byDefault, either, leaf, list, oneOf, says, shape, withShortcut, type Form } from './form';
import { integer, integer64, integerJson, readInteger, readInteger64 } from './form-number';
import { DOCUMENT_LIMITS } from './limits';
import { suggestion } from './nearest';

/** The header's constants, by name or as raw numbers: a wrong number is for the machine to refuse. */
const typeNames = Object.keys(MAP_TYPES) as MapTypeName[];

export const mapType: Form<number> = leaf(
  { anyOf: [{ enum: typeNames }, ...(integerJson(0, MAX_UINT32)['anyOf'] as unknown[])] },
  (value) => {
    const known = typeNames.find((name) => name === value);
    if (known) return ok(MAP_TYPES[known]);
    const raw = readInteger(value, 0, MAX_UINT32);
    return raw.ok ? raw : err(`must be ${typeNames.join(', ')} or a number of 32 bits${suggestion(value, typeNames)}`);
  },
);

const attrBits: Readonly<Record<string, bigint>> = {
  READONLY: 0n,
  ...Object.fromEntries(MAP_ATTRS.map(({ name, bit }) => [name, 1n << BigInt(bit)])),
};
export const ATTR_NAMES = Object.keys(attrBits);

const attrNames: Form<bigint> = v.pipe(
  list(oneOf(ATTR_NAMES), 64),
  v.transform((names) => names.reduce((bits, name) => bits | attrBits[name], 0n)),
);
const attrNumber: Form<bigint> = leaf(integerJson(0, Number.MAX_SAFE_INTEGER), (value) => {
  const raw = readInteger64(value);
  return raw.ok ? raw : err(`must be a list of names (${ATTR_NAMES.join(', ')}) or a number of 64 bits`);
});
/** vmk_MapAttrs. */
export const mapAttrs: Form<bigint> = either([attrNames, attrNumber], (value) =>
  Array.isArray(value) ? attrNames : attrNumber,
);

export const ioAttrs: Form<IoAttrName[]> = list(oneOf(Object.keys(IO_ATTRS) as IoAttrName[]), 3);

const COUNT_MAX = DOCUMENT_LIMITS.rangesPerRequest.max;

const rangeForm = shape({
  startMPN: says(integer64(), 'Number of the first machine page.'),
  numPages: says(integer(0, MAX_UINT32), 'How many pages; vmk_uint32.'),
  count: says(byDefault(integer(1, COUNT_MAX), 1), 'Stands for this many ranges, one behind the other.'),
  stride: v.optional(says(integer64(), 'MPNs from the start of one to the next; without it, numPages.')),
});

/** A single range carries neither count nor stride, so that equal ranges are equal values. */
const range: Form<RangeSpec> = v.pipe(
  rangeForm,
  v.transform(({ startMPN, numPages, count, stride }) =>
    count === 1 ? { startMPN, numPages } : { startMPN, numPages, count, stride: stride ?? BigInt(numPages) },
  ),
);

/** Reads `{startMPN, numPages}`, of which there may be a million. */
function plainRange(value: unknown): RangeSpec | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key in value) if (key !== 'startMPN' && key !== 'numPages') return undefined;
  const { startMPN, numPages } = value as Record<string, unknown>;
  const start = readInteger64(startMPN);
  const pages = readInteger(numPages, 0, MAX_UINT32);
  return start.ok && pages.ok ? { startMPN: start.value, numPages: pages.value } : undefined;
}

export const ranges: Form<RangeSpec[]> = list(withShortcut(range, plainRange), COUNT_MAX);
