import { err, ok, type Result } from '../../base/result';
import type { Picture } from '../../engine/picture';
import type { Scenario } from '../../scenario';
import { loadDocuments } from '../../state/documents';
import type { Explorer } from '../../state/explorer';
import { lastStep } from '../../state/playback';
import type { Session } from '../../state/session';
import { readOrder, type Order } from './order';

/** What the frame is told to whoever has put it there. docs/embed.md says what each is. */
type Told =
  | { readonly type: 'pagescope:ready' }
  | { readonly type: 'pagescope:error'; readonly message: string }
  | {
      readonly type: 'pagescope:state';
      readonly step: number;
      readonly last: number;
      readonly time: number;
      readonly playing: boolean;
      readonly narration: string;
    };

/** Talks with the page around the frame: takes its orders, one after the other, and says what is on screen. */
export class Talk {
  /** Where that page is from; what its browser does not say is not known before its first message. */
  private origin = originOf(document.referrer);
  private orders = Promise.resolve();
  private ready = false;
  private told = '';
  /** A picture of the document before, while the one of now is being loaded. */
  private old: Picture | undefined;

  constructor(private readonly explorer: Explorer) {}

  /** Until the function that it returns is called. */
  start(): () => void {
    const { session, view } = this.explorer;
    const stops = [
      session.subscribe((now, before) => this.sessionChanged(now, before)),
      view.subscribe((now, before) => now.playing !== before.playing && this.tellState()),
    ];
    addEventListener('message', this.hear);
    this.tellState();
    return () => {
      removeEventListener('message', this.hear);
      for (const stop of stops) stop();
    };
  }

  private readonly hear = ({ source, origin, data }: MessageEvent<unknown>): void => {
    if (source !== parent) return;
    this.origin = origin === 'null' ? '*' : origin;
    const order = readOrder(data);
    if (order.ok) this.orders = this.orders.then(() => this.carryOut(order.value));
    else this.tell({ type: 'pagescope:error', message: order.error });
  };

  private async carryOut(order: Order): Promise<void> {
    const { playhead } = this.explorer;
    await this.settled();
    if (order.kind === 'seek') playhead.seek(order.step);
    else if (order.kind === 'play') playhead.play();
    else if (order.kind === 'pause') playhead.pause();
    else if (order.kind === 'document') await this.openDocument(order.document);
    else await this.openLink(order.link);
  }

  private async openLink(link: string): Promise<void> {
    const opened = await this.explorer.readLink(link);
    // Who sent it is told.
    this.explorer.forgetLinkFault();
    if (opened) this.explorer.open(opened.scenario, opened.place);
  }

  private async openDocument(document: unknown): Promise<void> {
    const read = await readValue(document);
    if (read.ok) this.explorer.open(read.value);
    else this.tell({ type: 'pagescope:error', message: read.error });
  }

  /** When the document of now is loaded, or cannot be. */
  private async settled(): Promise<void> {
    const { session } = this.explorer;
    const isSettled = ({ engine }: Session): boolean => engine.kind === 'ready' || engine.kind === 'failed';
    await new Promise<void>((done) => {
      if (isSettled(session.getState())) return done();
      const stop = session.subscribe((now) => {
        if (!isSettled(now)) return;
        stop();
        done();
      });
      return undefined;
    });
  }

  private sessionChanged(now: Session, before: Session): void {
    if (now.timeline !== before.timeline) {
      this.old = now.picture;
      // What is loaded is answered, even when it comes to the same.
      this.told = '';
    }
    if (now.picture !== before.picture) this.tellState();
    const { linkFault, engine } = now;
    if (linkFault !== undefined && linkFault !== before.linkFault)
      this.tell({ type: 'pagescope:error', message: linkFault });
    if (engine.kind === 'failed' && engine !== before.engine)
      this.tell({ type: 'pagescope:error', message: engine.message });
  }

  private tellState(): void {
    const { picture, timeline } = this.explorer.session.getState();
    if (!picture || !timeline || picture === this.old) return;
    if (!this.ready) this.tell({ type: 'pagescope:ready' });
    this.ready = true;
    const { step, narration } = picture;
    const { playing } = this.explorer.view.getState();
    const state = { step, last: lastStep(timeline), time: timeline.times[step] ?? 0, playing, narration };
    const text = JSON.stringify(state);
    if (text !== this.told) this.tell({ type: 'pagescope:state', ...state });
    this.told = text;
  }

  private tell(told: Told): void {
    if (parent === window) return;
    if (this.origin !== undefined) parent.postMessage(told, this.origin);
    // It says nothing but that messages are heard.
    else if (told.type === 'pagescope:ready') parent.postMessage(told, '*');
  }
}

/** Undefined for an address without one, such as that of an app. */
function originOf(address: string): string | undefined {
  const origin = URL.canParse(address) ? new URL(address).origin : 'null';
  return origin === 'null' ? undefined : origin;
}

/** A scenario from whatever came in a message. */
async function readValue(value: unknown): Promise<Result<Scenario>> {
  const documents = await loadDocuments().catch(() => undefined);
  if (!documents) return err('What reads documents could not be loaded. When you are online again, reload the page.');
  const { parseScenarioText, describeProblems } = documents;
  try {
    const read = parseScenarioText(JSON.stringify(value));
    return read.ok ? ok(read.value) : err(`This document is no scenario: ${describeProblems(read.error)}`);
  } catch {
    return err('This document cannot be written as JSON.'); // Such as one that holds itself.
  }
}
