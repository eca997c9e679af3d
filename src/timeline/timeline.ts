import { Machine, type MachineSnapshot } from '../machine/machine';
import { changedFrames } from '../machine/memory';
import { step } from '../machine/step';
import type { StepRecord } from '../machine/state';
import type { Scenario } from '../scenario';
import { Spans } from './spans';

/** A run longer than this is stopped, and the page says so. */
export const MAX_STEPS = 400_000;
/** And so is one that changes frames so often that keeping every state would take more than 512 MiB. */
export const MAX_FRAMES_KEPT = 131_072;
/** Steps between two snapshots, and the work after which one is taken earlier; both bound what a seek has to repeat. */
const STEPS_BETWEEN = 32;
const WORK_BETWEEN = 20_000;

/** The steps of one operation; `first` is 0 while it has none. */
export interface OpSteps {
  readonly first: number;
  readonly last: number;
}

/**
 * All steps of a scenario, played once and then reachable in any order: a snapshot now and then, and replay from the nearest one.
 * Step 0 is the machine before anything; step n the machine after n steps.
 */
export class Timeline {
  readonly machine: Machine;
  private readonly snapshots: { readonly step: number; readonly snapshot: MachineSnapshot }[] = [];
  private readonly stepTimes: number[] = [0];
  private readonly opSteps: OpSteps[];
  private readonly hazards: number[] = [];
  readonly spans = new Spans();
  private hazardCount = 0;
  private work = 0;
  private finished = false;
  /** Why the run ended before the scenario did. */
  stopped: string | undefined;

  constructor(readonly scenario: Scenario) {
    this.machine = new Machine(scenario.config, scenario.ops);
    this.opSteps = scenario.ops.map(() => ({ first: 0, last: 0 }));
    this.keep();
  }

  /** Steps played so far. */
  get length(): number {
    return this.stepTimes.length - 1;
  }

  get ended(): boolean {
    return this.finished;
  }

  /** When each step starts, in cycles. */
  get times(): readonly number[] {
    return this.stepTimes;
  }

  get ops(): readonly OpSteps[] {
    return this.opSteps;
  }

  /** The steps that raised a hazard. */
  get hazardSteps(): readonly number[] {
    return this.hazards;
  }

  /** Plays on until the scenario ends or about `work` units are done; true when it has ended. A unit is an access or a small step. */
  play(work = Infinity): boolean {
    if (this.machine.state.step !== this.length) this.seek(this.length);
    let left = work;
    while (!this.finished && left > 0) left -= this.advance();
    return this.finished;
  }

  /** Brings the machine to a step, from wherever it is. */
  seek(target: number): void {
    const wanted = Math.max(0, Math.min(target, this.length));
    const from = this.nearest(wanted);
    const here = this.machine.state.step;
    if (here > wanted || here < from.step) this.machine.restore(from.snapshot);
    while (this.machine.state.step < wanted) step(this.machine);
  }

  /** The frames of machine memory that the step just reached changed; brings the machine to that step again. */
  changedBy(target: number): readonly { readonly mpn: number; readonly count: number }[] {
    if (target < 1 || target > this.length) {
      this.seek(target);
      return [];
    }
    this.seek(target - 1);
    const before = this.machine.memory.snapshot();
    // A step, not a seek: a stored state holds the same words in other frames than a replayed one.
    step(this.machine);
    return changedFrames(before, this.machine.memory.snapshot());
  }

  private advance(): number {
    if (this.length >= MAX_STEPS) return this.stop(`${MAX_STEPS} steps; shorten the scenario or use larger bursts.`);
    if (this.machine.memory.framesMade > MAX_FRAMES_KEPT) {
      return this.stop(
        `${this.length} steps, because their history takes more than 512 MiB; change fewer pages or less often.`,
      );
    }
    const record = step(this.machine);
    if (!record) {
      this.finished = true;
      this.stopped = this.stuck();
      return 0;
    }
    this.note(record);
    this.spans.note(this.machine, record);
    const done = workOf(record);
    this.work += done;
    const { step: now } = this.machine.state;
    if (now - this.snapshots[this.snapshots.length - 1].step >= STEPS_BETWEEN || this.work > WORK_BETWEEN) this.keep();
    return done;
  }

  private stop(after: string): 0 {
    this.finished = true;
    this.stopped = `Stopped after ${after}`;
    return 0;
  }

  /** Nothing can happen and yet operations are left: they wait for something that never comes. */
  private stuck(): string | undefined {
    const { nextOp } = this.machine.state;
    return nextOp < this.scenario.ops.length
      ? `Operation ${nextOp + 1} waits for something that never happens.`
      : undefined;
  }

  private note({ time, op }: StepRecord): void {
    this.stepTimes.push(time);
    const now = this.length;
    const { first } = this.opSteps[op];
    this.opSteps[op] = { first: first || now, last: now };
    const { hazards } = this.machine.state;
    if (hazards.length !== this.hazardCount) this.hazards.push(now);
    this.hazardCount = hazards.length;
  }

  private keep(): void {
    this.snapshots.push({ step: this.machine.state.step, snapshot: this.machine.snapshot() });
    this.work = 0;
  }

  private nearest(target: number): { readonly step: number; readonly snapshot: MachineSnapshot } {
    let low = 0;
    let high = this.snapshots.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.snapshots[middle].step <= target) low = middle;
      else high = middle;
    }
    return this.snapshots[low];
  }
}

/** How much a step costs to repeat, in small steps. */
function workOf({ act, cycles }: StepRecord): number {
  if (act.kind === 'arrival') return 1;
  const { micro } = act;
  switch (micro.do) {
    case 'burst':
      return Math.min(cycles, 65_536) + 1;
    case 'begin':
      return Math.min(cycles, 1_000_000) / 20 + 1;
    case 'writeLeaves':
    case 'mapDone':
      return micro.work.mapping.ranges.starts.length + 1;
    case 'clearEntries':
    case 'rewriteEntries':
      return micro.mapping.ranges.starts.length + 1;
    default:
      return 1;
  }
}
