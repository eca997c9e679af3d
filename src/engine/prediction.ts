import type { MachineConfig } from '../machine/config';
import { Machine } from '../machine/machine';
import type { Op } from '../machine/op';
import { step } from '../machine/step';
import { hazardPicture, outcomePicture } from './outcome-picture';
import type { Prediction, Standing, Tried } from './picture';
import { staleCount } from './tlb-summary';
import { walkPicture } from './walk-picture';

/** Steps that a prediction may take before it gives up, and parts of bursts, which are the long ones. */
const MAX_PREDICTED = 20_000;
const MAX_BURSTS = 8;

/** What operations would do. */
export class Predictor {
  /** A second machine for what-ifs, kept because making one costs more than using it. */
  private twin: { readonly config: MachineConfig; readonly machine: Machine } | undefined;

  /** Carries the operation out on the twin, from the machine as it stands once all of its PCPUs are idle. */
  predict(machine: Machine, op: Op): Prediction {
    const twin = this.twinOf(machine);
    const done = machine.ops.slice(0, machine.state.nextOp);
    twin.ops = [...done, { op: 'sync' }, op];
    twin.restore(machine.snapshot());
    const index = twin.ops.length - 1;
    const limit = machine.state.step + MAX_PREDICTED;
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
    };
  }

  /** Writes the word on the twin, which stands where the machine stands: in the middle of an operation as well as behind it. */
  try(machine: Machine, va: bigint, ma: number, value: bigint): Tried {
    const twin = this.twinOf(machine);
    twin.ops = machine.ops;
    twin.restore(machine.snapshot());
    const now = standing(twin, va);
    twin.memory.store(ma, value);
    twin.touchTables();
    return { now, after: standing(twin, va) };
  }

  private twinOf({ config }: Machine): Machine {
    if (this.twin?.config !== config) this.twin = { config, machine: new Machine(config, []) };
    return this.twin.machine;
  }
}

const standing = (m: Machine, va: bigint): Standing => ({
  walk: walkPicture(m, va, []),
  stale: m.state.pcpus.reduce((sum, { id }) => sum + staleCount(m, id), 0),
});
