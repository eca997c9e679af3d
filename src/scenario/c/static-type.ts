import type { Expr } from './ast';
import { constant } from './constants';
import { refuse } from './mistake';
import type { Play } from './play';
import { STRUCTS, type CType } from './types';

/** The type of an expression behind sizeof, which is not carried out. */
export function staticType(play: Play, expr: Expr): CType {
  switch (expr.kind) {
    case 'number':
      return expr.type;
    case 'name': {
      const type = constant(expr.name)?.type ?? play.scopes.find(expr.name)?.type;
      return type ?? refuse(expr.at, 'must be declared');
    }
    case 'index':
      return inside(staticType(play, expr.of)) ?? refuse(expr.at, 'must stand behind an array or a pointer');
    case 'unary': {
      const of = expr.sign === '*' ? inside(staticType(play, expr.of)) : undefined;
      if (of) return of;
      break;
    }
    case 'member': {
      const of = staticType(play, expr.of);
      const struct = expr.arrow ? inside(of) : of;
      const fields = struct?.kind === 'struct' ? STRUCTS[struct.name] : [];
      const field = fields.find(({ name }) => name === expr.name);
      return field?.type ?? refuse(expr.at, 'must be a field of a struct');
    }
    default:
  }
  return refuse(expr.at, 'must be a type or a variable, whose size is known');
}

function inside(type: CType): CType | undefined {
  return type.kind === 'array' ? type.of : type.kind === 'pointer' ? type.to : undefined;
}
