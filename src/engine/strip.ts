import { HAZARD_RULES, type HazardRule } from '../machine/hazards';
import { Machine } from '../machine/machine';
import { step } from '../machine/step';
import type { Scenario } from '../scenario';
import { Spans } from '../timeline/spans';
import {
  STRIP_COLUMNS,
  STRIP_OWES,
  STRIP_WAITS,
  type Strip,
  type StripHazard,
  type StripMessage,
} from './picture-strip';

/** Longer runs are cut off: nobody could tell them apart at this size. */
const MOST_STEPS = 100_000;
const MOST_TRACKS = 8;
const MOST_MESSAGES = 120;
/** How much wider something is that lasts longer: at 1 it would be true to scale, and one long wait would leave no room for the rest. */
const BENT = 0.45;

/** Plays a scenario so many steps at a time; `next` answers with its small picture once it has ended. */
export function stripOf(scenario: Scenario): { next(steps: number): Strip | undefined } {
  const machine = new Machine(scenario.config, scenario.ops);
  const run: Run = { machine, spans: new Spans(), times: [0] };
  return {
    next(steps) {
      for (let i = 0; i < steps; i++) {
        const record = machine.state.step < MOST_STEPS ? step(machine) : undefined;
        if (!record) return drawn(run, machine.state.nextOp >= scenario.ops.length);
        run.spans.note(machine, record);
        run.times.push(record.time);
      }
      return undefined;
    },
  };
}

interface Run {
  readonly machine: Machine;
  readonly spans: Spans;
  /** When each step starts; index 0 stands for no step. */
  readonly times: number[];
}

function drawn(run: Run, whole: boolean): Strip {
  const { machine, spans } = run;
  const pcpus = machine.state.pcpus.length;
  const tracks = Math.min(pcpus, MOST_TRACKS);
  const bent = new BentTime(run);
  return {
    tracks,
    pcpus,
    names: spans.names,
    acts: actsOf(run, tracks, bent),
    under: underOf(run, tracks, bent),
    messages: messagesOf(run, tracks, bent),
    hazards: hazardsOf(run, tracks, bent),
    steps: machine.state.step,
    cycles: bent.end,
    whole,
  };
}

/** Turns cycles into columns. Between two moments at which something begins or ends there is more room the more time there is, but not in proportion. */
class BentTime {
  private readonly moments: Float64Array;
  private readonly places: Float64Array;

  constructor({ times, spans: { cycles, messages } }: Run) {
    const all = new Set<number>([0]);
    for (let i = 1; i < times.length; i++) all.add(times[i]).add(times[i] + cycles[i]);
    for (const { sent, arrives } of messages) all.add(sent).add(arrives);
    this.moments = Float64Array.from(all).toSorted();
    this.places = new Float64Array(this.moments.length);
    for (let i = 1; i < this.moments.length; i++)
      this.places[i] = this.places[i - 1] + (this.moments[i] - this.moments[i - 1]) ** BENT;
  }

  get end(): number {
    return this.moments.at(-1)!;
  }

  /** The column of a moment at which something begins or ends; Infinity is the end. */
  at(time: number): number {
    const whole = this.places.at(-1)! || 1;
    let low = 0;
    let high = this.moments.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.moments[middle] < time) low = middle + 1;
      else high = middle;
    }
    return (this.places[low] / whole) * STRIP_COLUMNS;
  }
}

function actsOf({ times, spans }: Run, tracks: number, bent: BentTime): Uint8Array {
  const acts = new Uint8Array(tracks * STRIP_COLUMNS);
  const share = new Float32Array(acts.length);
  for (let i = 1; i < times.length; i++) {
    const track = spans.pcpus[i];
    if (track >= tracks) continue;
    const from = bent.at(times[i]);
    const to = bent.at(times[i] + spans.cycles[i]);
    for (let column = Math.floor(from); column < to && column < STRIP_COLUMNS; column++) {
      const cell = track * STRIP_COLUMNS + column;
      const part = Math.min(to, column + 1) - Math.max(from, column);
      if (part <= share[cell]) continue;
      share[cell] = part;
      acts[cell] = spans.acts[i] + 1;
    }
  }
  return acts;
}

function underOf({ spans: { owed, waits } }: Run, tracks: number, bent: BentTime): Uint8Array {
  const under = new Uint8Array(tracks * STRIP_COLUMNS);
  const mark = (pcpu: number, from: number, to: number, bit: number): void => {
    if (pcpu >= tracks) return;
    const [first, last] = [Math.round(bent.at(from)), Math.max(Math.round(bent.at(from)) + 1, Math.round(bent.at(to)))];
    for (let column = first; column < Math.min(last, STRIP_COLUMNS); column++)
      under[pcpu * STRIP_COLUMNS + column] |= bit;
  };
  for (const { pcpu, from, to } of owed) mark(pcpu, from, to, STRIP_OWES);
  for (const { pcpu, from, to } of waits) mark(pcpu, from, to, STRIP_WAITS);
  return under;
}

/** Those of a long run that would lie on top of each other are one. */
function messagesOf({ spans: { messages } }: Run, tracks: number, bent: BentTime): readonly StripMessage[] {
  const seen = new Map<string, StripMessage>();
  for (const { kind, from, to, sent, arrives, arrivedAt } of messages) {
    if (from >= tracks || to >= tracks) continue;
    const message = { kind, from, to, sent: bent.at(sent), arrives: bent.at(arrives), lost: arrivedAt === 0 };
    const key = [kind, from, to, Math.round(message.sent), message.lost].join(' ');
    if (!seen.has(key)) seen.set(key, message);
    if (seen.size >= MOST_MESSAGES) break;
  }
  return [...seen.values()];
}

const WEIGHT = { note: 0, warning: 1, error: 2 } as const;
const weightOf = (rule: HazardRule): number => WEIGHT[HAZARD_RULES[rule].severity];

/** In each column of a track the worst. */
function hazardsOf({ machine, times, spans }: Run, tracks: number, bent: BentTime): readonly StripHazard[] {
  const worst = new Map<string, StripHazard>();
  for (const { rule, step: raised } of machine.state.hazards) {
    const track = spans.pcpus[raised] ?? 0;
    const at = bent.at(times[raised] ?? 0);
    const key = `${track} ${Math.round(at)}`;
    const before = worst.get(key);
    if (track < tracks && (!before || weightOf(before.rule) < weightOf(rule))) worst.set(key, { rule, track, at });
  }
  return [...worst.values()];
}
