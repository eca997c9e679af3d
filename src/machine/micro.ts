import type { Mapping } from './mapping';
import type { Fault } from './walk';
import type { TableRun } from './tables';

/**
 * The instruction set of the simulation. A PCPU holds a stack of these, as plain data, and one step executes one of them; so any
 * step can be kept, copied and replayed. `op` is the index of the operation that a micro-op works for.
 */
export type Micro = { readonly op: number } &
  /** Waits until no other mapping call is under way. */
  (
    | { readonly do: 'lock' }
    /** The first act of an operation: its checks, or all of a small one. */
    | { readonly do: 'begin' }
    | { readonly do: 'takeVa'; readonly work: MapWork }
    | { readonly do: 'takeTables'; readonly work: MapWork }
    /** `from` counts tables already written when they are written one a step. */
    | { readonly do: 'writeLeaves'; readonly work: MapWork; readonly from: number }
    | { readonly do: 'linkTables'; readonly work: MapWork; readonly from: number }
    | { readonly do: 'mapDone'; readonly work: MapWork }
    | { readonly do: 'clearEntries'; readonly mapping: Mapping; readonly flushed: boolean }
    | {
        readonly do: 'rewriteEntries';
        readonly mapping: Mapping;
        readonly attrs: bigint;
        readonly phase: 'all' | 'notPresent' | 'present';
      }
    | { readonly do: 'flushCaches'; readonly mapping: Mapping; readonly lines: number }
    | { readonly do: 'changeDone'; readonly mapping: Mapping; readonly attrs: bigint }
    /** Under the lazy policy, when what is held back is flushed. */
    | { readonly do: 'unlinkHeld' }
    | { readonly do: 'flushLocal'; readonly shootdown: number }
    | { readonly do: 'sendIpis'; readonly shootdown: number }
    | { readonly do: 'awaitAcks'; readonly shootdown: number; readonly since: number; readonly deadline: number }
    | { readonly do: 'release'; readonly shootdown: number }
    | { readonly do: 'unmapDone'; readonly mapping: Mapping; readonly deferred: boolean }
    | { readonly do: 'flushDone' }
    /** On the target of an IPI. */
    | { readonly do: 'interrupt'; readonly shootdown: number; readonly from: number }
    | { readonly do: 'flushRemote'; readonly shootdown: number }
    | { readonly do: 'sendAck'; readonly shootdown: number; readonly to: number }
    /** The rest of one access after its look-up. */
    | { readonly do: 'walk'; readonly touch: Touch }
    | { readonly do: 'fault'; readonly touch: Touch }
    /** A burst with what it has done so far. */
    | { readonly do: 'burst'; readonly done: number; readonly touch: Touch }
  );
export type MicroName = Micro['do'];

/** One access under way. Low 48 bits of the VA. */
export interface Touch {
  readonly va: number;
  readonly access: number;
  readonly tally: AccessTally;
  /** The TLB refused it and its entry was dropped: the walk that follows is final. */
  readonly retry: boolean;
  /** The fault that its walk ended in. */
  readonly fault?: Fault | undefined;
}

/** How accesses ended. */
export interface AccessTally {
  readonly hits1: number;
  readonly hits2: number;
  readonly walks: number;
  readonly faults: number;
  readonly spurious: number;
}
export const NO_ACCESSES: AccessTally = { hits1: 0, hits2: 0, walks: 0, faults: 0, spurious: 0 };

/** A vmk_Map under way: the mapping to be, the number of its leaf entries, the tables taken for it. */
export interface MapWork {
  readonly mapping: Mapping;
  readonly leaves: number;
  readonly tables: readonly TableRun[];
}
