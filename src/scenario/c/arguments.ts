import { hex } from '../../base/number';
import { printAddress } from '../address';
import type { CallExpr, Expr } from './ast';
import { evaluate } from './evaluate';
import { refuse, type Place } from './mistake';
import type { Play } from './play';
import { typeText, type IntType } from './types';
import type { Cell, Value } from './value';
import { itemOf } from './variable';

/** The arguments of a call that takes so many. */
export function counted({ args, name, at }: CallExpr, count: number): readonly Expr[] {
  return args.length === count ? args : refuse(at, `must get ${count} arguments, not ${args.length}: ${name}`);
}

/** What an argument points to, for the call to store something in. */
export function outCell(play: Play, expr: Expr, type: IntType): Cell {
  const value = evaluate(play, expr);
  const target = value.kind === 'pointer' ? itemOf(value.to, value.index) : undefined;
  if (target?.kind === 'cell' && target.type.kind === 'int' && target.type.bits === type.bits) return target;
  return refuse(expr.at, `must point to a variable of type ${typeText(type)}`);
}

/** An address as an operation names it: counted from its mapping where it was computed from one. */
export const addressOf = (play: Play, expr: Expr): string => placeOf(play, evaluate(play, expr), expr.at);

function placeOf(play: Play, value: Value, at: Place): string {
  if (value.kind === 'va') {
    const { mapping, offset } = value;
    if (play.always || play.isMade(mapping)) return printAddress({ mapping: mapping.name, offset });
    const stored = play.stored(value, at);
    if (stored !== value) return placeOf(play, stored, at);
    play.remark(at, `vmk_Map in line ${mapping.at.line} stored no address; the machine leaves this call out.`);
    return printAddress({ mapping: mapping.name, offset });
  }
  const { value: va, near } = play.number(value, at);
  const start = near && play.answer(near.op, at).va;
  // What is no longer inside the mapping is an address of its own: a page number, for example.
  if (near && start !== undefined && va >= start && va <= start + near.pages * 4096n) {
    return printAddress({ mapping: near.name, offset: va - start });
  }
  return hex(BigInt.asUintN(64, va));
}
