import { createStore, type StoreApi } from 'zustand/vanilla';
import { lineAcross, linesIn, merged } from '../base/lines';
import type { Scenario } from '../scenario';
import { printScript, readScript, type Places, type ScriptProblems } from '../scenario/script';
import type { Explorer } from './explorer';
import { opAcross } from './op-across';

/** A document as a script, while it may be edited. */
export interface ScriptState {
  readonly text: string;
  /** What stands here is not the document: it was just typed, or something is wrong with it. */
  readonly waiting: boolean;
  /** What is wrong, once the text was read. */
  readonly problems: ScriptProblems | undefined;
  /** The document was changed elsewhere in lines that are changed here, too; those are as they were typed here. */
  readonly clash: boolean;
}

/** A pause so long ends what is typed in one go, and makes it one step to undo. */
const PAUSE_MS = 400;
const FIELD = 'script';

/** Keeps the script and the document in step, in both directions, and nothing that was typed is lost. */
export class ScriptDesk {
  readonly store: StoreApi<ScriptState>;
  /** The document as it was last seen, how it is printed, and a text that says the same in the words of the reader. */
  private document: Scenario;
  private printed: string;
  private settled: string;
  private places: Places;
  private shown = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly explorer: Explorer) {
    this.document = explorer.session.getState().document;
    this.printed = printScript(this.document);
    this.settled = this.printed;
    this.places = readScript(this.settled).places;
    const kept = explorer.view.getState().typed[FIELD];
    this.store = createStore<ScriptState>(() => ({
      text: kept ?? this.settled,
      waiting: kept !== undefined,
      problems: undefined,
      clash: false,
    }));
    if (kept !== undefined) this.readSoon();
    explorer.session.subscribe(({ document }) => this.shown && this.follow(document));
  }

  /** The script is on screen, until what this returns is called. */
  show(): () => void {
    this.shown = true;
    this.follow(this.explorer.session.getState().document);
    return () => {
      this.shown = false;
      if (this.timer !== undefined) this.read();
    };
  }

  type(text: string): void {
    this.store.setState({ text, waiting: true });
    this.explorer.keepTyped(FIELD, text);
    this.readSoon();
  }

  /** Gives up what was typed. */
  restore(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.settle(this.printed);
  }

  /** The line on which an operation stands. Lines count from 1. */
  lineOf(op: number): number | undefined {
    const line = this.places.lineOfOp(op);
    return line === undefined ? undefined : 1 + this.across(this.settled, this.store.getState().text, line - 1);
  }

  /** The operation that a line is, or that its comment is about. */
  opOf(line: number): number | undefined {
    return this.places.opOfLine(1 + this.across(this.store.getState().text, this.settled, line - 1));
  }

  private across(from: string, to: string, line: number): number {
    return from === to ? line : lineAcross(linesIn(from), linesIn(to), line);
  }

  private readSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.read(), PAUSE_MS);
  }

  /** Makes what stands here the document, if it can be read. */
  private read(): void {
    this.timer = undefined;
    const { text, waiting } = this.store.getState();
    const { document, engine } = this.explorer.session.getState();
    if (!waiting) return;
    // Changed while this was out of sight: that comes first.
    if (document !== this.document) return this.follow(document);
    // Where the playhead is can be told again once the last change is loaded.
    if (engine.kind === 'loading') return this.readSoon();
    const { result, places } = readScript(text);
    if (!result.ok) {
      this.store.setState({ problems: result.error });
      return;
    }
    const before = this.document;
    const printed = printScript(result.value);
    if (printed !== this.printed) {
      this.printed = printed;
      this.document = result.value;
      this.explorer.replace(result.value, opAcross(before.ops, result.value.ops));
    }
    this.settle(text, places);
  }

  /** What stands here says what the document says. */
  private settle(text: string, places = readScript(text).places): void {
    this.settled = text;
    this.places = places;
    this.store.setState({ text, waiting: false, problems: undefined, clash: false });
    if (this.explorer.view.getState().typed[FIELD] !== undefined) this.explorer.keepTyped(FIELD, undefined);
  }

  /** Takes over what was changed elsewhere. */
  private follow(document: Scenario): void {
    if (document === this.document) return;
    const { text, waiting, clash } = this.store.getState();
    const before = this.printed;
    this.document = document;
    this.printed = printScript(document);
    const settled = merged(before, this.settled, this.printed).text;
    // Blank lines and numbers as the reader wrote them, as far as they still say the same.
    const ours = settled === this.printed || this.isPrintedAs(settled) ? settled : this.printed;
    if (!waiting) return this.settle(ours);
    this.settled = ours;
    this.places = readScript(ours).places;
    const both = merged(before, text, this.printed);
    this.store.setState({ text: both.text, clash: clash || both.clash });
    if (both.text !== text) this.explorer.keepTyped(FIELD, both.text);
    this.readSoon();
  }

  private isPrintedAs(text: string): boolean {
    const { result } = readScript(text);
    return result.ok && printScript(result.value) === this.printed;
  }
}

const desks = new WeakMap<Explorer, ScriptDesk>();

/** The one of an explorer: it stays while other things are on screen. */
export function scriptDesk(explorer: Explorer): ScriptDesk {
  const desk = desks.get(explorer) ?? new ScriptDesk(explorer);
  desks.set(explorer, desk);
  return desk;
}
