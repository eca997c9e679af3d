import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Scenario } from '../scenario';
import { printC, type CReading, type Mistake } from '../scenario/c';
import type { Explorer } from './explorer';

/** C that stands for the document, or that is to become one. */
export interface SourceState {
  readonly text: string;
  /** The reader typed it; it stays until it is given up. */
  readonly typed: boolean;
  /** It is being played. */
  readonly busy: boolean;
  /** What it comes to, or what is wrong; absent until it was played. */
  readonly reading: CReading | undefined;
  readonly mistake: Mistake | undefined;
  /** Why it could not be played, if that is no fault of the text. */
  readonly trouble: string | undefined;
}

const PAUSE_MS = 500;
const FIELD = 'c';
const UNREAD = { busy: false, reading: undefined, mistake: undefined, trouble: undefined };

/** The document as C, until the reader writes there; then what is written, and what it comes to. */
export class SourceDesk {
  readonly store: StoreApi<SourceState>;
  /** The document that was printed last. */
  private document: Scenario | undefined;
  private shown = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly explorer: Explorer) {
    const kept = explorer.view.getState().typed[FIELD];
    this.store = createStore<SourceState>(() => ({ ...UNREAD, text: kept ?? '', typed: kept !== undefined }));
    if (kept !== undefined) this.readSoon();
    explorer.session.subscribe(() => this.shown && this.follow());
  }

  /** The source is on screen, until what this returns is called. */
  show(): () => void {
    this.shown = true;
    this.follow();
    return () => {
      this.shown = false;
    };
  }

  type(text: string): void {
    this.store.setState({ ...UNREAD, text, typed: true });
    this.explorer.keepTyped(FIELD, text);
    this.readSoon();
  }

  /** Shows a source with what it comes to; false: the reader's own is there, and nothing has come of it yet. */
  take(text: string, reading: CReading): boolean {
    const { typed, text: own, reading: before } = this.store.getState();
    const isUsed = before?.scenario === this.explorer.session.getState().document;
    if (typed && !isUsed && own !== text && own.trim() !== '') return false;
    clearTimeout(this.timer);
    this.store.setState({ ...UNREAD, text, typed: true, reading });
    this.explorer.keepTyped(FIELD, text);
    return true;
  }

  /** Opens what the source comes to; false: something is wrong with it, or it was changed meanwhile. */
  async use(): Promise<boolean> {
    clearTimeout(this.timer);
    if (!this.store.getState().reading) await this.read();
    const { reading } = this.store.getState();
    if (reading) this.explorer.open(reading.scenario);
    return reading !== undefined;
  }

  /** Gives up what was typed. */
  restore(): void {
    clearTimeout(this.timer);
    this.explorer.keepTyped(FIELD, undefined);
    this.document = undefined;
    this.store.setState({ typed: false });
    this.follow();
  }

  private follow(): void {
    const { document } = this.explorer.session.getState();
    if (document === this.document || this.store.getState().typed) return;
    this.document = document;
    this.store.setState({ ...UNREAD, text: printC(document) });
  }

  private readSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), PAUSE_MS);
  }

  private async read(): Promise<void> {
    const { text } = this.store.getState();
    this.store.setState({ busy: true });
    const answer = await this.explorer.readSource(text);
    if (answer.kind === 'superseded' || this.store.getState().text !== text) return;
    if (answer.kind === 'failed') this.store.setState({ ...UNREAD, trouble: answer.message });
    else if (answer.reading.ok) this.store.setState({ ...UNREAD, reading: answer.reading.value });
    else this.store.setState({ ...UNREAD, mistake: answer.reading.error });
  }
}

const desks = new WeakMap<Explorer, SourceDesk>();

/** The one of an explorer: it stays while other things are on screen. */
export function sourceDesk(explorer: Explorer): SourceDesk {
  const desk = desks.get(explorer) ?? new SourceDesk(explorer);
  desks.set(explorer, desk);
  return desk;
}
