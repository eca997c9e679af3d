import { unreachable } from '../base/assert';
import type { MachineConfig } from '../machine/config';
import type { ControlBits } from '../machine/control-bits';
import { Machine } from '../machine/machine';
import { step } from '../machine/step';
import { Timeline } from '../timeline/timeline';
import { framesPicture } from './frames-picture';
import { narrate } from './narration';
import { hazardPicture, modulePictures, outcomePicture } from './outcome-picture';
import { pcpuPictures } from './pcpu-picture';
import type { Picture, Prediction, ReachPicture } from './picture';
import type { FrameSpan, Look, Reply, Request } from './protocol';
import { reachOf } from './reach';
import { rehearsal } from './rehearsal';
import { timelinePicture } from './timeline-picture';
import { staleCount } from './tlb-summary';
import { treePicture } from './tree-picture';
import { walkPicture } from './walk-picture';

/** Milliseconds of one slice of a load, and the work between two looks at the clock; between slices newer requests are heard. */
const SLICE = 30;
const SLICE_WORK = 2_000;
/** Steps of a rehearsal between two looks at the clock. */
const REHEARSED = 50;
/** Outcomes around the present operation that a picture carries. */
const OUTCOMES = 400;
/** Steps that a prediction may take before it gives up, and parts of bursts, which are the long ones. */
const MAX_PREDICTED = 20_000;
const MAX_BURSTS = 8;

type Post = (reply: Reply) => void;

/** Answers requests from a time line. Knows nothing of workers: `later` runs work after other messages had their turn. */
export class Engine {
  private timeline: Timeline | undefined;
  private epoch = -1;
  /** A second machine for what-ifs, kept because making one costs more than using it. */
  private twin: { readonly config: MachineConfig; readonly machine: Machine } | undefined;

  constructor(private readonly later: (work: () => void) => void) {}

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
        case 'reach':
          return post({ id, epoch, kind: 'reached', reach: reaching(this.at(request.step).machine, request.frames) });
        case 'rehearse':
          return this.rehearse(request, post);
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
    const { id, epoch, scenario } = request;
    const timeline = new Timeline(scenario);
    this.epoch = epoch;
    this.timeline = undefined;
    const slice = (): void => {
      if (this.epoch !== epoch)
        return post({ id, epoch, kind: 'failed', during: 'load', message: 'A newer scenario was loaded.' });
      try {
        const end = performance.now() + SLICE;
        while (!timeline.play(SLICE_WORK) && performance.now() < end);
        if (!timeline.ended) {
          post({ id, epoch, kind: 'progress', done: timeline.machine.state.nextOp / Math.max(1, scenario.ops.length) });
          return this.later(slice);
        }
        this.timeline = timeline;
        post({ id, epoch, kind: 'loaded', timeline: timelinePicture(timeline) });
      } catch (cause) {
        post({
          id,
          epoch,
          kind: 'failed',
          during: 'load',
          message: messageOf(cause),
        });
      }
    };
    slice();
  }

  private rehearse({ id, epoch, scenario }: Extract<Request, { kind: 'rehearse' }>, post: Post): void {
    const run = rehearsal(scenario);
    const slice = (): void => {
      if (this.epoch !== epoch)
        return post({ id, epoch, kind: 'failed', during: 'rehearse', message: 'A newer scenario was loaded.' });
      try {
        const end = performance.now() + SLICE;
        let result = run.next(REHEARSED);
        while (!result && performance.now() < end) result = run.next(REHEARSED);
        if (result) return post({ id, epoch, kind: 'rehearsed', rehearsal: result });
        post({ id, epoch, kind: 'progress', done: 0 });
        this.later(slice);
      } catch (cause) {
        post({ id, epoch, kind: 'failed', during: 'rehearse', message: messageOf(cause) });
      }
    };
    slice();
  }

  private at(target: number): Timeline {
    if (!this.timeline) throw new Error('No scenario is loaded.');
    this.timeline.seek(target);
    return this.timeline;
  }

  private shown(target: number, look: Look): { readonly picture: Picture; readonly reach: readonly ReachPicture[] } {
    const picture = this.picture(target, look);
    return { picture, reach: look.reach ? reaching(this.at(target).machine, look.reach) : [] };
  }

  private picture(target: number, look: Look): Picture {
    const timeline = this.at(target);
    const { machine: m } = timeline;
    const changed = timeline.changedBy(m.state.step);
    const { state } = m;
    const last = state.last;
    const current = last?.op;
    const from = Math.max(0, Math.min((current ?? 0) - OUTCOMES / 2, m.ops.length - OUTCOMES));
    const pcpus = pcpuPictures(m, look);
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
      ...(look.tree && { tree: treePicture(m, look.tree, look.va) }),
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
      frames: framesPicture(m, look.frames),
      hazards: state.hazards.map(hazardPicture),
      tables: { used: state.pool.used, pool: state.pool.end - state.pool.start },
    };
  }

  /** Carries the operation out on the twin, from the machine as it stands once all of its PCPUs are idle. */
  private predict({ step: target, op, va }: Extract<Request, { kind: 'predict' }>): Prediction {
    const { machine } = this.at(target);
    const twin = this.twinOf(machine);
    const done = machine.ops.slice(0, machine.state.nextOp);
    twin.ops = [...done, { op: 'sync' }, op];
    twin.restore(machine.snapshot());
    const index = twin.ops.length - 1;
    const limit = target + MAX_PREDICTED;
    const runTo = (op: number): void => {
      let bursts = 0;
      while (!twin.state.records.get(op) && twin.state.step < limit && bursts < MAX_BURSTS) {
        const record = step(twin);
        if (!record) return;
        if (record.act.kind === 'micro' && record.act.micro.do === 'burst') bursts++;
      }
    };
    runTo(index - 1);
    const known = twin.state.hazards.length;
    const used = twin.state.pool.used;
    runTo(index);
    const record = twin.state.records.get(index);
    const id = record?.mapping ?? -1;
    const made = id < 0 ? undefined : (twin.state.aliases.get(id) ?? twin.mappingAt(record?.vpn ?? 0));
    return {
      outcome: outcomePicture(twin, index),
      pages: made?.pages ?? 0,
      tables: twin.state.pool.used - used,
      entries: (record?.cycles.entries ?? 0) / twin.costs.writeEntry,
      hazards: twin.state.hazards.slice(known).map(hazardPicture),
      walk: walkPicture(twin, va, []),
      stale: twin.state.pcpus.reduce((sum, { id: pcpu }) => sum + staleCount(twin, pcpu), 0),
    };
  }

  private twinOf({ config }: Machine): Machine {
    if (this.twin?.config !== config) this.twin = { config, machine: new Machine(config, []) };
    return this.twin.machine;
  }
}

const reaching = (m: Machine, frames: readonly FrameSpan[]) => frames.map(({ mpn, count }) => reachOf(m, mpn, count));

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const controlBits = ({ wp, pge, smep, smap, pcide, nxe }: ControlBits): ControlBits => ({
  wp,
  pge,
  smep,
  smap,
  pcide,
  nxe,
});
