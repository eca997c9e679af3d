import * as v from 'valibot';
import { byDefault, says, shape } from './form';
import { moduleName, moduleRef, name } from './form-name';
import { integer64 } from './form-number';
import { at, inContext, onPcpu, word } from './form-op-fields';
import { ioAttrs, mapAttrs, mapType, ranges } from './form-vmkapi';

const map = says(
  shape({
    op: word('map'),
    as: v.optional(
      says(name(), 'Names the mapping for later operations. Without it: m1, m2, … by the order of map operations.'),
    ),
    module: says(moduleRef, 'Whose mapping it is: a name, or a raw vmk_ModuleID.'),
    mapType: says(byDefault(mapType, 'DEFAULT'), 'vmk_MapRequestType, by name or as a number.'),
    attrs: says(byDefault(mapAttrs, []), 'vmk_MapAttrs: names, or a number. Nothing means READONLY.'),
    ranges: says(ranges, 'vmk_MpnRange, in the order of virtual addresses.'),
    reservation: v.optional(v.nullable(says(name(), 'An IO reservation. Without it, or null: NULL.'))),
    ...inContext,
  }),
  'vmk_Map: makes a mapping.',
);
const unmap = says(shape({ op: word('unmap'), at, ...inContext }), 'vmk_Unmap: drops a mapping.');
const change = says(
  shape({ op: word('change'), at, attrs: says(mapAttrs, 'The new vmk_MapAttrs.'), ...inContext }),
  'vmk_MapChangeAttributes: gives a mapping other attributes.',
);

/** Calls of vmkapi. */
export const vmkapiOps = [
  map,
  unmap,
  change,
  says(shape({ op: word('load'), module: moduleName, ...onPcpu }), 'Loads a module.'),
  says(shape({ op: word('unload'), module: moduleRef, ...onPcpu }), 'Unloads a module.'),
  says(
    shape({
      op: word('register'),
      resource: says(name(), 'Names the IO resource for later operations.'),
      start: says(integer64(), 'First byte, a machine address.'),
      length: says(integer64(), 'Bytes.'),
      attrs: byDefault(ioAttrs, []),
      ...onPcpu,
    }),
    'vmk_IOResourceRegister.',
  ),
  says(
    shape({
      op: word('reserve'),
      as: says(name(), 'Names the reservation for later operations.'),
      module: moduleRef,
      resource: name(),
      ...onPcpu,
    }),
    'vmk_IOResourceReserve.',
  ),
  says(shape({ op: word('release'), reservation: name(), ...onPcpu }), 'vmk_IOResourceRelease.'),
  says(
    shape({ op: word('va2ma'), at, length: says(byDefault(integer64(), 4096), 'Bytes.'), ...onPcpu }),
    'vmk_VA2MA: the machine address behind a virtual one.',
  ),
] as const;
