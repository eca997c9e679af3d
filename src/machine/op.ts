import type { AccessKind, Privilege } from './access';
import type { PolicyName, LimitName } from './config';
import type { ControlName } from './control-bits';
import type { PatType } from './memory-type';
import type { Mtrrs } from './mtrr';
import type { Context, IoAttrName } from './vmkapi';

/**
 * One line of a scenario's document, as plain data. 64-bit values that come from outside are bigint, because a wrong one must
 * survive until it is refused. `pcpu` is where the operation runs.
 */
export type Op =
  | MapOp
  | UnmapOp
  | ChangeOp
  | AccessOp
  | PokeOp
  | InvalidateOp
  | SetOp
  | MaskOp
  | FaultOp
  | SyncOp
  | FlushOp
  | LoadOp
  | UnloadOp
  | RegisterOp
  | ReserveOp
  | ReleaseOp
  | Va2MaOp;
export type OpKind = Op['op'];

/** An address: absolute, or counted from the start of a mapping made earlier in the scenario. */
export type AddressRef = { readonly va: bigint } | { readonly mapping: string; readonly offset: bigint };

/** vmk_MpnRange; with `count` it stands for that many, each `stride` MPNs behind the one before. */
export interface RangeSpec {
  readonly startMPN: bigint;
  readonly numPages: number;
  readonly count?: number | undefined;
  readonly stride?: bigint | undefined;
}

/** What a reader is told of an operation; the machine does not look at it. */
interface Noted {
  readonly note?: string | undefined;
}
interface OnPcpu extends Noted {
  readonly pcpu: number;
}
interface InContext extends OnPcpu {
  readonly context: Context;
}

/** vmk_Map. `as` names the mapping for later operations. */
export interface MapOp extends InContext {
  readonly op: 'map';
  readonly as: string;
  /** A name from the configuration or a load, or a raw vmk_ModuleID. */
  readonly module: string | number;
  readonly mapType: number;
  readonly attrs: bigint;
  readonly ranges: readonly RangeSpec[];
  /** Absent means NULL. */
  readonly reservation?: string | undefined;
}
export interface UnmapOp extends InContext {
  readonly op: 'unmap';
  readonly at: AddressRef;
}
/** vmk_MapChangeAttributes. */
export interface ChangeOp extends InContext {
  readonly op: 'change';
  readonly at: AddressRef;
  readonly attrs: bigint;
}
export interface AccessOp extends OnPcpu {
  readonly op: 'access';
  readonly at: AddressRef;
  readonly kind: AccessKind;
  readonly privilege: Privilege;
  readonly ac: boolean;
  /** More than 1 makes a burst whose results are summed up. */
  readonly count: number;
  /** Bytes from one access of a burst to the next. */
  readonly stride: bigint;
  /** The 64-bit word that a write stores; by default one that names the operation. */
  readonly value?: bigint | undefined;
}
export interface PokeOp extends OnPcpu {
  readonly op: 'poke';
  /** Machine address, a multiple of 8. */
  readonly ma: bigint;
  readonly value: bigint;
}
export type InvalidateOp = OnPcpu & { readonly op: 'invalidate' } & (
    | { readonly how: 'invlpg'; readonly at: AddressRef }
    | {
        readonly how: 'invpcid';
        readonly type: 0 | 1 | 2 | 3;
        readonly pcid: number;
        readonly at?: AddressRef | undefined;
      }
    | { readonly how: 'cr3'; readonly pcid: number; readonly keep: boolean }
    | { readonly how: 'pge' }
  );
export type SetOp = OnPcpu & { readonly op: 'set' } & (
    | { readonly what: 'control'; readonly name: ControlName; readonly value: boolean }
    | { readonly what: 'pat'; readonly slot: number; readonly type: PatType }
    | { readonly what: 'mtrrs'; readonly mtrrs: Mtrrs }
    | { readonly what: 'policy'; readonly name: PolicyName; readonly value: string }
    | { readonly what: 'limit'; readonly name: LimitName; readonly value: number }
  );
/** Turns interrupts at a PCPU off or on. */
export interface MaskOp extends OnPcpu {
  readonly op: 'mask';
  readonly masked: boolean;
}

/** What can be made to go wrong, once for each `times`, from this operation on. */
export const INJECTIONS = {
  dropIpi: 'the next IPI to the PCPU is lost',
  delayIpi: 'the next IPI to the PCPU takes longer, by `cycles`',
  duplicateIpi: 'the next IPI to the PCPU arrives twice',
  dropAck: 'the next acknowledgement from the PCPU is lost',
  delayAck: 'the next acknowledgement from the PCPU takes longer, by `cycles`',
  duplicateAck: 'the next acknowledgement from the PCPU arrives twice',
  skipLocalFlush: 'the PCPU, as initiator, leaves out its own flush',
  skipRemoteFlush: 'the PCPU, as target, acknowledges without flushing',
  skipCacheFlush: 'the PCPU leaves out the cache flush of a memory type change',
  earlyRelease: 'the PCPU, as initiator, gives frames and VA back before anyone acknowledged',
  flushFirst: 'the PCPU, as initiator, flushes before it writes the entries instead of after',
  noFrame: 'no frame is left for a page table on the PCPU',
} as const;
export type Injection = keyof typeof INJECTIONS;

export interface FaultOp extends OnPcpu {
  readonly op: 'fault';
  readonly what: Injection;
  readonly times: number;
  readonly cycles: number;
}
/** Waits until every PCPU is idle and no message is on its way. */
export interface SyncOp extends Noted {
  readonly op: 'sync';
}
/** Flushes what the lazy policy holds back. */
export interface FlushOp extends OnPcpu {
  readonly op: 'flush';
}
export interface LoadOp extends OnPcpu {
  readonly op: 'load';
  readonly module: string;
}
export interface UnloadOp extends OnPcpu {
  readonly op: 'unload';
  readonly module: string | number;
}
/** vmk_IOResourceRegister. */
export interface RegisterOp extends OnPcpu {
  readonly op: 'register';
  readonly resource: string;
  readonly start: bigint;
  readonly length: bigint;
  readonly attrs: readonly IoAttrName[];
}
/** vmk_IOResourceReserve, of a whole resource. */
export interface ReserveOp extends OnPcpu {
  readonly op: 'reserve';
  readonly as: string;
  readonly module: string | number;
  readonly resource: string;
}
/** vmk_IOResourceRelease. */
export interface ReleaseOp extends OnPcpu {
  readonly op: 'release';
  readonly reservation: string;
}
/** vmk_VA2MA. */
export interface Va2MaOp extends OnPcpu {
  readonly op: 'va2ma';
  readonly at: AddressRef;
  readonly length: bigint;
}

/** The PCPU an operation runs on; `sync` waits for all and is accounted to PCPU 0. */
export const pcpuOf = (op: Op): number => (op.op === 'sync' ? 0 : op.pcpu);

/** The mapping name an operation needs to exist first. */
export function needsMapping(op: Op): string | undefined {
  const at = 'at' in op ? op.at : undefined;
  return at && 'mapping' in at ? at.mapping : undefined;
}

/** What reads or changes mappings, modules or resources goes one after the other. */
export const LOCKED: ReadonlySet<OpKind> = new Set([
  'map',
  'unmap',
  'change',
  'flush',
  'unload',
  'register',
  'reserve',
  'release',
] as const);
