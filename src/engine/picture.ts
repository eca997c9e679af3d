import type { Level, PageLevel } from '../machine/address';
import type { Cycles } from '../machine/cycles';
import type { ControlBits } from '../machine/control-bits';
import type { EntryKind } from '../machine/entry-format';
import type { MemoryType, PatType } from '../machine/memory-type';
import type { StructureLevel, TlbName } from '../machine/tlb';
import type { Fault } from '../machine/walk';
import type { Staleness } from '../machine/mmu';
import type { RegionKind } from '../machine/regions';

/**
 * What the page shows of one step: plain data, computed by the worker, and no more of the machine than is on screen.
 */
export interface Picture {
  readonly step: number;
  /** Cycles since the start. */
  readonly time: number;
  /** What happens in this step, as one plain sentence. */
  readonly narration: string;
  /** The operation that this step belongs to; undefined before the first. */
  readonly op: number | undefined;
  /** By operation; what has not ended yet has no status. */
  readonly outcomes: readonly Outcome[];
  readonly modules: readonly ModulePicture[];
  readonly walk: WalkPicture;
  readonly pcpus: readonly PcpuPicture[];
  readonly messages: readonly MessagePicture[];
  readonly frames: FramesPicture;
  readonly hazards: readonly HazardPicture[];
  readonly tables: TableCount;
  /** The control bits in this step; without them the reader takes those of the configuration. */
  readonly control: ControlBits;
}

export interface Outcome {
  readonly index: number;
  readonly state: 'waiting' | 'running' | 'done' | 'skipped';
  /** The C call or act: `vmk_Map`, `access`. */
  readonly label: string;
  /** Absent for void calls and for acts that have no status. */
  readonly status?: string | undefined;
  readonly va?: bigint | undefined;
  /** The sentence that says why it was refused, or what it did. */
  readonly says: string;
  /** The field of the request that was wrong: `ranges[0].numPages`. */
  readonly field?: string | undefined;
  readonly cycles: Cycles;
  readonly total: number;
}

export interface ModulePicture {
  readonly id: number;
  readonly name: string;
  readonly loaded: boolean;
  /** Pages accounted to it. */
  readonly pages: number;
  readonly mappings: readonly MappingPicture[];
  /** Mappings beyond those listed. */
  readonly more: number;
}

export interface MappingPicture {
  readonly id: number;
  readonly name: string;
  readonly va: bigint;
  readonly pages: number;
  readonly attrs: bigint;
  /** `alias` is the read-only fast path. */
  readonly kind: 'entries' | 'alias';
  readonly ranges: number;
  readonly firstMPN: number;
  /** The operation that made it. */
  readonly op: number;
}

/** The walk of the selected address, as the tables stand. Nothing is changed by looking. */
export interface WalkPicture {
  readonly va: bigint;
  readonly root: number;
  readonly levels: readonly WalkLevelPicture[];
  readonly end: WalkEnd;
}

export interface WalkLevelPicture {
  readonly level: Level;
  readonly tableMPN: number;
  readonly index: number;
  /** Machine address of the entry. */
  readonly ma: number;
  readonly entry: bigint;
  readonly kind: EntryKind;
  /** Rights down to and including this level, as bits RW 2, US 4, XD 8; and of this entry alone. */
  readonly rights: number;
  readonly ownRights: number;
  /** The table changed in this step. */
  readonly changed: boolean;
  /** The 512 slots: 0 not present, 1 points to a table, 2 maps a page. */
  readonly slots: Uint8Array;
  /** Entries around the chosen one, for a list. */
  readonly near: readonly { readonly index: number; readonly entry: bigint; readonly target: number }[];
}

export type WalkEnd =
  | {
      readonly kind: 'page';
      readonly level: PageLevel;
      readonly mpn: number;
      /** Machine address of the selected byte. */
      readonly ma: number;
      readonly rights: number;
      readonly type: TypePicture;
      readonly region: RegionKind | undefined;
      readonly owner: string | undefined;
    }
  | { readonly kind: 'fault'; readonly fault: Fault };

export interface TypePicture {
  readonly patIndex: number;
  readonly pat: PatType;
  readonly mtrr: MemoryType;
  readonly mtrrSource: string;
  readonly effective: MemoryType;
  readonly notes: readonly number[];
}

export interface PcpuPicture {
  readonly id: number;
  readonly masked: boolean;
  /** What it is doing: `idle`, `vmk_Map: writes 24 entries`, `waits for 3 acknowledgements`. */
  readonly doing: string;
  readonly counters: {
    readonly hits1: number;
    readonly hits2: number;
    readonly walks: number;
    readonly faults: number;
  };
  readonly tlbs: readonly TlbPicture[];
  readonly structures: readonly StructurePicture[];
  readonly stale: number;
  /** Invalidations that this PCPU still owes. */
  readonly owes: number;
}

export interface TlbPicture {
  readonly name: TlbName;
  readonly sets: number;
  readonly ways: number;
  readonly live: number;
  /** At most 256, most recently used first. */
  readonly entries: readonly TlbEntryPicture[];
}

export interface TlbEntryPicture {
  readonly va: bigint;
  readonly level: PageLevel;
  readonly mpn: number;
  readonly rights: number;
  readonly dirty: boolean;
  readonly global: boolean;
  readonly type: string;
  readonly pcid: number;
  readonly set: number;
  readonly way: number;
  /** The step that filled it. */
  readonly born: number;
  readonly stale: Staleness | undefined;
  /** The id of the mapping whose VA it serves. */
  readonly mapping: number | undefined;
}

export interface StructurePicture {
  readonly level: StructureLevel;
  readonly va: bigint;
  readonly tableMPN: number;
  readonly stale: boolean;
}

export interface MessagePicture {
  readonly id: number;
  readonly kind: 'ipi' | 'ack';
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  readonly arrives: number;
}

/** Kinds of frame, in the order of their codes in `FramesPicture.kinds`. */
export const FRAME_KINDS = ['hole', 'ram', 'rom', 'device', 'reserved', 'pool', 'table', 'mapped', 'shared'] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

export interface FramesPicture {
  /** The window asked for. */
  readonly start: number;
  /** Codes into FRAME_KINDS, one a frame. `mapped`: by one mapping; `shared`: by several. */
  readonly kinds: Uint8Array;
  /** The first mapping of each frame by id, or -1. */
  readonly mappings: Int32Array;
  /** The level of a table frame, or 0. */
  readonly levels: Uint8Array;
  readonly regions: readonly {
    readonly kind: RegionKind;
    readonly name: string;
    readonly startMPN: number;
    readonly pages: number;
  }[];
}

export interface HazardPicture {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly tag: string;
  readonly title: string;
  readonly says: string;
  /** How often. */
  readonly times: number;
  readonly op: number | undefined;
  readonly step: number;
  readonly va?: bigint | undefined;
  readonly mpn?: number | undefined;
  readonly pcpu?: number | undefined;
}

export interface TableCount {
  /** Table frames in use, and frames of the pool. */
  readonly used: number;
  readonly pool: number;
}

/** What never changes while a scenario is loaded. */
export interface TimelinePicture {
  readonly steps: number;
  /** The time each step starts; index 0 is the state before anything. */
  readonly times: Float64Array;
  readonly ops: readonly { readonly label: string; readonly first: number; readonly last: number }[];
  /** Steps at which a hazard was raised. */
  readonly hazardSteps: readonly number[];
  /** Why the run ended early, when it did. */
  readonly stopped: string | undefined;
}

/** What the form learns before it commits: the same operation on a copy of the machine. */
export interface Prediction {
  readonly outcome: Outcome;
  readonly pages: number;
  readonly tables: number;
  readonly entries: number;
  readonly hazards: readonly HazardPicture[];
}
