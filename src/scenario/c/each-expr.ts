import type { Expr } from './ast';

/** Every expression inside a statement or an expression, itself included; other parts of the tree are called with, too. */
export function eachExpr(node: unknown, note: (expr: Expr) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const each of node) eachExpr(each, note);
    return;
  }
  note(node as Expr);
  for (const each of Object.values(node)) eachExpr(each, note);
}
