import * as v from 'valibot';
import { err, ok } from '../base/result';
import { DEFAULT_MODULES, LIMITS, POLICIES, type LimitName, type Policies, type PolicyName } from '../machine/config';
import { POLICY_TEXT } from '../machine/policy-text';
import { COST_PROFILES, type CostProfileName } from '../machine/cost';
import { REGION_KINDS } from '../machine/regions';
import { byDefault, either, flag, leaf, list, oneOf, says, shape, type Form } from './form';
import { imageForm } from './form-image';
import { mtrrsForm } from './form-mtrr';
import { moduleName, name, text } from './form-name';
import { integer, integerJson, readInteger64 } from './form-number';
import { control, pat, tlb } from './form-registers';
import { ioAttrs } from './form-vmkapi';
import { DOCUMENT_LIMITS } from './limits';

/** Frames below the largest MAXPHYADDR, and pages of the lower canonical half. */
const FRAMES = 2 ** 40;
export const LOWER_HALF_PAGES = 2 ** 35;

const frames = { startMPN: integer(0, FRAMES - 1), pages: integer(1, FRAMES) };

const region = shape({
  kind: oneOf(REGION_KINDS),
  name: v.optional(says(text(DOCUMENT_LIMITS.name.max), 'Shown in pictures; without it, the kind.')),
  ...frames,
});

const resource = shape({
  name: name(),
  start: says(integer(0, 2 ** 52 - 1), 'First byte, a machine address.'),
  length: says(integer(1, 2 ** 52), 'Bytes.'),
  attrs: byDefault(ioAttrs, []),
});

const reservation = shape({ name: name(), module: moduleName, resource: name() });

const pageAddress = leaf(integerJson(0, LOWER_HALF_PAGES * 4096 - 4096), (value) => {
  const va = readInteger64(value);
  const right = va.ok && va.value > 0n && va.value < 2n ** 47n && va.value % 4096n === 0n;
  return right
    ? ok(Number(va.value / 4096n))
    : err('must be a multiple of 4096 between 0 and 0x8000_0000_0000, the lower canonical half, and not 0');
});
const span = shape({
  va: v.optional(says(pageAddress, 'First byte, page aligned, in the lower canonical half.')),
  pages: v.optional(integer(1, LOWER_HALF_PAGES)),
});
const aliasSwitch = flag();
const alias = either<boolean | v.InferOutput<typeof span>>([aliasSwitch, span], (value) =>
  typeof value === 'object' ? span : aliasSwitch,
);

const policies = shape({
  ...Object.fromEntries(
    Object.entries(POLICIES).map(([name, values]) => [
      name,
      says(byDefault(oneOf(values), values[0]), POLICY_TEXT[name as PolicyName | LimitName]),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(LIMITS).map(([name, { value, max }]) => [
      name,
      says(byDefault(integer(0, max), value), POLICY_TEXT[name as PolicyName | LimitName]),
    ]),
  ),
}) as unknown as Form<Policies>;

export const policyNames = Object.keys(POLICIES) as PolicyName[];
export const limitNames = Object.keys(LIMITS) as LimitName[];

/** The machine. Every part may be left out; what depends on another part is filled in when all are read. */
export const configForm = shape({
  pcpus: says(byDefault(integer(1, 256), 4), 'Number of PCPUs.'),
  maxPhyAddr: says(byDefault(integer(36, 52), 46), 'MAXPHYADDR, bits of a machine address.'),
  regions: v.optional(
    says(
      list(region, DOCUMENT_LIMITS.regions.max),
      'The memory map. Between regions nothing answers. Without it: 1 GiB of RAM, a ROM, four devices.',
    ),
  ),
  tablePool: v.optional(
    says(shape(frames), 'The RAM for paging structures. Without it: 1/64 of all RAM, in the largest region.'),
  ),
  resources: v.optional(
    says(
      list(resource, DOCUMENT_LIMITS.resources.max),
      'IO resources. Without it: one for each device of the default memory map.',
    ),
  ),
  reservations: says(
    byDefault(list(reservation, DOCUMENT_LIMITS.reservations.max), []),
    'IO reservations held from the start.',
  ),
  modules: says(
    byDefault(list(moduleName, DOCUMENT_LIMITS.modules.max - 1), DEFAULT_MODULES),
    'Loaded modules; their ids count from 1. Module 0, vmkernel, is always there and not listed.',
  ),
  control: says(byDefault(control, {}), 'Control-register bits, alike on every PCPU.'),
  pat: says(byDefault(pat, 'linux'), 'IA32_PAT.'),
  mtrrs: v.optional(says(mtrrsForm, 'Memory type range registers.')),
  tlb: says(
    byDefault(tlb, 'full'),
    'Sizes of the TLBs of each PCPU: a preset, or single TLBs instead of those of "full".',
  ),
  structureCaches: says(byDefault(flag(), true), 'Paging-structure caches.'),
  window: says(byDefault(span, {}), 'Where vmk_Map finds virtual addresses.'),
  alias: says(byDefault(alias, true), 'The read-only linear alias of RAM, or false for none.'),
  image: v.optional(
    says(
      imageForm,
      'The tables that are there at the start, such as those of another machine. Then alias must be false.',
    ),
  ),
  policies: says(byDefault(policies, {}), 'Choices where the interface is silent.'),
  costs: says(byDefault(oneOf(Object.keys(COST_PROFILES) as CostProfileName[]), 'haswell'), 'The cost profile.'),
});
export type ConfigDoc = v.InferOutput<typeof configForm>;
