import { parentOf, pathText } from '../problem';
import type { Draft, Spot } from './document';
import { readLine } from './line';
import type { Part } from './part';

/** Where in a script the parts of its document stand. Lines and columns count from 1, operations from 0. */
export class Places {
  private read: { readonly op: number; readonly parts: ReadonlyMap<string, Part> } | undefined;

  constructor(private readonly draft: Draft) {}

  get lineCount(): number {
    return this.draft.lines.length;
  }

  /** The line of an operation. */
  lineOfOp(op: number): number | undefined {
    const line = this.draft.opLines.at(op);
    return op < 0 || line === undefined ? undefined : line + 1;
  }

  /** The operation that a line is, or that the comment on this line is about. */
  opOfLine(line: number): number | undefined {
    const { opLines, opStarts } = this.draft;
    let low = 0;
    for (let high = opLines.length; low < high;) {
      const middle = (low + high) >> 1;
      if (opLines[middle] < line - 1) low = middle + 1;
      else high = middle;
    }
    return low < opLines.length && opStarts[low] <= line - 1 ? low : undefined;
  }

  /** Where a path of the document, such as `ops[3].pcpu`, comes from: the smallest part of the script that holds it. */
  find(path: string): Spot {
    const [, op, rest = ''] = /^ops\[(\d+)\]\.?(.*)$/s.exec(path) ?? [];
    if (op !== undefined) return this.findInOp(Number(op), rest);
    for (let up = path; up !== ''; up = parentOf(up)) {
      const spot = this.draft.spots.get(up);
      if (spot) return spot;
    }
    const line = path === 'ops' ? (this.draft.opLines.at(-1) ?? 0) : 0;
    return { line, from: 0, to: (this.draft.lines[line] ?? '').length };
  }

  private findInOp(op: number, path: string): Spot {
    const line = this.draft.opLines[op] ?? 0;
    const text = this.draft.lines[line] ?? '';
    const parts = this.partsOf(op, text);
    for (let up = path; up !== ''; up = parentOf(up)) {
      const part = parts.get(up);
      if (!part) continue;
      // A range is one part: its second number stands behind the plus.
      const plus = path.endsWith('.numPages') ? text.slice(part.from, part.to).indexOf('+') : -1;
      return { line, from: part.from + plus + 1, to: part.to };
    }
    const start = this.draft.opStarts[op] ?? line;
    if (path === 'note') return { line: start, from: 0, to: (this.draft.lines[start] ?? '').length };
    const from = text.length - text.trimStart().length;
    return { line, from, to: text.length };
  }

  /** The parts of the line of an operation by their paths; a list also stands where its first item does. */
  private partsOf(op: number, text: string): ReadonlyMap<string, Part> {
    if (this.read?.op === op) return this.read.parts;
    const parts = new Map<string, Part>();
    for (const part of readLine(text).parts) {
      if (!part.keys) continue;
      parts.set(pathText(part.keys), part);
      const [first] = part.keys;
      if (part.keys.length > 1 && !parts.has(String(first))) parts.set(String(first), part);
    }
    this.read = { op, parts };
    return parts;
  }
}
