import { refuse } from './mistake';
import type { Token } from './token';

/** Names that stand for each other, one inside the other. */
const DEEPEST = 50;
/** Names that are replaced in all. Those that stand for nothing make no tokens, and could go on for ever. */
const MOST = 1_000_000;

/** The names that `#define` gave, each with what it stands for. */
export class Macros {
  private readonly bodies = new Map<string, readonly Token[]>();
  /** The names that are being replaced, from the outside to the inside. */
  private readonly inside = new Set<string>();
  private replaced = 0;

  define(name: string, body: readonly Token[]): void {
    this.bodies.set(name, body);
  }

  /** Puts a token into the list, or what it stands for, which is then said to stand where the token does. */
  expand(token: Token, into: Token[], most: number): void {
    const { inside } = this;
    const body = token.kind === 'name' && !inside.has(token.text) ? this.bodies.get(token.text) : undefined;
    if (!body) {
      into.push(token);
      return;
    }
    if (into.length > most || inside.size > DEEPEST || ++this.replaced > MOST) {
      refuse(token, 'must stand for less: it grows beyond all bounds');
    }
    inside.add(token.text);
    const { line, column, note } = token;
    body.forEach((each, i) => this.expand({ ...each, line, column, note: i === 0 ? note : undefined }, into, most));
    inside.delete(token.text);
  }
}
