import * as v from 'valibot';
import { FIXED_ENTRIES, VARIABLE_PAIRS } from '../machine/mtrr';
import { MTRR_TYPES } from '../machine/memory-type';
import { byDefault, either, flag, list, oneOf, says, shape } from './form';
import { integer, integer64 } from './form-number';

export const mtrrType = oneOf(MTRR_TYPES);

const fixed = shape({
  start: says(integer(0, 0xf_ffff), 'First byte, where a fixed entry begins.'),
  end: says(integer(1, 0x10_0000), 'First byte behind, where a fixed entry ends.'),
  type: mtrrType,
});

const sized = shape({
  start: says(integer64(), 'First byte, a multiple of the size.'),
  size: says(integer64(), 'Bytes; a power of two of at least 4096.'),
  type: mtrrType,
});
const raw = shape({
  base: says(integer64(), 'IA32_MTRR_PHYSBASEn as the register holds it.'),
  mask: says(integer64(), 'IA32_MTRR_PHYSMASKn as the register holds it.'),
});
type Variable = v.InferOutput<typeof sized> | v.InferOutput<typeof raw>;

const variable = either<Variable>([sized, raw], (value) =>
  typeof value === 'object' && value !== null && ('base' in value || 'mask' in value) ? raw : sized,
);

/** Memory type range registers as a document writes them. They become registers once MAXPHYADDR is known. */
export const mtrrsForm = shape({
  enabled: says(byDefault(flag(), true), 'IA32_MTRR_DEF_TYPE.E'),
  fixedEnabled: says(byDefault(flag(), true), 'IA32_MTRR_DEF_TYPE.FE'),
  defaultType: says(byDefault(mtrrType, 'WB'), 'The type where no range matches.'),
  fixed: v.optional(
    says(list(fixed, FIXED_ENTRIES), 'Below 1 MiB: the ranges that are not WB. Without it: VGA memory UC, ROM WP.'),
  ),
  variable: v.optional(says(list(variable, VARIABLE_PAIRS), 'Variable ranges. Without it: 3–4 GiB is UC.')),
});
export type MtrrsDoc = v.InferOutput<typeof mtrrsForm>;
