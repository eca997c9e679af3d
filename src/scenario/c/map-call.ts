import { hex } from '../../base/number';
import { MAP_TYPES } from '../../machine/vmkapi';
import { suggestion } from '../nearest';
import { counted, outCell } from './arguments';
import type { CallExpr, Expr } from './ast';
import { constant } from './constants';
import { evaluate, held } from './evaluate';
import { fitted } from './fit';
import { refuse, type Place } from './mistake';
import type { Play } from './play';
import { INT, MODULE_ID, STATUS, VA } from './types';
import type { Fields, Value } from './value';
import { itemOf } from './variable';

/** vmk_Map: the request is read as it stands at the call. */
export function vmkMap(play: Play, call: CallExpr): Value {
  const [moduleID, request, out] = counted(call, 3);
  const fields = requestOf(play, request);
  const cell = outCell(play, out, VA);
  const ranges = rangesOf(play, fields, request.at);
  const reservation = reservationOf(play, fields, request.at);
  const { extra } = play.above ?? {};
  const document = {
    op: 'map',
    as: nameOf(play, cell.name, extra?.fields['as']),
    module: moduleOf(play, moduleID),
    mapType: Number(field(play, fields, 'mapType', request.at)),
    attrs: hex(field(play, fields, 'mapAttrs', request.at)),
    ranges,
    ...(reservation !== undefined && { reservation }),
  };
  const op = play.emit(document, call.at);
  const made = play.ops[op];
  if (made.op !== 'map') return refuse(call.at, 'must stay a map operation, whatever the comment above it says');
  const pages = made.ranges.reduce((sum, { numPages, count = 1 }) => sum + BigInt(numPages) * BigInt(count), 0n);
  const mapping = { name: made.as, op, at: call.at, pages };
  cell.value = { kind: 'va', type: VA, mapping, offset: 0n, before: cell.value };
  return { kind: 'answer', type: STATUS, op, part: 'status', at: call.at, before: undefined };
}

function requestOf(play: Play, expr: Expr): Fields {
  const value = evaluate(play, expr);
  const target = value.kind === 'pointer' ? itemOf(value.to, value.index) : undefined;
  if (target?.kind === 'fields' && target.fields.has('mapType')) return target;
  return refuse(expr.at, 'must point to a vmk_MapRequest');
}

/** A field of the request, which must be set by now. */
function value(fields: Fields, name: string, at: Place): Value {
  const cell = fields.fields.get(name);
  if (cell?.kind === 'cell' && cell.value) return cell.value;
  return refuse(at, `must have its field ${name} set before the call`);
}

const field = (play: Play, fields: Fields, name: string, at: Place): bigint =>
  play.number(value(fields, name, at), at).value;

function rangesOf(play: Play, fields: Fields, at: Place): unknown[] {
  const count = Number(field(play, fields, 'numElements', at));
  if (count === 0) return [];
  const array = value(fields, 'mpnRanges', at);
  if (array.kind !== 'pointer') {
    play.remark(at, 'mpnRanges is no array; it is played as an empty one: both are refused.');
    return [];
  }
  const { to, index } = array;
  if (index + count > to.length) {
    refuse(at, `must have an array of ${count} ranges behind mpnRanges; it has ${Math.max(0, to.length - index)}`);
  }
  return Array.from({ length: count }, (_, i) => {
    play.tick(at);
    const range = itemOf(to, index + i);
    const part = (name: string): bigint => {
      const cell = range?.kind === 'fields' ? range.fields.get(name) : undefined;
      if (cell?.kind !== 'cell') return refuse(at, 'must point to an array of vmk_MpnRange in its field mpnRanges');
      if (!cell.value) return refuse(at, `must have ${name} of range ${i} set before the call`);
      return play.number(held(cell, at), at).value;
    };
    return { startMPN: hex(part('startMPN')), numPages: Number(part('numPages')) };
  });
}

/** The machine looks at it for device memory only, and drivers leave it unset otherwise. */
function reservationOf(play: Play, fields: Fields, at: Place): string | undefined {
  const cell = fields.fields.get('reservation');
  const isDevice = field(play, fields, 'mapType', at) === BigInt(MAP_TYPES.DEVICE);
  if (cell?.kind === 'cell' && !cell.value && !isDevice) {
    play.remark(at, 'reservation is not set; without VMK_MAPTYPE_DEVICE nobody looks at it.');
    return undefined;
  }
  const held = value(fields, 'reservation', at);
  return held.kind === 'named' ? held.name : undefined;
}

function moduleOf(play: Play, expr: Expr): string | number {
  const [first] = play.config.modules;
  const named = namedModule(play, expr);
  if (named !== undefined) return named;
  const given = evaluate(play, expr);
  const id = fitted(play, given.kind === 'named' ? INT : MODULE_ID, given, expr.at);
  if (id.kind !== 'named') return Number(play.number(id, expr.at).value);
  if (id.name !== undefined) return id.name;
  if (first === undefined) return 'vmkernel';
  play.remark(expr.at, `${expr.at.text} stands for the module ${first}.`);
  return first;
}

/** A name that the source does not declare is that of a module, if there is one. */
function namedModule(play: Play, expr: Expr): string | undefined {
  if (expr.kind !== 'name' || constant(expr.name)) return undefined;
  const variable = play.scopes.find(expr.name);
  if (variable) {
    const isUnset = variable.kind === 'cell' && !variable.value;
    return isUnset ? refuse(expr.at, `must be set before it is read: ${MODULE_RULE}`) : undefined;
  }
  const { modules } = play.config;
  if (!modules.includes(expr.name)) {
    return refuse(
      expr.at,
      `must be declared: ${MODULE_RULE}${suggestion(expr.name, [...play.scopes.names(), ...modules])}`,
    );
  }
  play.remark(expr.at, `${expr.name} is declared nowhere; it is taken as the module of that name.`);
  return expr.name;
}
const MODULE_RULE = 'a module is written <net>, vmk_ModuleCurrentID, or as a parameter of type vmk_ModuleID';

const LONGEST_NAME = 56;

/** Mappings are called as the variables that get their addresses; the second in the same variable `va_2`. */
function nameOf(play: Play, name: string, given: unknown): string {
  const short = name.slice(0, LONGEST_NAME);
  return typeof given === 'string' ? given : play.names.free(short);
}
