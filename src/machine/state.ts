import type { IntervalMap } from '../base/interval-map';
import type { OrderedMap } from '../base/ordered-map';
import type { Policies } from './config';
import type { Control } from './control';
import type { Cycles } from './cycles';
import type { Hazard } from './hazards';
import type { IoReservation, IoResource, Mapping, Module } from './mapping';
import type { Micro } from './micro';
import type { TypeResolver } from './mmu';
import type { Injection } from './op';
import type { OpRecord } from './outcome';
import type { FramePool } from './pool';
import type { Message, Release, Shootdown } from './shootdown';
import type { Directory } from './tables';

/** One processor, without its caches. */
export interface Pcpu {
  readonly id: number;
  /** What it has still to do; the last is next. */
  readonly stack: readonly Micro[];
  /** When the micro-op it is in ends. */
  readonly readyAt: number;
  /** Not before: the time of the last message that woke it. */
  readonly wakeAt: number;
  readonly masked: boolean;
  /** IPIs that arrived while interrupts were off. */
  readonly held: readonly Message[];
  readonly pcid: number;
  readonly call: Call | undefined;
}

/** The operation that a PCPU is carrying out. */
export interface Call {
  readonly op: number;
  readonly started: number;
  readonly cycles: Cycles;
}

/** Something armed to go wrong. */
export interface Armed {
  readonly what: Injection;
  readonly pcpu: number;
  readonly times: number;
  readonly cycles: number;
}

/** One step: a micro-op on a PCPU, or a message that arrives at it. Times in cycles. */
export interface StepRecord {
  readonly time: number;
  readonly pcpu: number;
  readonly op: number;
  readonly cycles: number;
  /** What a micro-op did, where its name does not tell. */
  readonly says?: string | undefined;
  readonly act:
    { readonly kind: 'micro'; readonly micro: Micro } | { readonly kind: 'arrival'; readonly message: Message };
}

/** All of the machine but its memory words and TLBs: immutable, so that a snapshot is a reference. */
export interface MachineState {
  readonly step: number;
  readonly time: number;
  readonly last: StepRecord | undefined;
  readonly control: Control;
  readonly types: TypeResolver;
  readonly policies: Policies;
  readonly pcpus: readonly Pcpu[];
  readonly messages: readonly Message[];
  readonly shootdowns: readonly Shootdown[];
  /** What the lazy policy holds back. */
  readonly deferred: readonly Release[];
  readonly armed: readonly Armed[];
  /** The PCPU inside a mapping call. */
  readonly lock: number | undefined;
  readonly unlockedAt: number;

  readonly pool: FramePool;
  readonly directory: Directory;
  /** VPNs of the window that are given out. */
  readonly va: IntervalMap<undefined>;
  /** Live mappings with entries of their own, by first VPN. */
  readonly mappings: OrderedMap<Mapping>;
  /** References to the linear alias, by id. */
  readonly aliases: OrderedMap<Mapping>;
  readonly modules: readonly Module[];
  readonly resources: readonly IoResource[];
  readonly reservations: readonly IoReservation[];

  readonly nextOp: number;
  /** When the last operation was issued; the next one is not issued earlier. */
  readonly issuedAt: number;
  /** By index of operation; what has not ended is missing. */
  readonly records: OrderedMap<OpRecord>;
  readonly hazards: readonly Hazard[];
  /** Ids of mappings, shootdowns and messages. */
  readonly nextId: number;
  /** Counts changes after which a TLB entry may be stale. */
  readonly tablesVersion: number;
}
