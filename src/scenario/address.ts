import { hex } from '../base/number';
import { err, ok, type Result } from '../base/result';
import type { AddressRef } from '../machine/op';
import { byDefault, either, leaf, shape, type Form } from './form';
import { isName, name } from './form-name';
import { integer64, integerJson, readInteger64 } from './form-number';

/** `m1` or `m1+0x10`: a mapping, and how far behind its start. */
const RELATIVE = /^\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*(?:\+(.*))?$/s;
const RULE =
  'must be a virtual address ("0x4400_0000_0000"), a mapping ("m1", "m1+0x10"), {"mapping": …, "offset": …} or {"va": …}';

function readText(text: string): Result<AddressRef> {
  const [, mapping, offset] = RELATIVE.exec(text) ?? [];
  if (mapping === undefined) {
    const va = readInteger64(text);
    return va.ok ? ok({ va: va.value }) : err(RULE);
  }
  if (!isName(mapping)) return err(RULE);
  const behind = readInteger64(offset ?? 0);
  return behind.ok ? ok({ mapping, offset: behind.value }) : err(`${RULE}; the offset ${behind.error}`);
}

const short: Form<AddressRef> = leaf(
  { anyOf: [{ type: 'string' }, (integerJson(0, Number.MAX_SAFE_INTEGER)['anyOf'] as unknown[])[0]] },
  (value) => {
    if (typeof value === 'string') return readText(value);
    const va = readInteger64(value);
    return va.ok ? ok({ va: va.value }) : err(typeof value === 'number' ? va.error : RULE);
  },
);
const relative: Form<AddressRef> = shape({ mapping: name(), offset: byDefault(integer64(), 0) });
const absolute: Form<AddressRef> = shape({ va: integer64() });

/** Where an operation acts. */
export const address: Form<AddressRef> = either([short, relative, absolute], (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return short;
  return Object.hasOwn(value, 'va') ? absolute : relative;
});

export function printAddress(at: AddressRef): string {
  if ('va' in at) return hex(at.va);
  return at.offset === 0n ? at.mapping : `${at.mapping}+${hex(at.offset)}`;
}
