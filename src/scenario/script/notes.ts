/** What a comment cannot hold: characters that end lines or are lost in files. */
const ODD = /(?!\t)[\p{Cc}\p{Surrogate}]/u;

/** Comments as they are met, until it is known whose they are. */
export class Comments {
  private readonly whole: string[] = [];
  private block: string[] = [];
  private blanks = false;
  /** The line on which each begins. */
  wholeLine: number | undefined;
  blockLine: number | undefined;

  /** A line that is a comment. Blank lines between two comments on one operation are kept as one. */
  add(text: string, line: number): void {
    if (this.blanks && this.block.length > 0) this.block.push('');
    this.blanks = false;
    this.block.push(text);
    this.blockLine ??= line;
  }

  blank(): void {
    this.blanks = true;
  }

  /** What stands above an operation and behind it. */
  take(behind: readonly string[]): string | undefined {
    const lines = [...this.block, ...behind];
    this.clear();
    return lines.length === 0 ? undefined : lines.join('\n');
  }

  /** Gives what is waiting to the whole scenario. */
  toWhole(line: number, more: readonly string[] = []): void {
    const lines = [...this.block, ...more];
    if (lines.length === 0) return;
    this.wholeLine ??= this.blockLine ?? line;
    this.whole.push(lines.join('\n'));
    this.clear();
  }

  /** The note of the whole scenario. */
  get note(): string | undefined {
    return this.whole.length === 0 ? undefined : this.whole.join('\n\n');
  }

  private clear(): void {
    this.block = [];
    this.blanks = false;
    this.blockLine = undefined;
  }
}

/** A note as lines of comment, or undefined where comments would not give it back. */
export function commentLines(note: string): string[] | undefined {
  const lines = note.split('\n');
  return lines.some((line) => ODD.test(line)) ? undefined : lines.map((line) => (line === '' ? '#' : `# ${line}`));
}

/** Text on one line that is read as it stands. */
export const isPlainTitle = (title: string): boolean =>
  title !== '' && title.trim() === title && !title.startsWith('"') && !ODD.test(title);
