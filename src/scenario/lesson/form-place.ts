import * as v from 'valibot';
import { err, ok, type Result } from '../../base/result';
import type { Level } from '../../machine/address';
import { HAZARD_RULES, type HazardRule } from '../../machine/hazards';
import { address } from '../address';
import { byDefault, either, leaf, oneOf, says, shape, type Form } from '../form';
import { isName } from '../form-name';
import { integer, integerJson, readInteger } from '../form-number';
import { DOCUMENT_LIMITS } from '../limits';

/** An operation by its place in the scenario, from 0, or a vmk_Map by the name of its mapping. */
export type OpRef = number | string;

const LAST_OP = DOCUMENT_LIMITS.ops.max - 1;
const opRef: Form<OpRef> = leaf(
  { anyOf: [{ type: 'string' }, { type: 'integer', minimum: 0, maximum: LAST_OP }] },
  (value): Result<OpRef> => {
    if (typeof value === 'string' && isName(value)) return ok(value);
    const index = readInteger(value, 0, LAST_OP);
    return index.ok
      ? index
      : err('must be the place of an operation in the scenario, from 0, or the name of a mapping, for its vmk_Map');
  },
);
export const op = says(opRef, 'An operation by its place in the scenario, from 0; or a map operation by its name.');

export const level: Form<Level> = leaf(integerJson(1, 4), (value) => {
  const read = readInteger(value, 1, 4);
  return read.ok ? ok(read.value as Level) : err('must be a level: 4 PML4, 3 PDPT, 2 PD, 1 PT');
});
export const pcpu = integer(0, 255);
export const rule = oneOf(Object.keys(HAZARD_RULES) as HazardRule[]);
export const someAddress = says(address, 'A virtual address, or a mapping and an offset into it.');

const whole = oneOf(['start', 'end']);
const inOp = shape({
  op,
  when: says(byDefault(oneOf(['start', 'end']), 'end'), 'Just before it begins, or when it has ended.'),
  step: v.optional(says(integer(1, 2 ** 31), 'Behind so many of its steps, instead of at its end.')),
});
const atStep = shape({ step: says(integer(0, 2 ** 31), 'Behind so many steps from the start.') });

export type At =
  | 'start'
  | 'end'
  | { readonly op: OpRef; readonly when: 'start' | 'end'; readonly step?: number | undefined }
  | { readonly step: number };

/** A moment of the scenario. */
export const at: Form<At> = either<At>([whole, inOp, atStep], (value) => {
  if (typeof value !== 'object' || value === null) return whole;
  return Object.hasOwn(value, 'op') || !Object.hasOwn(value, 'step') ? inOp : atStep;
});

/** What a move selects. The walk shown is that of `address`; marked is the narrowest thing that the other fields name. */
export const select = shape({
  address: v.optional(someAddress),
  level: v.optional(says(level, 'With an address: the entry at this level of its walk.')),
  pcpu: v.optional(says(pcpu, 'A PCPU; with an address, its TLB entry for it.')),
  op: v.optional(op),
  frame: v.optional(says(integer(0, 2 ** 40 - 1), 'A machine frame, by its MPN.')),
  hazard: v.optional(says(rule, 'A hazard, by its rule.')),
});
export type Select = v.InferOutput<typeof select>;
