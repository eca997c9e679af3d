import type { Cycles } from '../machine/cycles';
import { Machine } from '../machine/machine';
import { step } from '../machine/step';
import type { Scenario } from '../scenario';
import { opLabel } from './labels';
import { hazardPicture, outcomePicture } from './outcome-picture';
import type { HazardPicture } from './picture';

/** How a scenario goes from its start to its end, added up. */
export interface Rehearsal {
  readonly steps: number;
  /** Cycles until the last PCPU is done. */
  readonly time: number;
  /** Whether it ended by itself, or was cut off. */
  readonly whole: boolean;
  readonly ops: readonly {
    readonly label: string;
    readonly pcpu: number;
    readonly status: string | undefined;
    readonly cycles: Cycles;
    /** Cycles that its caller spent. */
    readonly total: number;
  }[];
  readonly hazards: readonly HazardPicture[];
}

/** Longer runs are cut off: a rehearsal answers a question asked in passing. */
const MOST_STEPS = 200_000;

/** Runs a scenario a slice at a time; `next` answers with the result once it is there. */
export function rehearsal(scenario: Scenario): { next(steps: number): Rehearsal | undefined } {
  const machine = new Machine(scenario.config, scenario.ops);
  return {
    next(steps) {
      for (let i = 0; i < steps; i++) {
        if (machine.state.step >= MOST_STEPS) return summary(machine, false);
        if (!step(machine)) return summary(machine, machine.state.nextOp >= scenario.ops.length);
      }
      return undefined;
    },
  };
}

function summary(machine: Machine, whole: boolean): Rehearsal {
  const { step: steps, time, pcpus, hazards } = machine.state;
  return {
    steps,
    time: Math.max(time, ...pcpus.map(({ readyAt }) => readyAt)),
    whole,
    ops: machine.ops.map((op, i) => {
      const { status, cycles, total } = outcomePicture(machine, i);
      return { label: opLabel(op), pcpu: 'pcpu' in op ? op.pcpu : 0, status, cycles, total };
    }),
    hazards: hazards.map(hazardPicture),
  };
}
