import { at, attrs, integer, ma, ranges } from './fields';
import type { Field } from './stream';
import { json } from './value';

/** An operation of one kind: the words that say which, the fields that it always has, and those that it has unless they are as usual. */
export interface Shape {
  readonly words: Readonly<Record<string, string>>;
  readonly always: readonly NamedField[];
  readonly maybe: readonly NamedField[];
}
export type NamedField = readonly [name: string, field: Field];

/** Fields that are not written as any JSON value is. */
const FIELDS: Readonly<Record<string, Field>> = {
  ...{ at, ma, ranges, attrs },
  ...{ pcpu: integer, count: integer, stride: integer, pcid: integer, times: integer, cycles: integer },
  ...{ start: integer, length: integer, type: integer },
};

const named = (names: string, other: Readonly<Record<string, Field>> = {}): readonly NamedField[] =>
  names
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => [name, other[name] ?? FIELDS[name] ?? json]);

const shape = (
  words: Readonly<Record<string, string>>,
  always: string,
  maybe: string,
  other?: Readonly<Record<string, Field>>,
): Shape => ({ words, always: named(always, other), maybe: named(maybe, other) });

const access = (words: object): Shape =>
  shape({ op: 'access', ...words }, 'at', 'pcpu count stride privilege ac value note', { value: integer });

/**
 * Published links hold places in this list and in the lists of fields that may be absent: a kind is added at the end, a field at the end
 * of its `maybe`. What is missing here is written as JSON, which is longer and works as well. Of `maybe` the first two cost nothing.
 */
export const SHAPES: readonly Shape[] = [
  access({}),
  access({ kind: 'write' }),
  access({ kind: 'execute' }),
  shape({ op: 'sync' }, '', 'note'),
  shape({ op: 'map' }, 'module ranges', 'attrs as pcpu mapType context reservation note'),
  shape({ op: 'unmap' }, 'at', 'pcpu context note'),
  shape({ op: 'change' }, 'at attrs', 'pcpu context note'),
  shape({ op: 'poke' }, 'ma value', 'pcpu note', { value: integer }),
  shape({ op: 'invalidate', how: 'invlpg' }, 'at', 'pcpu note'),
  shape({ op: 'invalidate', how: 'invpcid' }, 'type', 'pcpu at pcid note'),
  shape({ op: 'invalidate', how: 'cr3' }, '', 'pcpu pcid keep note'),
  shape({ op: 'invalidate', how: 'pge' }, '', 'pcpu note'),
  shape({ op: 'set', what: 'control' }, 'name value', 'pcpu note'),
  shape({ op: 'set', what: 'pat' }, 'slot type', 'pcpu note', { type: json }),
  shape({ op: 'set', what: 'mtrrs' }, 'mtrrs', 'pcpu note'),
  shape({ op: 'set', what: 'policy' }, 'name value', 'pcpu note'),
  shape({ op: 'set', what: 'limit' }, 'name value', 'pcpu note'),
  shape({ op: 'mask' }, '', 'pcpu masked note'),
  shape({ op: 'fault' }, 'what', 'pcpu cycles times note'),
  shape({ op: 'flush' }, '', 'pcpu note'),
  shape({ op: 'load' }, 'module', 'pcpu note'),
  shape({ op: 'unload' }, 'module', 'pcpu note'),
  shape({ op: 'register' }, 'resource start length', 'attrs pcpu note', { attrs: json }),
  shape({ op: 'reserve' }, 'as module resource', 'pcpu note'),
  shape({ op: 'release' }, 'reservation', 'pcpu note'),
  shape({ op: 'va2ma' }, 'at', 'pcpu length note'),
];
