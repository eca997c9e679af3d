import { Macros } from './macros';
import { refuse } from './mistake';
import { NAME, noteOf, NUMBER, SIGN, TEXT, type Token, type TokenKind } from './token';

const SPACE = /(?:[ \t\r\n\f\v]|\\\r?\n)+/y;
const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//y;
/** A line of the preprocessor, with the lines that a \ joins to it. */
const DIRECTIVE = /#(?:[^\n\\]|\\[^])*/y;
const DEFINE = /^#\s*define\s+([A-Za-z_]\w*)(.?)/s;
const INCLUDE = /^#\s*include\s*(?:<[^>]*>|"[^"]*")/;
const RUN = /^\/\*@\s*run\s/;

/** Room for every scenario that can be printed. */
const MAX_LENGTH = 128 * 2 ** 20;
const MAX_TOKENS = 4_000_000;

/** Where the lexer is. */
interface Where {
  readonly at: number;
  readonly line: number;
  readonly lineStart: number;
  readonly lineEnd: number;
}

/** Splits a C source into tokens; the names that `#define` gives are already replaced. */
export const tokensOf = (text: string): Token[] => new Lexer(text).all();

class Lexer {
  private readonly tokens: Token[] = [];
  private readonly macros = new Macros();
  private at = 0;
  private line = 1;
  private lineStart = 0;
  /** Where the present line ends, or an earlier one did. */
  private lineEnd = -1;
  private notes: string[] = [];
  private lastLine = 0;
  private defining = false;

  constructor(private readonly text: string) {}

  all(): Token[] {
    if (this.text.length > MAX_LENGTH) refuse(this.place(''), `must have at most ${MAX_LENGTH} characters`);
    this.read(this.text.length, this.tokens);
    this.tokens.push(this.token('end', ''));
    return this.tokens;
  }

  private read(end: number, into: Token[]): void {
    while (this.at < end) {
      const start = this.at;
      if (this.match(SPACE) !== undefined) continue;
      if (this.text.startsWith('/*', start) || this.text.startsWith('//', start)) this.comment(into);
      else if (this.text[start] === '#') this.preprocess();
      else this.put(this.next(), into);
      if (into.length > MAX_TOKENS) refuse(this.place(''), `must have at most ${MAX_TOKENS} words and signs`);
    }
  }

  private next(): Token {
    const { at } = this;
    const name = this.match(NAME);
    if (name !== undefined) return this.token('name', name, at);
    const number = this.match(NUMBER);
    if (number !== undefined) {
      if (/[\w.]/.test(this.text[this.at] ?? ''))
        refuse(this.place(number, at), 'must be a whole number as C writes it');
      return this.token('number', number, at);
    }
    const text = this.match(TEXT);
    if (text !== undefined) return this.token('text', text, at);
    const sign = this.match(SIGN);
    if (sign === undefined) {
      return refuse(
        this.place(String.fromCodePoint(this.text.codePointAt(at) ?? 0)),
        'must not be here: C has no such sign',
      );
    }
    return this.token('sign', sign, at);
  }

  /** What a name stands for is looked up where it is used, and left alone where another name is defined by it. */
  private put(token: Token, into: Token[]): void {
    this.lastLine = this.line;
    if (this.defining) into.push(token);
    else this.macros.expand(token, into, MAX_TOKENS);
  }

  private comment(into: Token[]): void {
    const { at, line, lineStart, lineEnd } = this;
    const start = this.place('/*');
    const text = this.match(COMMENT);
    if (text === undefined) refuse(start, 'must end with */');
    if (!text.startsWith('/*@')) {
      // Behind something on its own line a comment is about that, not about what follows.
      if (line !== this.lastLine) this.notes.push(noteOf(text));
    } else if (RUN.test(text)) this.run(text, { at, line, lineStart, lineEnd }, into);
    else into.push({ ...start, kind: 'directive', text: text.slice(3, -2).trim(), note: this.takeNote() });
  }

  /** Reads the inside of the comment as C. */
  private run(text: string, start: Where, into: Token[]): void {
    const { at, line, lineStart, lineEnd } = this;
    const opening = RUN.exec(text)?.[0] ?? '';
    Object.assign(this, start);
    into.push(this.token('run', opening.trim()));
    this.skip(opening.length);
    this.read(start.at + text.length - 2, into);
    if (into[into.length - 1].text !== ';') into.push(this.token('sign', ';'));
    Object.assign(this, { at, line, lineStart, lineEnd });
  }

  private preprocess(): void {
    const { at, lineEnd } = this;
    const start = this.place('#');
    const text = this.match(DIRECTIVE) ?? '';
    this.notes = [];
    if (INCLUDE.test(text)) return;
    const [head, name, next] = DEFINE.exec(text) ?? [];
    if (head === undefined || next === '(') {
      return refuse({ ...start, text }, 'must be #include, or #define of a name without parameters');
    }
    const end = this.at;
    Object.assign(this, { at, line: start.line, lineStart: at - start.column + 1, lineEnd });
    this.skip(head.length - next.length);
    const body: Token[] = [];
    this.defining = true;
    this.read(end, body);
    this.defining = false;
    this.macros.define(name, body);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.skip(found.length);
    return found;
  }

  private skip(length: number): void {
    const end = this.at + length;
    // Looked for once a line: what is left of a text may have no other.
    if (this.lineEnd < this.at) this.lineEnd = this.lineEndFrom(this.at);
    for (; this.lineEnd < end; this.lineEnd = this.lineEndFrom(this.lineStart)) {
      this.line++;
      this.lineStart = this.lineEnd + 1;
    }
    this.at = end;
  }

  private lineEndFrom(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? Infinity : end;
  }

  private takeNote(): string | undefined {
    if (this.notes.length === 0) return undefined;
    const note = this.notes.filter((each) => each !== '').join('\n');
    this.notes = [];
    return note === '' ? undefined : note;
  }

  private place(text: string, at = this.at): { line: number; column: number; text: string } {
    return { line: this.line, column: at - this.lineStart + 1, text };
  }

  private token(kind: TokenKind, text: string, at = this.at): Token {
    return { line: this.line, column: at - this.lineStart + 1, text, kind, note: this.takeNote() };
  }
}
