import type { Declarator } from './ast';
import { refuse } from './mistake';
import { ADDRESS, addressOf, STRUCTS, type CType } from './types';
import { intOf, type Row, type Variable } from './value';

/** Elements of one array. */
const LONGEST = 2n ** 20n;

/** A variable that nothing has set yet. */
export function variableOf(type: CType, name: string): Variable {
  if (type.kind === 'array')
    return { kind: 'row', type, of: type.of, length: type.length, name, items: [], zero: false };
  if (type.kind !== 'struct') return { kind: 'cell', type, name, value: undefined };
  const fields = STRUCTS[type.name].map((field): [string, Variable] => [
    field.name,
    variableOf(field.type, `${name}_${field.name}`),
  ]);
  return { kind: 'fields', type, fields: new Map(fields) };
}

/** A variable alone, as what a pointer points to. */
export const rowOf = (variable: Variable): Row => {
  const name = variable.kind === 'fields' ? '' : variable.name;
  return { kind: 'row', type: variable.type, of: variable.type, length: 1, name, items: [variable], zero: false };
};

/** One of a row; undefined behind its end. */
export function itemOf(row: Row, index: number): Variable | undefined {
  if (index < 0 || index >= row.length) return undefined;
  if (!row.items[index]) {
    row.items[index] = variableOf(row.of, `${row.name}_${index}`);
    if (row.zero) clear(row.items[index]);
  }
  return row.items[index];
}

/** Sets everything in it to zero, as static variables are and as memset does it. */
export function clear(variable: Variable): void {
  if (variable.kind === 'row') {
    variable.zero = true;
    variable.items.forEach(clear);
  } else if (variable.kind === 'fields') variable.fields.forEach(clear);
  else variable.value = intOf(variable.type.kind === 'int' ? variable.type : ADDRESS, 0n);
}

/** Pointers to plain memory are addresses; to anything that the reader keeps, they point there. */
export function pointerTo(to: CType): CType {
  return to.kind === 'struct' || to.kind === 'pointer' || (to.kind === 'int' && to.bits === 64) || to.kind === 'handle'
    ? { kind: 'pointer', to }
    : addressOf(to);
}

export function pointersTo(base: CType, pointers: number): CType {
  let type = base;
  for (let i = 0; i < pointers; i++) type = pointerTo(type);
  return type;
}

/** The type that a declaration gives; the length of an array is asked for. */
export function declaredType({ type, array, at }: Declarator, length: () => bigint): CType {
  const of = pointersTo(type.base, type.pointers);
  if (of.kind === 'void') refuse(at, 'must not be void');
  if (!array) return of;
  const items = length();
  if (items < 1n || items > LONGEST) refuse(at, `must be an array of 1 to ${LONGEST} elements, not ${items}`);
  return { kind: 'array', of, length: Number(items) };
}
