/** A place in a text; lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** The nearest offset to a place. */
export function offsetOf(text: string, { line, column }: Place): number {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return Math.min(start + column - 1, end < 0 ? text.length : end);
}

/** The part of a text that gives way when another takes its place: all that is not the same at both ends. */
export function changeOf(
  old: string,
  now: string,
): { readonly from: number; readonly to: number; readonly put: string } {
  const most = Math.min(old.length, now.length);
  let from = 0;
  while (from < most && old[from] === now[from]) from++;
  let behind = 0;
  while (behind < most - from && old[old.length - 1 - behind] === now[now.length - 1 - behind]) behind++;
  return { from, to: old.length - behind, put: now.slice(from, now.length - behind) };
}

/** Columns of a line as wide as they look, a tab being as wide as it makes the next column be. */
export const TAB = 3;
export function widthOf(line: string): number {
  let width = 0;
  for (const letter of line) width = letter === '\t' ? (Math.floor(width / TAB) + 1) * TAB : width + 1;
  return width;
}

/** Puts a text in place of a part, as if it was typed, so that the browser's own undo knows of it. */
export function put(area: HTMLTextAreaElement, from: number, to: number, text: string): void {
  area.setSelectionRange(from, to);
  // Nothing else keeps the browser's undo.
  if (area.ownerDocument.execCommand('insertText', false, text)) return;
  area.setRangeText(text, from, to, 'end');
  area.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Goes to a place, and brings it into view. */
export function goTo(area: HTMLTextAreaElement | null, place: Place): void {
  if (!area) return;
  const at = offsetOf(area.value, place);
  area.focus();
  area.setSelectionRange(at, at);
}
