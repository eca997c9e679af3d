import { refuse } from './mistake';
import type { Token } from './token';

/** Parts inside one another, such as parentheses; and signs in one expression. No source needs more, and the stack has no more. */
const DEEPEST = 60;
const LONGEST = 400;

/** A place in a list of tokens, which moves on. The last token is the end, and stays. */
export class Cursor {
  private at = 0;
  private depth = 0;
  private signs = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get token(): Token {
    return this.tokens[this.at];
  }

  ahead(by: number): Token {
    return this.tokens[Math.min(this.at + by, this.tokens.length - 1)];
  }

  take(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.at++;
    return token;
  }

  is(sign: string): boolean {
    const { kind, text } = this.token;
    return (kind === 'sign' || kind === 'name') && text === sign;
  }

  /** Moves over the sign or word, if it is there. */
  skips(sign: string): boolean {
    const there = this.is(sign);
    if (there) this.take();
    return there;
  }

  expect(sign: string, where: string): Token {
    if (this.is(sign)) return this.take();
    const { line } = this.tokens[Math.max(0, this.at - 1)];
    return refuse(this.token, `must be ${sign} ${where}${line < this.token.line ? ` of line ${line}` : ''}`);
  }

  name(what: string): Token {
    return this.token.kind === 'name' ? this.take() : refuse(this.token, `must be ${what}`);
  }

  /** Reads something that lies inside something else. */
  inside<T>(read: () => T): T {
    if (++this.depth > DEEPEST) refuse(this.token, `must not lie inside more than ${DEEPEST} others`);
    const value = read();
    this.depth--;
    return value;
  }

  /** Reads an expression of its own. */
  whole<T>(read: () => T): T {
    this.signs = 0;
    return read();
  }

  countSign(): void {
    if (++this.signs > LONGEST) refuse(this.token, `must not be in an expression of more than ${LONGEST} signs`);
  }
}
