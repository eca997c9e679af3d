import workerUrl from 'virtual:worker-url';
import type { Op } from '../machine/op';
import type { Scenario } from '../scenario';
import type { ExportWhat } from './picture-export';
import type { FrameSpan, Look, Reply, ReplyOf, Request, RequestBody } from './protocol';

/** The worker as the client sees it; tests give a fake one. */
export interface Port {
  post(request: Request): void;
  end(): void;
}
export interface PortListener {
  reply(reply: Reply): void;
  broken(why: string): void;
}
export type Spawn = (listener: PortListener) => Port;

export const spawnWorker: Spawn = (listener) => {
  const worker = new Worker(workerUrl, { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => listener.reply(data));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    listener.broken(event.message || 'it could not start');
  });
  worker.addEventListener('messageerror', () => listener.broken('a message could not be read'));
  return {
    post: (request) => worker.postMessage(request),
    end: () => worker.terminate(),
  };
};

type Kind = RequestBody['kind'];
export type Answer<K extends Kind> =
  | ReplyOf<K>
  | { readonly kind: 'failed'; readonly during: Kind; readonly message: string }
  /** A newer request, or a newer document, made the answer useless. */
  | { readonly kind: 'superseded' };
type AnyAnswer = Answer<Kind>;

export interface ClientEvents {
  /** Share of a load that is done, 0–1. */
  progress(done: number): void;
  /** The worker was replaced and is being brought back to where it was. */
  restarted(why: string): void;
  /** It is back where it was. */
  recovered(): void;
  /** It could not be brought back. */
  gaveUp(message: string): void;
}

interface Job {
  readonly body: RequestBody;
  readonly settle: (answer: AnyAnswer) => void;
  /** How many workers broke down while it was with them. */
  broke: number;
}

/** At most one request of a kind is with the worker; of those behind it only the newest waits. */
interface Lane {
  current: (Job & { readonly id: number }) | undefined;
  next: Job | undefined;
}

const KINDS: readonly Kind[] = [
  'load',
  'seek',
  'predict',
  'probe',
  'try',
  'reach',
  'rehearse',
  'export',
  'source',
  'strip',
];
/** What is asked without a document that is loaded. */
const FREE: ReadonlySet<Kind> = new Set(['load', 'source', 'strip']);
/** A worker that owes an answer and says nothing for so long is taken for dead. */
export const SILENCE_MS = 3000;
/** Time for messages that wait behind a busy page to be seen, before the worker is given up. */
const GRACE_MS = 400;
const MAX_BREAKS = 3;

/**
 * Talks to the engine. A worker that throws, closes or falls silent is replaced; the scenario is loaded again and what it
 * owed is asked again, so that the callers notice nothing but a delay.
 */
export class EngineClient {
  private port: Port;
  private generation = 0;
  private epoch = 0;
  private lastId = 0;
  private loaded = false;
  private scenario: Scenario | undefined;
  private readonly lanes = Object.fromEntries(
    KINDS.map((kind) => [kind, { current: undefined, next: undefined }]),
  ) as Record<Kind, Lane>;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly events: ClientEvents,
    private readonly spawn: Spawn = spawnWorker,
  ) {
    this.port = this.open();
  }

  /** A new document: whatever was asked about the one before is superseded. */
  load(scenario: Scenario): Promise<Answer<'load'>> {
    this.epoch++;
    this.loaded = false;
    this.scenario = scenario;
    for (const kind of KINDS) this.supersede(this.lanes[kind]);
    return this.ask<'load'>({ kind: 'load', scenario });
  }

  seek(step: number, look: Look): Promise<Answer<'seek'>> {
    return this.ask<'seek'>({ kind: 'seek', step, look });
  }

  predict(step: number, op: Op): Promise<Answer<'predict'>> {
    return this.ask<'predict'>({ kind: 'predict', step, op });
  }

  probe(step: number, va: bigint): Promise<Answer<'probe'>> {
    return this.ask<'probe'>({ kind: 'probe', step, va });
  }

  try(step: number, va: bigint, ma: number, value: bigint): Promise<Answer<'try'>> {
    return this.ask<'try'>({ kind: 'try', step, va, ma, value });
  }

  reach(step: number, frames: readonly FrameSpan[]): Promise<Answer<'reach'>> {
    return this.ask<'reach'>({ kind: 'reach', step, frames });
  }

  rehearse(scenario: Scenario): Promise<Answer<'rehearse'>> {
    return this.ask<'rehearse'>({ kind: 'rehearse', scenario });
  }

  source(text: string): Promise<Answer<'source'>> {
    return this.ask<'source'>({ kind: 'source', text });
  }

  strip(scenario: Scenario): Promise<Answer<'strip'>> {
    return this.ask<'strip'>({ kind: 'strip', scenario });
  }

  export(step: number, what: ExportWhat): Promise<Answer<'export'>> {
    return this.ask<'export'>({ kind: 'export', step, what });
  }

  close(): void {
    this.generation++;
    clearTimeout(this.watchdog);
    this.port.end();
    for (const kind of KINDS) this.supersede(this.lanes[kind]);
  }

  private open(): Port {
    const generation = ++this.generation;
    return this.spawn({
      reply: (reply) => generation === this.generation && this.receive(reply),
      broken: (why) => generation === this.generation && this.restart(why),
    });
  }

  private ask<K extends Kind>(body: RequestBody): Promise<Answer<K>> {
    return new Promise((resolve) => {
      const lane = this.lanes[body.kind];
      lane.next?.settle({ kind: 'superseded' });
      lane.next = { body, settle: resolve as (answer: AnyAnswer) => void, broke: 0 };
      this.pump();
    });
  }

  private supersede(lane: Lane): void {
    lane.current?.settle({ kind: 'superseded' });
    lane.next?.settle({ kind: 'superseded' });
    lane.current = undefined;
    lane.next = undefined;
  }

  /** Sends what may be sent: what is about a document waits until it is loaded. */
  private pump(): void {
    for (const kind of KINDS) {
      const lane = this.lanes[kind];
      if (lane.current || !lane.next || (!FREE.has(kind) && !this.loaded)) continue;
      const job = lane.next;
      const id = ++this.lastId;
      lane.next = undefined;
      lane.current = Object.assign(job, { id });
      this.port.post({ id, epoch: this.epoch, ...job.body });
    }
    this.watch();
  }

  private receive(reply: Reply): void {
    if (reply.epoch !== this.epoch) return;
    if (reply.kind === 'progress') {
      if (reply.id === this.lanes.load.current?.id) this.events.progress(reply.done);
      this.watch();
      return;
    }
    const lane = KINDS.map((kind) => this.lanes[kind]).find(({ current }) => current?.id === reply.id);
    const job = lane?.current;
    if (!lane || !job) return;
    lane.current = undefined;
    if (reply.kind === 'loaded') this.loaded = true;
    job.settle(reply);
    this.pump();
  }

  private get owed(): boolean {
    return KINDS.some((kind) => this.lanes[kind].current !== undefined);
  }

  private watch(): void {
    clearTimeout(this.watchdog);
    if (!this.owed) return;
    this.watchdog = setTimeout(() => {
      this.watchdog = setTimeout(() => this.restart('it did not answer'), GRACE_MS);
    }, SILENCE_MS);
  }

  private restart(why: string): void {
    this.port.end();
    this.loaded = false;
    for (const kind of KINDS) this.takeBack(kind);
    this.lanes.load.next ??= this.scenario && this.reload(this.scenario);
    this.port = this.open();
    this.events.restarted(why);
    this.pump();
  }

  private reload(scenario: Scenario): Job {
    const settle = (answer: AnyAnswer): void => {
      if (answer.kind === 'failed') this.events.gaveUp(answer.message);
      if (answer.kind === 'loaded') this.events.recovered();
    };
    return { body: { kind: 'load', scenario }, settle, broke: 0 };
  }

  /** Puts what was with the broken worker back in front, unless it broke too many or something newer waits. */
  private takeBack(kind: Kind): void {
    const lane = this.lanes[kind];
    const job = lane.current;
    lane.current = undefined;
    if (!job) return;
    job.broke++;
    if (lane.next) job.settle({ kind: 'superseded' });
    else if (job.broke < MAX_BREAKS) lane.next = job;
    else this.giveUp(kind, job);
  }

  private giveUp(kind: Kind, job: Job): void {
    const message = `The engine broke down ${MAX_BREAKS} times on this request (${kind}). Undo the last change, or open another scenario.`;
    job.settle({ kind: 'failed', during: kind, message });
    if (kind !== 'load') return;
    this.scenario = undefined;
    for (const other of KINDS) this.supersede(this.lanes[other]);
  }
}
