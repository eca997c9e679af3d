import type { MicroName } from '../machine/micro';
import type { Stretch } from './thing';

/** What never changes while a scenario is loaded. */
export interface TimelinePicture {
  readonly steps: number;
  readonly pcpus: number;
  /** The time each step starts, in cycles; index 0 is the state before anything. */
  readonly times: Float64Array;
  readonly ops: readonly OpSpan[];
  /** Where each operation acts. */
  readonly places: readonly OpPlace[];
  readonly acts: ActSpans;
  readonly messages: MessageSpans;
  readonly waits: readonly WaitSpan[];
  readonly owed: readonly OwedSpan[];
  /** Steps at which a hazard was raised. */
  readonly hazardSteps: readonly number[];
  /** Why the run ended early, when it did. */
  readonly stopped: string | undefined;
}

/** An operation from its first step to its last; both are 0 while it has none. */
export interface OpSpan {
  readonly label: string;
  readonly pcpu: number;
  readonly first: number;
  readonly last: number;
  /** Cycles since the start. */
  readonly started: number;
  readonly ended: number;
}

/** What an operation that was carried out is about, so far as that is a place; it stays when the mapping is gone. */
export interface OpPlace {
  /** By VPN, of the low 48 bits of addresses; in order and apart. */
  readonly pages: readonly Stretch<number>[];
  /** Frames that it names itself, not by way of a mapping. */
  readonly frames: readonly Stretch<number>[];
  /** The vmk_Map whose mapping it acts on, or -1; a vmk_Map names itself. */
  readonly map: number;
  /** Where its accesses start, in the low 48 bits; else 0. */
  readonly va: number;
  /** Machine address of the entry that it writes. */
  readonly entry?: number | undefined;
}

/** A micro-operation, or the arrival of a message. */
export type ActName = MicroName | 'ipi' | 'ack';

/** One element a step; element 0 stands for no step. A step lasts from `times[step]` for `cycles[step]`. */
export interface ActSpans {
  /** What the codes in `acts` mean. */
  readonly names: readonly ActName[];
  readonly pcpus: Uint16Array;
  readonly ops: Int32Array;
  readonly acts: Uint8Array;
  readonly cycles: Float64Array;
  /** How many accesses of its burst were done before the step. */
  readonly done: Uint32Array;
}

/** One element a message, in the order of sending. */
export interface MessageSpans {
  readonly kinds: readonly ('ipi' | 'ack')[];
  readonly ops: Int32Array;
  readonly from: Uint16Array;
  readonly to: Uint16Array;
  /** The step that sent it, and the one it arrived at; 0 when it never did, because it was lost. */
  readonly sentBy: Int32Array;
  readonly arrivedAt: Int32Array;
  /** Cycles. Of a lost one: when it would have arrived. */
  readonly sent: Float64Array;
  readonly arrives: Float64Array;
}

/** A PCPU that could not go on, in cycles. */
export interface WaitSpan {
  readonly pcpu: number;
  readonly op: number;
  readonly what: 'lock' | 'acks';
  readonly from: number;
  readonly to: number;
}

/** From the change of the entries to the flush: a PCPU may still use what the tables no longer say. Infinity: it never flushed. */
export interface OwedSpan {
  readonly pcpu: number;
  readonly op: number;
  readonly from: number;
  readonly to: number;
}
