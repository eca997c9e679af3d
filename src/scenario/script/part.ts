import { DOCUMENT_LIMITS } from '../limits';
import { pathText, shortValue } from '../problem';
import type { Field } from './fields';
import { isJson } from './lex';
import { readValue } from './value';

export type TokenKind = 'word' | 'name' | 'number' | 'attribute' | 'comment' | 'wrong';
export type Key = string | number;

/** A part of a line that means something. With keys it gives a value to a field of what the line describes. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly kind: TokenKind;
  readonly keys?: readonly Key[];
  readonly value?: unknown;
}

/** A part of a line that may not stand there. */
export interface Wrong {
  readonly from: number;
  readonly to: number;
  readonly found: string;
  readonly rule: string;
}

export interface Read {
  readonly parts: readonly Part[];
  readonly wrong: readonly Wrong[];
}

/** A text of a line, and where it stands. */
export interface Span {
  readonly at: number;
  readonly text: string;
}

/** Stands for the place of a new item of a list. */
export const NEXT = -1;

/** `policies.shootdown`; which item of a list it is needs no saying where it is new. */
export const keyText = (keys: readonly Key[]): string => pathText(keys.filter((key) => key !== NEXT));

/** More than any list of names takes. */
const MOST_NAMES = 100;
const LIST_BREAK = /\s*\|\s*/g;

/** Collects the parts of a line from left to right. */
export class Parts implements Read {
  readonly parts: Part[] = [];
  readonly wrong: Wrong[] = [];
  /** The fields that have their values. */
  readonly given = new Set<Key>();

  /** So much is wrong that the line is not read further. */
  get isFull(): boolean {
    return this.wrong.length >= DOCUMENT_LIMITS.problems.max;
  }

  word(from: number, to: number): void {
    this.parts.push({ from, to, kind: 'word' });
  }

  fail({ at, text }: Span, rule: string): void {
    this.wrong.push({
      from: at,
      to: at + Math.max(text.length, 1),
      found: text === '' ? 'missing' : shortValue(text),
      rule,
    });
  }

  /** A value known already, such as one that a bare word stands for. */
  put(field: string, { at, text }: Span, kind: TokenKind, value: unknown): void {
    if (this.first([field], { at, text }))
      this.parts.push({ from: at, to: at + text.length, kind, keys: [field], value });
  }

  /** The value of a field as it is written. */
  read(keys: readonly Key[], span: Span, field: Field | undefined): void {
    if (span.text === '') return this.fail(span, 'must have its value right behind =');
    if (!this.first(keys, span)) return;
    const names = field?.list && !isJson(span.text) && !/^\d/.test(span.text);
    if (names) return this.readNames(keys, span);
    const { at, text } = span;
    const value = readValue(text, field);
    if (value.ok)
      this.parts.push({ from: at, to: at + text.length, kind: kindOf(text, field), keys, value: value.value });
    else {
      const { at: inside, found, rule } = value.error;
      this.wrong.push({ from: at + Math.min(inside, text.length - 1), to: at + text.length, found, rule });
    }
  }

  private readNames(keys: readonly Key[], { at, text }: Span): void {
    let from = 0;
    const names = text.split(LIST_BREAK, MOST_NAMES + 1);
    if (names.length > MOST_NAMES) return this.fail({ at, text }, `must be at most ${MOST_NAMES} names`);
    names.forEach((name, i) => {
      from = text.indexOf(name, from);
      this.parts.push({
        from: at + from,
        to: at + from + name.length,
        kind: 'attribute',
        keys: [...keys, i],
        value: name,
      });
      from += name.length;
    });
  }

  private first(keys: readonly Key[], span: Span): boolean {
    const id = keys.length === 1 ? keys[0] : keys.join('.');
    if (!this.given.has(id)) {
      this.given.add(id);
      return true;
    }
    this.fail(span, `must be given once: ${keyText(keys)} is given already`);
    return false;
  }
}

function kindOf(text: string, field: Field | undefined): TokenKind {
  if (/^-?\d/.test(text)) return 'number';
  return field?.words.includes(text) ? 'word' : 'name';
}
