import * as v from 'valibot';
import { err, ok } from '../base/result';
import { TLB_PRESETS } from '../machine/config';
import { CONTROL_BITS, DEFAULT_CONTROL, type ControlBits, type ControlName } from '../machine/control-bits';
import { CONTROL_TEXT } from '../machine/control-text';
import { decodePat, PAT_POWER_ON, PAT_TYPES, PAT_WITH_WC, type Pat } from '../machine/memory-type';
import { TLB_NAMES } from '../machine/tlb';
import { byDefault, either, flag, leaf, list, oneOf, says, shape, type Form } from './form';
import { integer, integerJson, readInteger64 } from './form-number';

/** The control-register bits by their names in the manual. */
export const control = v.pipe(
  shape(
    Object.fromEntries(
      Object.entries(CONTROL_BITS).map(([name, field]) => [
        name,
        says(byDefault(flag(), DEFAULT_CONTROL[field]), CONTROL_TEXT[name as ControlName]),
      ]),
    ),
  ),
  v.transform((bits) => {
    const fields = Object.entries(CONTROL_BITS).map(([name, field]) => [field, bits[name as ControlName]]);
    return Object.fromEntries(fields) as ControlBits;
  }),
);

const PATS = { linux: PAT_WITH_WC, 'power-on': PAT_POWER_ON } as const;
const patNames = Object.keys(PATS) as (keyof typeof PATS)[];
const patSlots: Form<Pat> = list(oneOf(PAT_TYPES), 8, 8);
const patValue: Form<Pat> = leaf(
  { anyOf: [{ enum: patNames }, ...(integerJson(0, Number.MAX_SAFE_INTEGER)['anyOf'] as unknown[])] },
  (value) => {
    const preset = patNames.find((name) => name === value);
    const raw = preset ? ok(PATS[preset]) : readInteger64(value);
    if (!raw.ok) return err(`must be ${patNames.join(', ')}, a list of 8 types or the 64-bit value of IA32_PAT`);
    const pat = decodePat(raw.value);
    return pat.ok ? pat : err(`must be a value that IA32_PAT takes: ${pat.error}`);
  },
);
/** IA32_PAT. */
export const pat = either<Pat>([patSlots, patValue], (value) => (Array.isArray(value) ? patSlots : patValue));

const geometry = shape({ entries: integer(1, 4096 * 64), ways: integer(1, 64) });
const tlbPreset = oneOf(Object.keys(TLB_PRESETS) as (keyof typeof TLB_PRESETS)[]);
const tlbSizes = shape(
  Object.fromEntries(TLB_NAMES.map((name) => [name, v.optional(geometry)])) as Record<
    (typeof TLB_NAMES)[number],
    v.OptionalSchema<typeof geometry, undefined>
  >,
);
/** TLB sizes. */
export const tlb = either<v.InferOutput<typeof tlbPreset> | v.InferOutput<typeof tlbSizes>>(
  [tlbPreset, tlbSizes],
  (value) => (typeof value === 'object' ? tlbSizes : tlbPreset),
);
