/** What this visit stores for the next, and what earlier ones left behind. To be loaded when there is something of either. */
import type { Scenario } from '../scenario';
import { forgetKept, keptDocuments, storeAgain, storeDocument, textOf, textsOf, unlike, type Kept } from './kept';
import type { SessionStore } from './session';
import type { Storage } from './storage';
import type { View } from './view';

/** A stored text, with its document as far as that is known. */
type Aside = Pick<Kept, 'text'> & { readonly document?: Scenario | undefined };

export class Visits {
  /** What stays stored beside the document of now; undefined until the stored texts are looked at. */
  private aside: readonly Aside[] | undefined;
  /** The document of which nothing is aside any more: the one that is worked on, as it was when it was opened. */
  private replaced: Scenario | undefined;

  constructor(
    private readonly storage: Storage,
    private readonly session: SessionStore,
  ) {}

  /** Offers what earlier visits left behind, without what the page opened on. */
  async offer(first: Scenario): Promise<void> {
    const kept = await keptDocuments(this.storage);
    if (this.aside) return;
    this.aside = kept;
    this.session.setState({ kept: unlike(kept, first) });
  }

  /** One of them is taken up; they all stay stored. */
  take(): void {
    this.session.setState({ kept: [] });
  }

  forget(kept: Kept): void {
    this.aside = this.aside?.filter(({ text }) => text !== kept.text);
    forgetKept(this.storage, kept.text);
    this.session.setState((session) => ({ kept: session.kept.filter((one) => one !== kept) }));
  }

  /** One that was forgotten is stored and offered again. */
  bringBack(kept: Kept): void {
    this.aside = this.aside && [kept, ...this.aside];
    storeAgain(this.storage, kept.text);
    this.session.setState((session) => ({ kept: [kept, ...session.kept] }));
  }

  /** Another document comes in the place of one that was worked on: that stays stored, at the place where it was left. */
  putAside(document: Scenario, opened: Scenario | undefined, view: View): void {
    this.aside = [{ text: textOf(document, view), document }, ...this.others(document, opened)];
  }

  /** Stores the document of now. What is stored of it as it was when it was opened gives way. */
  save(document: Scenario, opened: Scenario | undefined, view: View): void {
    this.aside = this.others(document, opened);
    const aside = this.aside.map(({ text }) => text);
    this.session.setState({ unstored: !storeDocument(this.storage, textOf(document, view), aside) });
  }

  /** All that is to stay stored but a document itself. */
  private others(document: Scenario, opened: Scenario | undefined): readonly Aside[] {
    const all: readonly Aside[] = this.aside ?? textsOf(this.storage).map((text) => ({ text }));
    const others = all.filter((one) => one.document !== document);
    if (!opened || opened === this.replaced) return others;
    this.replaced = opened;
    return others.filter((one) => !one.document || unlike([{ ...one, document: one.document }], opened).length > 0);
  }
}
