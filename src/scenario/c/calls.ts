import { hex } from '../../base/number';
import { suggestion } from '../nearest';
import { binary, converted } from './arithmetic';
import type { CallExpr, Expr } from './ast';
import { SHIFT, SHIFTS, SILENT } from './constants';
import { eachExpr } from './each-expr';
import { carryOut, evaluate, isTrue } from './evaluate';
import { fitted } from './fit';
import { vmkMap } from './map-call';
import { refuse } from './mistake';
import type { Play } from './play';
import { MA, sizeOf, STATUS, ULONG } from './types';
import { addressOf, counted, outCell } from './arguments';
import type { Value } from './value';
import { clear, itemOf } from './variable';

type Call = (play: Play, call: CallExpr) => Value | undefined;

const CALLS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['vmk_Map', vmkMap],
  ['vmk_Unmap', vmkUnmap],
  ['vmk_MapChangeAttributes', vmkChange],
  ['vmk_VA2MA', vmkVa2Ma],
  ['memset', memset],
  ['vmk_Memset', memset],
  ['VMK_ASSERT', assertion],
]);

/** A call that is not one of the text's own functions. */
export function callKnown(play: Play, call: CallExpr): Value | undefined {
  const { name, at } = call;
  const known = CALLS.get(name);
  if (known) return known(play, call);
  const shift = SHIFTS.get(name);
  if (shift) {
    const [arg] = counted(call, 1);
    return binary(shift, converted(ULONG, play.number(evaluate(play, arg), arg.at)), SHIFT, at);
  }
  const names = [...CALLS.keys(), ...SHIFTS.keys()];
  if (!SILENT.has(name)) {
    return refuse(
      at,
      `must be a call that is understood: ${names.join(', ')}, or a function of this text${suggestion(name, names)}`,
    );
  }
  play.remark(at, `${name} changes no mapping and is left out.`);
  for (const arg of changing(play, call)) carryOut(play, arg);
  return undefined;
}

const CHANGING = new WeakMap<CallExpr, readonly Expr[]>();

/** The arguments that must be worked out although nobody asks for their values; looked for once. */
function changing({ returns }: Play, call: CallExpr): readonly Expr[] {
  const known = CHANGING.get(call);
  if (known) return known;
  const found = call.args.filter((arg) => {
    let changes = false;
    eachExpr(arg, (each) => {
      const calls = each.kind === 'call' && (returns.has(each.name) || CALLS.has(each.name));
      changes ||= calls || each.kind === 'step' || each.kind === 'assign';
    });
    return changes;
  });
  CHANGING.set(call, found);
  return found;
}

function vmkUnmap(play: Play, call: CallExpr): undefined {
  const [va] = counted(call, 1);
  play.emit({ op: 'unmap', at: addressOf(play, va) }, call.at);
}

function vmkChange(play: Play, call: CallExpr): Value {
  const [va, attrs] = counted(call, 2);
  const at = addressOf(play, va);
  const op = play.emit({ op: 'change', at, attrs: hex(number64(play, attrs)) }, call.at);
  return { kind: 'answer', type: STATUS, op, part: 'status', at: call.at, before: undefined };
}

function vmkVa2Ma(play: Play, call: CallExpr): Value {
  const [va, length, out] = counted(call, 3);
  const at = addressOf(play, va);
  const bytes = number64(play, length);
  const ma = outCell(play, out, MA);
  const op = play.emit({ op: 'va2ma', at, length: hex(bytes) }, call.at);
  ma.value = { kind: 'answer', type: MA, op, part: 'ma', at: call.at, before: ma.value };
  return { kind: 'answer', type: STATUS, op, part: 'status', at: call.at, before: undefined };
}

const number64 = (play: Play, expr: Expr): bigint =>
  play.number(fitted(play, ULONG, evaluate(play, expr), expr.at), expr.at).value;

function memset(play: Play, call: CallExpr): Value {
  const [to, value, size] = counted(call, 3);
  const target = evaluate(play, to);
  if (target.kind !== 'pointer') return refuse(to.at, 'must point to a variable of this text');
  if (play.number(evaluate(play, value), value.at).value !== 0n) refuse(value.at, 'must be 0');
  const bytes = number64(play, size);
  const each = BigInt(sizeOf(target.to.of));
  const most = each * BigInt(target.to.length - target.index);
  if (bytes % each !== 0n || bytes > most) {
    refuse(size.at, `must be a multiple of ${each}, and at most ${most}: whole elements of what is set`);
  }
  if (bytes === most && target.index === 0) clear(target.to);
  else
    for (let i = 0; i < Number(bytes / each); i++) {
      play.tick(call.at);
      const item = itemOf(target.to, target.index + i);
      if (item) clear(item);
    }
  return target;
}

function assertion(play: Play, call: CallExpr): undefined {
  const [condition] = counted(call, 1);
  if (!isTrue(play, condition)) refuse(condition.at, 'must hold, and the machine says that it does not');
}
