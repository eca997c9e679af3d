import { commonType, promoted } from './arithmetic';
import type { Expr } from './ast';
import { constant, SHIFTS } from './constants';
import type { Play } from './play';
import { ADDRESS, INT, STATUS, STRUCTS, ULONG, type CType } from './types';
import { pointersTo, pointerTo } from './variable';

/** The type of an expression that is not carried out; undefined where it has none. */
export function staticType(play: Play, expr: Expr): CType | undefined {
  play.tick(expr.at);
  switch (expr.kind) {
    case 'number':
    case 'stand-in':
      return expr.type;
    case 'name':
      return constant(expr.name)?.type ?? play.scopes.find(expr.name)?.type;
    case 'index':
      return inside(staticType(play, expr.of));
    case 'member': {
      const of = staticType(play, expr.of);
      const struct = expr.arrow ? inside(of) : of;
      const fields = struct?.kind === 'struct' ? STRUCTS[struct.name] : [];
      return fields.find(({ name }) => name === expr.name)?.type;
    }
    case 'unary':
      return unaryType(play, expr);
    case 'binary':
      return binaryType(play, expr);
    case 'choice':
      return meeting(staticType(play, expr.yes), staticType(play, expr.no));
    case 'step':
      return staticType(play, expr.of);
    case 'assign':
      return staticType(play, expr.to);
    case 'cast':
      return pointersTo(expr.type.base, expr.type.pointers);
    case 'sizeof':
    case 'sizeofType':
      return ULONG;
    case 'call':
      return play.returns.get(expr.name) ?? (SHIFTS.has(expr.name) ? ULONG : STATUS);
    case 'placeholder':
      return INT;
    default:
      return ADDRESS;
  }
}

/** The type in which two numbers meet; of anything else, the first one's. */
export const meeting = (a: CType | undefined, b: CType | undefined): CType | undefined =>
  a?.kind === 'int' && b?.kind === 'int' ? commonType(a, b) : a;

const inside = (type: CType | undefined): CType | undefined =>
  type?.kind === 'array' ? type.of : type?.kind === 'pointer' || type?.kind === 'int' ? type.to : undefined;

function unaryType(play: Play, { sign, of }: Extract<Expr, { kind: 'unary' }>): CType | undefined {
  if (sign === '!') return INT;
  const type = staticType(play, of);
  if (sign === '&') return type && pointerTo(type);
  if (sign === '*') return inside(type);
  return type?.kind === 'int' ? promoted(type) : undefined;
}

const TRUTHS: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=', '&&', '||']);

function binaryType(play: Play, { sign, left, right }: Extract<Expr, { kind: 'binary' }>): CType | undefined {
  if (TRUTHS.has(sign)) return INT;
  const [a, b] = [staticType(play, left), staticType(play, right)];
  if (sign === ',') return b;
  if (sign === '<<' || sign === '>>') return a?.kind === 'int' ? promoted(a) : undefined;
  return meeting(a, b);
}
