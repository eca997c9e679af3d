import { unreachable } from '../base/assert';
import type { ControlBits } from '../machine/control-bits';
import { Timeline } from '../timeline/timeline';
import { narrate } from './narration';
import { hazardPicture, modulePictures, outcomePicture } from './outcome-picture';
import type { Parts } from './parts';
import type { Picture, Prediction, ReachPicture, Tried } from './picture';
import type { Predictor } from './prediction';
import type { FrameSpan, Look, Reply, ReplyBody, Request } from './protocol';
import { timelinePicture } from './timeline-picture';
import { walkPicture } from './walk-picture';

/** Milliseconds of one slice of a load, and the work between two looks at the clock; between slices newer requests are heard. */
const SLICE = 30;
const SLICE_WORK = 2_000;
/** Milliseconds between two signs of life while a source is played. */
const SOUND = 500;
/** Steps of a scenario played aside between two looks at the clock. */
const ASIDE = 50;
/** Outcomes around the present operation that a picture carries. */
const OUTCOMES = 400;

type Post = (reply: Reply) => void;

/**
 * Answers requests from a time line. Knows nothing of workers: `later` runs work after other messages had their turn, and the parts
 * that a request takes are there before it is.
 */
export class Engine {
  private timeline: Timeline | undefined;
  private epoch = -1;
  private predictor: Predictor | undefined;

  constructor(
    private readonly later: (work: () => void) => void,
    private readonly parts: Partial<Parts>,
  ) {}

  /** Exactly one reply, and before that of a load any number of `progress`. */
  handle(request: Request, post: Post): void {
    const { id, epoch } = request;
    try {
      switch (request.kind) {
        case 'load':
          return this.load(request, post);
        case 'seek':
          return post({ id, epoch, kind: 'picture', ...this.shown(request.step, request.look) });
        case 'predict':
          return post({ id, epoch, kind: 'prediction', prediction: this.predict(request) });
        case 'probe':
          return post({ id, epoch, kind: 'probed', walk: walkPicture(this.at(request.step).machine, request.va, []) });
        case 'try':
          return post({ id, epoch, kind: 'tried', tried: this.try(request) });
        case 'reach':
          return post({ id, epoch, kind: 'reached', reach: this.reach(request.step, request.frames) });
        case 'rehearse':
          return this.rehearse(request, post);
        case 'source':
          return this.source(request, post);
        case 'strip':
          return this.strip(request, post);
        case 'export':
          return this.export(request, post);
        default:
          return unreachable(request);
      }
    } catch (cause) {
      post({
        id,
        epoch,
        kind: 'failed',
        during: request.kind,
        message: messageOf(cause),
      });
    }
  }

  private load(request: Extract<Request, { kind: 'load' }>, post: Post): void {
    const { epoch, scenario } = request;
    const timeline = new Timeline(scenario);
    this.epoch = epoch;
    this.timeline = undefined;
    const play = (): ReplyBody | undefined => {
      if (!timeline.play(SLICE_WORK)) return undefined;
      this.timeline = timeline;
      return { kind: 'loaded', timeline: timelinePicture(timeline) };
    };
    this.goOn(request, post, play, () => timeline.machine.state.nextOp / Math.max(1, scenario.ops.length));
  }

  private export(request: Extract<Request, { kind: 'export' }>, post: Post): void {
    const run = this.parts.export!.exportOf(this.at(request.step).machine, request.what);
    this.goOn(request, post, () => {
      const exported = run.next();
      return exported && { kind: 'exported', exported };
    });
  }

  /** Works in slices until there is a reply. */
  private goOn({ id, epoch, kind }: Request, post: Post, work: () => ReplyBody | undefined, done = () => 0): void {
    const fail = (message: string): void => post({ id, epoch, kind: 'failed', during: kind, message });
    // A strip is asked of a worker that need not have loaded anything.
    const began = this.epoch;
    const slice = (): void => {
      if (this.epoch !== began) return fail('A newer scenario was loaded.');
      try {
        const end = performance.now() + SLICE;
        let reply = work();
        while (!reply && performance.now() < end) reply = work();
        if (reply) return post({ id, epoch, ...reply });
        post({ id, epoch, kind: 'progress', done: done() });
        this.later(slice);
      } catch (cause) {
        fail(messageOf(cause));
      }
    };
    slice();
  }

  /** In one go: a source cannot be left half played. Who waits hears of it all the same. */
  private source({ id, epoch, text }: Extract<Request, { kind: 'source' }>, post: Post): void {
    let said = performance.now();
    const reading = this.parts.source!.readSource(text, () => {
      if (performance.now() < said + SOUND) return;
      said = performance.now();
      post({ id, epoch, kind: 'progress', done: 0 });
    });
    post({ id, epoch, kind: 'sourced', reading });
  }

  private rehearse(request: Extract<Request, { kind: 'rehearse' }>, post: Post): void {
    const run = this.parts.rehearsal!.rehearsal(request.scenario);
    this.goOn(request, post, () => {
      const rehearsal = run.next(ASIDE);
      return rehearsal && { kind: 'rehearsed', rehearsal };
    });
  }

  private strip(request: Extract<Request, { kind: 'strip' }>, post: Post): void {
    const run = this.parts.strip!.stripOf(request.scenario);
    this.goOn(request, post, () => {
      const strip = run.next(ASIDE);
      return strip && { kind: 'stripped', strip };
    });
  }

  private at(target: number): Timeline {
    if (!this.timeline) throw new Error('No scenario is loaded.');
    this.timeline.seek(target);
    return this.timeline;
  }

  private shown(target: number, look: Look): { readonly picture: Picture; readonly reach: readonly ReachPicture[] } {
    const picture = this.picture(target, look);
    return { picture, reach: look.reach ? this.reach(target, look.reach) : [] };
  }

  private picture(target: number, look: Look): Picture {
    const timeline = this.at(target);
    const { machine: m } = timeline;
    const changed = timeline.changedBy(m.state.step);
    const { state } = m;
    const last = state.last;
    const current = last?.op;
    const from = Math.max(0, Math.min((current ?? 0) - OUTCOMES / 2, m.ops.length - OUTCOMES));
    const { around, tree } = this.parts;
    const pcpus = look.lanes ? around!.pcpuPictures(m, look.va, look.lanes) : [];
    return {
      step: state.step,
      time: state.time,
      narration: narrate(m, last),
      op: current,
      outcomes: m.ops.slice(from, from + OUTCOMES).map((_, i) => outcomePicture(m, from + i)),
      modules: modulePictures(m),
      control: controlBits(state.control),
      pat: state.types.pat,
      mtrrs: state.types.mtrr.mtrrs,
      policies: state.policies,
      walk: walkPicture(m, look.va, changed),
      ...(look.tree && { tree: tree!.treePicture(m, look.tree, look.va) }),
      pcpus,
      stale: pcpus.reduce((sum, { stale }) => sum + stale, 0),
      messages: state.messages.map(({ id, kind, from: sender, to, sent, arrives }) => ({
        id,
        kind,
        from: sender,
        to,
        sent,
        arrives,
      })),
      ...(look.frames && { frames: around!.framesPicture(m, look.frames) }),
      hazards: state.hazards.map(hazardPicture),
      tables: { used: state.pool.used, pool: state.pool.end - state.pool.start },
    };
  }

  private predict({ step, op }: Extract<Request, { kind: 'predict' }>): Prediction {
    return this.twin.predict(this.at(step).machine, op);
  }

  private reach(step: number, frames: readonly FrameSpan[]): readonly ReachPicture[] {
    const { machine } = this.at(step);
    return frames.map(({ mpn, count }) => this.parts.around!.reachOf(machine, mpn, count));
  }

  private try({ step, va, ma, value }: Extract<Request, { kind: 'try' }>): Tried {
    return this.twin.try(this.at(step).machine, va, ma, value);
  }

  private get twin(): Predictor {
    this.predictor ??= new this.parts.around!.Predictor();
    return this.predictor;
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const controlBits = ({ wp, pge, smep, smap, pcide, nxe }: ControlBits): ControlBits => ({
  wp,
  pge,
  smep,
  smap,
  pcide,
  nxe,
});
