/** What a text is that was taken for a script. */
export type Foreign = 'JSON' | 'C';

const JSON_BEGINS = /^\s*[{[]\s*["{[}\]]/;
/** A name of vmkapi where scripts have none: outside of titles and comments. */
const CALL = /^(?![ \t]*(?:title|note|machine)\b)[^#\n]*\bvmk_[A-Za-z]\w*[\s*(;)]/m;

/** To be asked of a text that is no script; undefined: it is meant to be one. */
export const foreignKind = (text: string): Foreign | undefined =>
  JSON_BEGINS.test(text) ? 'JSON' : CALL.test(text) && text.includes(';') ? 'C' : undefined;
