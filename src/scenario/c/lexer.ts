import { Macros } from './macros';
import { refuse } from './mistake';
import { NAME, noteOf, NUMBER, SIGN, textEnd, type Token, type TokenKind } from './token';

// No choice is repeated in any of these: the engine keeps a note of each, and of a long text has no room for them.
const SPACE = /[ \t\f\v]+|\n+|\\\n/y;
const DEFINE = /^#[ \t]*define[ \t]+([A-Za-z_]\w*)(?![\w(])/;
const INCLUDE = /^#[ \t]*include[ \t]*(?:<[^>\n]*>|"[^"\n]*")/;
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

/** Splits a C source into tokens; the names that `#define` gives are already replaced. Lines may end as on any system. */
export const tokensOf = (text: string): Token[] => new Lexer(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')).all();

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
  /** What is being read that is no line of the text by itself. */
  private within: 'define' | 'run' | undefined;

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
    if (this.text[at] === '"') return this.textToken();
    const sign = this.match(SIGN);
    if (sign === undefined) {
      const found = String.fromCodePoint(this.text.codePointAt(at) ?? 0);
      const rule = found === "'" ? 'characters in quotes are not understood' : 'C has no such sign';
      return refuse(this.place(found), `must not be here: ${rule}`);
    }
    return this.token('sign', sign, at);
  }

  private textToken(): Token {
    const start = this.place('"');
    const end = textEnd(this.text, this.at) ?? refuse(start, 'must be the beginning of a text that ends on its line');
    const text = this.text.slice(this.at, end);
    this.skip(text.length);
    return { ...start, text, kind: 'text', note: this.takeNote() };
  }

  /** What a name stands for is looked up where it is used, and left alone where another name is defined by it. */
  private put(token: Token, into: Token[]): void {
    this.lastLine = this.line;
    if (this.within === 'define') into.push(token);
    else this.macros.expand(token, into, MAX_TOKENS);
  }

  private comment(into: Token[]): void {
    const { at, line, lineStart, lineEnd } = this;
    const start = this.place('/*');
    const end = this.commentEnd();
    if (end < 0) refuse(start, 'must end with */');
    const text = this.text.slice(at, end);
    this.skip(text.length);
    if (!text.startsWith('/*@')) {
      // Behind something on its own line a comment is about that, not about what follows.
      if (line !== this.lastLine) this.notes.push(noteOf(text));
    } else if (RUN.test(text)) this.run(text, { at, line, lineStart, lineEnd }, into);
    else into.push({ ...start, kind: 'directive', text: text.slice(3, -2).trim(), note: this.takeNote() });
  }

  private commentEnd(): number {
    if (this.text[this.at + 1] === '/') return this.directiveEnd(this.at);
    const end = this.text.indexOf('*/', this.at + 2);
    return end < 0 ? end : end + 2;
  }

  /** Reads the inside of the comment as C. */
  private run(text: string, start: Where, into: Token[]): void {
    const { at, line, lineStart, lineEnd, within } = this;
    const opening = RUN.exec(text)?.[0] ?? '';
    Object.assign(this, start);
    if (within) refuse(this.place('/*'), 'must stand in a comment of its own');
    into.push(this.token('run', opening.trim()));
    this.skip(opening.length);
    this.within = 'run';
    this.read(start.at + text.length - 2, into);
    if (into[into.length - 1].text !== ';') into.push(this.token('sign', ';'));
    Object.assign(this, { at, line, lineStart, lineEnd, within });
  }

  private preprocess(): void {
    const start = this.place('#');
    if (this.within || this.lastLine === this.line) refuse(start, 'must stand at the start of a line');
    const text = this.text.slice(this.at, this.directiveEnd(this.at));
    const [include] = INCLUDE.exec(text) ?? [];
    const [define, name] = DEFINE.exec(text) ?? [];
    const head = include ?? define;
    if (head === undefined) {
      return refuse({ ...start, text }, 'must be #include, or #define of a name without parameters');
    }
    this.skip(head.length);
    const body: Token[] = [];
    this.within = 'define';
    // A comment that begins on the line may end on a later one, and the line with it.
    let end: number;
    do {
      end = this.directiveEnd(this.at);
      this.read(end, body);
    } while (this.at > end);
    this.within = undefined;
    this.notes = [];
    if (name !== undefined) this.macros.define(name, body);
  }

  /** Where a line ends, with the lines that a \ joins to it. */
  private directiveEnd(start: number): number {
    for (let from = start; ;) {
      const end = this.text.indexOf('\n', from);
      if (end < 0) return this.text.length;
      if (this.text[end - 1] !== '\\') return end;
      from = end + 1;
    }
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
