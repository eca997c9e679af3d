import type { Place } from './mistake';
import { ADDRESS, INT, typeText, type CType, type IntType } from './types';

/** A mapping that a call of vmk_Map makes, if it succeeds. */
export interface MappingRef {
  readonly name: string;
  /** The operation that makes it. */
  readonly op: number;
  readonly at: Place;
  readonly pages: bigint;
}

/** A number of a known type. `near`: it was computed from the address of this mapping. */
export interface IntValue {
  readonly kind: 'int';
  readonly type: IntType;
  readonly value: bigint;
  readonly near?: MappingRef | undefined;
}
/** An address counted from the start of a mapping. `before` is what the variable keeps when the mapping is not made. */
export interface VaValue {
  readonly kind: 'va';
  readonly type: IntType;
  readonly mapping: MappingRef;
  readonly offset: bigint;
  readonly before: Value | undefined;
}
/** What the machine answers to an operation; nobody has asked yet. */
export interface AnswerValue {
  readonly kind: 'answer';
  readonly type: IntType;
  readonly op: number;
  readonly part: 'status' | 'ma';
  readonly at: Place;
  readonly before: Value | undefined;
}
/** A module or a reservation by name; undefined for a `<placeholder>`. */
export interface NamedValue {
  readonly kind: 'named';
  readonly type: CType;
  readonly name: string | undefined;
}
/** A pointer to one of several variables that lie one behind the other. */
export interface PointerValue {
  readonly kind: 'pointer';
  readonly to: Row;
  readonly index: number;
  /** It is held as a pointer to something else, and means nothing until it is cast back. */
  readonly cast?: boolean;
}
export type Value = IntValue | VaValue | AnswerValue | NamedValue | PointerValue;

/** A variable that holds one value; undefined before it is set. `name` is what a mapping is called that ends up here. */
export interface Cell {
  readonly kind: 'cell';
  readonly type: CType;
  readonly name: string;
  value: Value | undefined;
}
export interface Fields {
  readonly kind: 'fields';
  readonly type: CType;
  readonly fields: ReadonlyMap<string, Variable>;
}
/** Variables of one type, one behind the other. */
export interface Row {
  readonly kind: 'row';
  readonly type: CType;
  readonly of: CType;
  readonly length: number;
  readonly name: string;
  /** Those that were looked at so far. */
  readonly items: Variable[];
  /** The others hold zeros. */
  zero: boolean;
}
export type Variable = Cell | Fields | Row;

export const wrap = ({ bits, signed }: IntType, value: bigint): bigint =>
  signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);

export const intOf = (type: IntType, value: bigint, near?: MappingRef): IntValue =>
  near ? { kind: 'int', type, value: wrap(type, value), near } : { kind: 'int', type, value: wrap(type, value) };

export const truth = (value: boolean): IntValue => intOf(INT, value ? 1n : 0n);
export const NULL: IntValue = intOf(ADDRESS, 0n);

/** The type of a value, as a message says it. */
export const valueText = (value: Value): string =>
  value.kind === 'pointer' ? `${typeText(value.to.of)} *` : typeText(value.type);
