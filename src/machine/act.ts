import type { CostKind } from './cycles';
import type { Micro } from './micro';
import type { Outcome } from './outcome';

/** What one micro-op came to: the cycles it took, what the PCPU does next (first to last), and how the operation ended, if it did. */
export interface Act {
  readonly cycles: number;
  readonly kind: CostKind;
  readonly next?: readonly Micro[] | undefined;
  readonly done?: Outcome | undefined;
  /** What it did, for the narration, where the name of the micro-op does not tell: `left its flush out`. */
  readonly says?: string | undefined;
}

/** Ends an operation. */
export const done = (outcome: Outcome, cycles = 0, kind: CostKind = 'check'): Act => ({ cycles, kind, done: outcome });

/** Where a micro-op runs. */
export interface Site {
  readonly op: number;
  readonly pcpu: number;
  readonly now: number;
}
