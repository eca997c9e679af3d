import { refuse } from './mistake';
import type { Token } from './token';

/** Names that stand for each other, one inside the other. */
const DEEPEST = 50;

/** The names that `#define` gave, each with what it stands for. */
export class Macros {
  private readonly bodies = new Map<string, readonly Token[]>();

  define(name: string, body: readonly Token[]): void {
    this.bodies.set(name, body);
  }

  /** Puts a token into the list, or what it stands for, which is then said to stand where the token does. */
  expand(token: Token, into: Token[], most: number, inside: readonly string[] = []): void {
    const body = token.kind === 'name' && !inside.includes(token.text) ? this.bodies.get(token.text) : undefined;
    if (!body) {
      into.push(token);
      return;
    }
    if (into.length > most || inside.length > DEEPEST) refuse(token, 'must stand for less: it grows beyond all bounds');
    const { line, column, note } = token;
    body.forEach((each, i) =>
      this.expand({ ...each, line, column, note: i === 0 ? note : undefined }, into, most, [...inside, token.text]),
    );
  }
}
