import * as v from 'valibot';
import { CONTEXTS } from '../machine/vmkapi';
import { address } from './address';
import { byDefault, oneOf, says } from './form';
import { integer } from './form-number';

/** The word of an operation. */
export const word = <const W extends string>(op: W) => v.literal(op);

export const onPcpu = { pcpu: says(byDefault(integer(0, 255), 0), 'Where the operation runs.') };
export const inContext = {
  ...onPcpu,
  context: says(byDefault(oneOf(CONTEXTS), 'world'), 'The context of the call. Only world is allowed.'),
};
export const at = says(address, 'A virtual address, or a mapping made earlier and an offset into it.');
