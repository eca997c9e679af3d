import type { Scenario } from '../scenario';
import type { Kept } from './kept';
import type { SessionStore } from './session';
import type { Storage } from './storage';
import type { ViewStore } from './view';
import type { Visits } from './visits';

/** When what stores documents is loaded and used: at the first change, or where an earlier visit left something. */
export class Keeping {
  private visits: Promise<Visits | undefined> | undefined;
  /** Stores the document of now, once what does that is loaded. */
  private store: (() => void) | undefined;
  /** What an earlier visit left behind was looked for. */
  private asked = false;
  /** The document that was opened last, as it was then. */
  private opened: Scenario | undefined;

  constructor(
    private readonly storage: Storage,
    private readonly session: SessionStore,
    private readonly view: ViewStore,
  ) {}

  /** Loads what stores documents, once: when a change of the document is to be expected, so that it is there in time. */
  load(): Promise<Visits | undefined> {
    this.visits ??= import('./visits').then(
      ({ Visits }) => new Visits(this.storage, this.session),
      () => (this.visits = undefined), // Offline; the next change tries again.
    );
    return this.visits;
  }

  /** A document is opened. */
  begins(document: Scenario): void {
    this.opened = document;
  }

  /** Another document comes: one that was worked on in this visit stays stored. */
  putAside(): void {
    const { opened } = this;
    const { document, past } = this.session.getState();
    const view = this.view.getState();
    if (past.length > 0 && document !== opened)
      void this.load().then((visits) => visits?.putAside(document, opened, view));
  }

  /** The document has changed. */
  async save(): Promise<void> {
    const visits = await this.load();
    if (!visits) return this.session.setState({ unstored: true });
    this.store = () => {
      const { document, past } = this.session.getState();
      if (past.length > 0) visits.save(document, this.opened, this.view.getState());
    };
    this.store();
  }

  /** Stores where the reader is, as the page may be gone the next moment. */
  now(): void {
    this.store?.();
  }

  /** Offers the documents that earlier visits left behind, once something is on screen. `first`: what the page opened on. */
  async offer(first: Scenario): Promise<void> {
    if (this.asked) return;
    this.asked = true;
    if (this.storage.read('document') === undefined && this.storage.read('earlier') === undefined) return;
    await (await this.load())?.offer(first);
  }

  /** One of them is taken up. */
  async take(): Promise<void> {
    (await this.load())?.take();
  }

  async forget(kept: Kept): Promise<void> {
    (await this.load())?.forget(kept);
  }

  async bringBack(kept: Kept): Promise<void> {
    (await this.load())?.bringBack(kept);
  }
}
