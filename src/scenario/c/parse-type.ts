import type { WrittenType } from './ast';
import type { Cursor } from './cursor';
import { refuse } from './mistake';
import { NAMED, typeOfWords, WORDS } from './types';
import { suggestion } from '../nearest';

/** Words before a type that change nothing here. */
const QUALIFIERS: ReadonlySet<string> = new Set(['const', 'volatile', 'register', 'struct', 'enum']);
const STORAGE: ReadonlySet<string> = new Set(['static', 'extern', 'inline']);

export const TYPES_RULE =
  'must be a type that is understood: vmk_MpnRange, vmk_MapRequest, vmk_VA, vmk_MA, vmk_MPN, vmk_ModuleID, VMK_ReturnStatus, vmk_IOReservation or an integer type';

/** Whether a type, and so a declaration or a cast, begins `by` tokens ahead. */
export function typeAhead(cursor: Cursor, by = 0): boolean {
  const { kind, text } = cursor.ahead(by);
  return kind === 'name' && (NAMED.has(text) || WORDS.has(text) || QUALIFIERS.has(text) || STORAGE.has(text));
}

export interface Specifiers {
  readonly base: WrittenType['base'];
  readonly kept: boolean;
}

/** `static const unsigned long` */
export function parseSpecifiers(cursor: Cursor): Specifiers {
  const words: string[] = [];
  let kept = false;
  let base: WrittenType['base'] | undefined;
  const start = cursor.token;
  for (; cursor.token.kind === 'name'; cursor.take()) {
    const { text } = cursor.token;
    if (STORAGE.has(text)) kept ||= text !== 'inline';
    else if (WORDS.has(text) && !base) words.push(text);
    else if (NAMED.has(text) && !base && words.length === 0) base = NAMED.get(text);
    else if (!QUALIFIERS.has(text)) break;
  }
  base ??= words.length > 0 ? typeOfWords(words) : undefined;
  if (base) return { base, kept };
  const wrong = words.length > 0 ? start : cursor.token;
  return refuse(wrong, TYPES_RULE + suggestion(wrong.text, NAMED.keys()));
}

/** The `*`s behind a type. */
export function parsePointers(cursor: Cursor): number {
  let pointers = 0;
  for (;;) {
    if (cursor.skips('*')) pointers++;
    else if (cursor.is('const') || cursor.is('volatile')) cursor.take();
    else if (pointers > 4) refuse(cursor.token, 'must not stand behind so many *');
    else return pointers;
  }
}

/** A type without a name behind it, as in a cast. */
export const parseType = (cursor: Cursor): WrittenType => ({
  base: parseSpecifiers(cursor).base,
  pointers: parsePointers(cursor),
});
