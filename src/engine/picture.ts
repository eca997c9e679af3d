import type { Cycles } from '../machine/cycles';
import type { ControlBits } from '../machine/control-bits';
import type { Policies } from '../machine/config';
import type { PatType } from '../machine/memory-type';
import type { AccessTally } from '../machine/micro';
import type { Mtrrs } from '../machine/mtrr';
import type { Fault } from '../machine/walk';
import type { FramesPicture } from './picture-frames';
import type { MessagePicture, PcpuPicture } from './picture-pcpu';
import type { TreePicture } from './picture-tree';
import type { WalkPicture } from './picture-walk';

export * from './picture-frames';
export type * from './picture-pcpu';
export type * from './picture-reach';
export type * from './picture-timeline';
export type * from './picture-tree';
export type * from './picture-walk';

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
  /** All tables, when they are looked at. */
  readonly tree?: TreePicture | undefined;
  /** All PCPUs, when they are looked at; otherwise none. */
  readonly pcpus: readonly PcpuPicture[];
  readonly messages: readonly MessagePicture[];
  /** When they are looked at. */
  readonly frames?: FramesPicture | undefined;
  readonly hazards: readonly HazardPicture[];
  readonly tables: TableCount;
  /** The control bits in this step; without them the reader takes those of the configuration. */
  readonly control: ControlBits;
  /** The PAT in this step. */
  readonly pat: readonly PatType[];
  /** The MTRRs and the policies in this step. */
  readonly mtrrs: Mtrrs;
  readonly policies: Policies;
  /** How many TLB entries of all PCPUs no longer agree with the tables. */
  readonly stale: number;
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
  /** The fault that it ended in, and the word that a single access read or wrote. */
  readonly fault?: Fault | undefined;
  readonly value?: bigint | undefined;
  /** Whether it, or one of its accesses, ended in a fault. */
  readonly faulted?: boolean | undefined;
  /** How the accesses of an `access` ended. */
  readonly access?: AccessTally | undefined;
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
  /** While vmk_MapChangeAttributes is under way: the attributes that it writes. */
  readonly becoming?: bigint | undefined;
  /** `alias` is the read-only fast path. */
  readonly kind: 'entries' | 'alias';
  /** Whether vmk_MapChangeAttributes may be used: as it was mapped, whatever the attributes say now. */
  readonly mightChange: boolean;
  readonly ranges: number;
  readonly firstMPN: number;
  /** The operation that made it. */
  readonly op: number;
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

/** What one address leads to by the tables, and how many TLB entries of all PCPUs disagree with them. */
export interface Standing {
  readonly walk: WalkPicture;
  readonly stale: number;
}

/** One moment, with the tables as they are and with another word in them. */
export interface Tried {
  readonly now: Standing;
  readonly after: Standing;
}

/** What the form learns before it commits: the same operation on a copy of the machine. */
export interface Prediction {
  readonly outcome: Outcome;
  readonly pages: number;
  readonly tables: number;
  readonly entries: number;
  readonly hazards: readonly HazardPicture[];
}
