import type { TableRun } from './tables';

/** What is given back when nobody owes an invalidation for it any more. */
export interface Release {
  readonly vpn: number;
  readonly pages: number;
  readonly tables: readonly TableRun[];
}

/**
 * One round of invalidation. While `owes` or `unacked` name a PCPU, nothing in `releases` may be used again.
 */
export interface Shootdown {
  readonly id: number;
  readonly op: number;
  readonly initiator: number;
  /** The pages to invalidate by INVLPG, or undefined for a full flush. */
  readonly pages: readonly number[] | undefined;
  /** PCPUs that have not flushed yet; the initiator among them until its own flush. */
  readonly owes: readonly number[];
  /** Targets whose acknowledgement has not arrived. */
  readonly unacked: readonly number[];
  readonly releases: readonly Release[];
  /** Set when the time-out passed; what is owed then stays held back until the last acknowledgement arrives after all. */
  readonly timedOut: boolean;
}

/** An interrupt on its way, or its acknowledgement. Times in cycles. */
export interface Message {
  readonly id: number;
  readonly kind: 'ipi' | 'ack';
  readonly shootdown: number;
  readonly op: number;
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  readonly arrives: number;
}

export const without = (list: readonly number[], value: number): readonly number[] =>
  list.filter((item) => item !== value);
