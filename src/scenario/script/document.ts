import { decimalGroups } from '../../base/number';
import { VERSION } from '../form-document';
import { DOCUMENT_LIMITS } from '../limits';
import { pathText } from '../problem';
import { assign, lengthOf } from './assign';
import { readLine, type Line } from './line';
import { Comments } from './notes';
import { keyText, NEXT, type Key, type Part } from './part';

type Json = Record<string, unknown>;

/** A part of a text; lines and offsets count from 0. */
export interface Spot {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A mistake of the script itself. */
interface Misplaced extends Spot {
  readonly found: string;
  readonly rule: string;
}

/** Where the parts of a document come from. */
export interface Draft {
  readonly document: Json;
  readonly lines: readonly string[];
  /** The line of each operation, and of the first comment above it. */
  readonly opLines: readonly number[];
  readonly opStarts: readonly number[];
  /** Where what is not in an operation stands, by its path in the document. */
  readonly spots: ReadonlyMap<string, Spot>;
  readonly wrong: readonly Misplaced[];
}

const LINE_END = /\r\n|\n|\r/;
/** As many lines as operations, with some comments to each. */
const MOST_LINES = 10 * DOCUMENT_LIMITS.ops.max;

/** The lines of a text, or undefined when there are too many. */
function linesOf(text: string): string[] | undefined {
  let count = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count > MOST_LINES ? undefined : text.replace(/^\uFEFF/, '').split(LINE_END);
}

/** The document that a script stands for, as JSON.parse would give it, as far as its lines can be read. */
export function readDocument(text: string): Draft {
  const lines = linesOf(text);
  const reader = new Reader();
  for (const [i, line] of (lines ?? []).entries()) {
    if (reader.wrong.length < DOCUMENT_LIMITS.problems.max) reader.line(readLine(line), i);
  }
  if (!lines) {
    const rule = `must have at most ${decimalGroups(MOST_LINES)} lines`;
    reader.wrong.push({ line: 0, from: 0, to: 0, found: 'longer', rule });
  }
  return reader.draft(lines ?? []);
}

class Reader {
  readonly wrong: Misplaced[] = [];
  private readonly head: Json = { version: VERSION };
  private readonly ops: Json[] = [];
  /** There was an operation whose word was not guessed. */
  private begun = false;
  private readonly opLines: number[] = [];
  private readonly opStarts: number[] = [];
  private readonly spots = new Map<string, Spot>();
  private readonly comments = new Comments();

  line(line: Line, at: number): void {
    for (const one of line.wrong) this.wrong.push({ line: at, ...one });
    const { what, comment, parts } = line;
    const behind = comment && what !== 'comment' ? [comment.text] : [];
    if (what === 'comment') this.comments.add(comment!.text, at);
    else if (what === 'blank') {
      if (this.ops.length === 0) this.comments.toWhole(at);
      else this.comments.blank();
    } else if (line.shape) this.op(line, behind, at);
    else {
      const note = what === 'note' ? parts.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])) : [];
      this.comments.toWhole(at, [...note, ...behind]);
      if (what === 'title' || what === 'machine' || what === 'version') this.whole(what, parts, at);
    }
  }

  private op({ shape, parts }: Line, behind: readonly string[], at: number): void {
    const op: Json = { ...shape!.fixed };
    this.begun ||= parts[0]?.kind === 'word';
    for (const { keys, value, from, to } of parts) {
      if (keys && !assign(op, keys, value)) this.again(keys, { line: at, from, to });
    }
    this.opStarts.push(this.comments.blockLine ?? at);
    const own = typeof op['note'] === 'string' ? [op['note']] : [];
    const note = this.comments.take([...own, ...behind]);
    this.ops.push(note === undefined || ('note' in op && own.length === 0) ? op : { ...op, note });
    this.opLines.push(at);
  }

  private whole(what: 'title' | 'machine' | 'version', parts: readonly Part[], line: number): void {
    const [word] = parts;
    if (this.begun) {
      const rule = 'must stand above the first operation: it is about the whole';
      this.wrong.push({ line, from: word.from, to: word.to, found: `"${what}"`, rule });
      return;
    }
    let next: number | undefined;
    for (const { keys, value, from, to } of parts) {
      if (!keys) continue;
      const path = what === 'machine' ? ['config', ...keys] : keys;
      next ??= path.includes(NEXT) ? lengthOf(this.head, path.slice(0, path.indexOf(NEXT))) : 0;
      const place = path.map((key) => (key === NEXT ? next! : key));
      if (!assign(this.head, place, value)) this.again(keys, { line, from, to });
      place.forEach((_, i) => this.spot(place.slice(0, i + 1), { line, from, to }));
    }
  }

  private again(keys: readonly Key[], spot: Spot): void {
    const rule = `must be given once: ${keyText(keys)} is given already`;
    this.wrong.push({ ...spot, found: 'given again', rule });
  }

  private spot(keys: readonly Key[], spot: Spot): void {
    const path = pathText(keys);
    if (!this.spots.has(path)) this.spots.set(path, spot);
  }

  draft(lines: readonly string[]): Draft {
    this.comments.toWhole(lines.length);
    const { note, wholeLine } = this.comments;
    if (wholeLine !== undefined) this.spots.set('note', { line: wholeLine, from: 0, to: lines[wholeLine].length });
    const document = { ...this.head, ...(note !== undefined && { note }), ops: this.ops };
    const { opLines, opStarts, spots, wrong } = this;
    return { document, lines, opLines, opStarts, spots, wrong };
  }
}
