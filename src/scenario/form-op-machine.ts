import * as v from 'valibot';
import { ACCESS_KINDS, PRIVILEGES } from '../machine/access';
import { LIMITS } from '../machine/config';
import { CONTROL_BITS, type ControlName } from '../machine/control-bits';
import { PAT_TYPES } from '../machine/memory-type';
import { INJECTIONS, type Injection } from '../machine/op';
import { byDefault, byWord, flag, oneOf, says, shape, type Form } from './form';
import { limitNames, policyNames } from './form-config';
import { mtrrsForm } from './form-mtrr';
import { text } from './form-name';
import { integer, integer64 } from './form-number';
import { at, noted, onPcpu, word } from './form-op-fields';
import { DOCUMENT_LIMITS } from './limits';

const access = says(
  shape({
    op: word('access'),
    at,
    kind: byDefault(oneOf(ACCESS_KINDS), 'read'),
    privilege: byDefault(oneOf(PRIVILEGES), 'supervisor'),
    ac: says(byDefault(flag(), false), 'EFLAGS.AC'),
    count: says(byDefault(integer(1, DOCUMENT_LIMITS.burst.max), 1), 'How many accesses; more than 1 is a burst.'),
    stride: says(byDefault(integer64(), 4096), 'Bytes from one access of a burst to the next.'),
    value: v.optional(
      says(integer64(), 'The 64-bit word that a write stores. Without it: one that names the operation.'),
    ),
    ...onPcpu,
  }),
  'Reads, writes or executes at a virtual address, once or many times.',
);
const poke = says(
  shape({
    op: word('poke'),
    ma: says(integer64(), 'Machine address, a multiple of 8.'),
    value: integer64(),
    ...onPcpu,
  }),
  'Writes 64 bits at a machine address, for example into an entry.',
);

const pcid = integer(0, 4095);
export const invalidateOp = byWord('how', [
  says(shape({ op: word('invalidate'), how: word('invlpg'), at, ...onPcpu }), 'INVLPG on one PCPU.'),
  says(
    shape({
      op: word('invalidate'),
      how: word('invpcid'),
      type: says(
        integer(0, 3) as Form<0 | 1 | 2 | 3>,
        '0 one address, 1 one PCID without global entries, 2 all with global entries, 3 all without global entries.',
      ),
      pcid: byDefault(pcid, 0),
      at: v.optional(at),
      ...onPcpu,
    }),
    'INVPCID on one PCPU.',
  ),
  says(
    shape({
      op: word('invalidate'),
      how: word('cr3'),
      pcid: byDefault(pcid, 0),
      keep: says(byDefault(flag(), false), 'Bit 63 of the value moved to CR3: nothing is invalidated.'),
      ...onPcpu,
    }),
    'MOV to CR3 on one PCPU.',
  ),
  says(
    shape({ op: word('invalidate'), how: word('pge'), ...onPcpu }),
    'CR4.PGE off and on again on one PCPU: everything goes.',
  ),
]);

export const setOp = byWord('what', [
  says(
    shape({
      op: word('set'),
      what: word('control'),
      name: oneOf(Object.keys(CONTROL_BITS) as ControlName[]),
      value: flag(),
      ...onPcpu,
    }),
    'Sets a control-register bit on every PCPU.',
  ),
  says(
    shape({ op: word('set'), what: word('pat'), slot: integer(0, 7), type: oneOf(PAT_TYPES), ...onPcpu }),
    'Sets a slot of IA32_PAT on every PCPU.',
  ),
  says(
    shape({ op: word('set'), what: word('mtrrs'), mtrrs: mtrrsForm, ...onPcpu }),
    'Sets the memory type range registers.',
  ),
  says(
    shape({ op: word('set'), what: word('policy'), name: oneOf(policyNames), value: text(64), ...onPcpu }),
    'Sets a policy.',
  ),
  says(
    shape({
      op: word('set'),
      what: word('limit'),
      name: oneOf(limitNames),
      value: integer(0, Math.max(...limitNames.map((limit) => LIMITS[limit].max))),
      ...onPcpu,
    }),
    'Sets a number of a policy.',
  ),
]);

/** What the processors do without a call. */
export const machineOps = [
  access,
  poke,
  says(
    shape({ op: word('mask'), masked: says(byDefault(flag(), true), 'Interrupts off, or on again.'), ...onPcpu }),
    'Turns interrupts at a PCPU off or on.',
  ),
  says(
    shape({
      op: word('fault'),
      what: says(
        oneOf(Object.keys(INJECTIONS) as Injection[]),
        Object.entries(INJECTIONS)
          .map(([what, text]) => `${what}: ${text}.`)
          .join(' '),
      ),
      times: byDefault(integer(1, 1_000_000), 1),
      cycles: says(byDefault(integer(0, 1e12), 0), 'How much a delay adds.'),
      ...onPcpu,
    }),
    'Makes something go wrong, from here on, as many times as given.',
  ),
  says(shape({ op: word('sync'), ...noted }), 'Waits until every PCPU is idle and no message is on its way.'),
  says(shape({ op: word('flush'), ...onPcpu }), 'Flushes what the lazy policy holds back.'),
] as const;
