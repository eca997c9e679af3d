import type { Expr } from './ast';

/** Every expression inside a statement or an expression, itself included; it is called with other parts of the tree, too. */
export function eachExpr(node: unknown, note: (expr: Expr) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const each of node) eachExpr(each, note);
    return;
  }
  note(node as Expr);
  for (const [name, each] of Object.entries(node)) if (name !== 'at') eachExpr(each, note);
}
