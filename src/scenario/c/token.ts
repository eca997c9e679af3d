import type { Place } from './mistake';

/** `run` is the opening of a comment that asks for a call; the call's own tokens and a `;` follow it. */
export type TokenKind = 'name' | 'number' | 'text' | 'sign' | 'directive' | 'run' | 'end';

export interface Token extends Place {
  readonly kind: TokenKind;
  /** The comments right above it, as a reader would say them. */
  readonly note: string | undefined;
}

export const NAME = /[A-Za-z_]\w*/y;
export const NUMBER = /(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*/y;
/** Signs, the longest first, as C takes them. */
export const SIGN = /<<=|>>=|\.\.\.|\+\+|--|->|<<|>>|&&|\|\||[-+*/%&|^<>=!]=|[-[\]{}().,;:?=+*/%&|^~!<>]/y;

const IN_TEXT = /[^"\\\n]*/y;

/** The index behind the text in quotes that begins at `start`; undefined when its line ends before. */
export function textEnd(source: string, start: number): number | undefined {
  for (let at = start + 1; ; at += 2) {
    IN_TEXT.lastIndex = at;
    // Behind the end of the source nothing matches, and lastIndex would begin at 0 again.
    if (!IN_TEXT.test(source)) return undefined;
    at = IN_TEXT.lastIndex;
    if (source[at] !== '\\') return source[at] === '"' ? at + 1 : undefined;
  }
}

/** The text of a comment without its signs: lines are trimmed, and blank ones at either end left out. */
export function noteOf(comment: string): string {
  const inner = comment.startsWith('//') ? comment.slice(2) : comment.slice(2, -2);
  const lines = inner.split('\n').map((line, i) => (i === 0 ? line : line.replace(/^\s*\*/, '')).trim());
  return lines.join('\n').trim();
}
