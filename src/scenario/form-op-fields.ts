import * as v from 'valibot';
import { CONTEXTS } from '../machine/vmkapi';
import { address } from './address';
import { byDefault, oneOf, says } from './form';
import { text } from './form-name';
import { integer } from './form-number';
import { DOCUMENT_LIMITS } from './limits';

/** The word of an operation. */
export const word = <const W extends string>(op: W) => v.literal(op, `must be ${op}`);

export const noted = {
  note: v.optional(says(text(DOCUMENT_LIMITS.note.max), 'For readers: a comment on the operation.')),
};
export const onPcpu = { pcpu: says(byDefault(integer(0, 255), 0), 'Where the operation runs.'), ...noted };
export const inContext = {
  ...onPcpu,
  context: says(byDefault(oneOf(CONTEXTS), 'world'), 'The context of the call. Only world is allowed.'),
};
export const at = says(address, 'A virtual address, or a mapping made earlier and an offset into it.');
