import { createStore, type StoreApi } from 'zustand/vanilla';
import { EngineClient, type Spawn } from '../engine/client';
import type { Strip } from '../engine/picture-strip';
import type { LibraryEntry } from '../scenario';
import { loadDocuments } from './documents';

/** The small pictures by id; undefined where there is none yet, and null where there will be none. */
export type StripsMade = Readonly<Record<string, Strip | null | undefined>>;

/**
 * Makes the small pictures of the gallery, one after the other, those in view only. They have a worker of their own, so that the page's
 * never waits for them, and closing ends it whatever it is at. What was made stays.
 */
export class Strips {
  readonly made: StoreApi<StripsMade> = createStore<StripsMade>(() => ({}));
  private readonly wanted = new Map<string, LibraryEntry>();
  private client: EngineClient | undefined;
  private busy = false;

  constructor(private readonly spawn: Spawn | undefined) {}

  /** A card came into view, or left it. */
  see(entry: LibraryEntry, inView: boolean): void {
    if (!inView) this.wanted.delete(entry.id);
    else if (this.made.getState()[entry.id] === undefined) this.wanted.set(entry.id, entry);
    void this.work();
  }

  close(): void {
    this.wanted.clear();
    this.client?.close();
    this.client = undefined;
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (let entry = this.next(); entry; entry = this.next()) await this.make(entry);
    this.busy = false;
  }

  /** Those that take long come last. */
  private next(): LibraryEntry | undefined {
    const all = [...this.wanted.values()];
    return all.find((entry) => !takesLong(entry)) ?? all[0];
  }

  private async make(entry: LibraryEntry): Promise<void> {
    const { scenarioOf } = await loadDocuments();
    // It may have been closed meanwhile.
    if (!this.wanted.has(entry.id)) return;
    this.client ??= new EngineClient({ progress() {}, restarted() {}, recovered() {}, gaveUp() {} }, this.spawn);
    const answer = await this.client.strip(scenarioOf(entry));
    if (answer.kind === 'superseded') return;
    this.wanted.delete(entry.id);
    this.made.setState({ [entry.id]: answer.kind === 'stripped' ? answer.strip : null });
  }
}

/** What goes as far as the interface does takes seconds. */
export const takesLong = ({ group }: LibraryEntry): boolean => group === 'extremes';
