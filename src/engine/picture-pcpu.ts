import type { PageLevel } from '../machine/address';
import type { Staleness } from '../machine/mmu';
import type { StructureLevel, TlbName } from '../machine/tlb';

export interface PcpuPicture {
  readonly id: number;
  readonly masked: boolean;
  /** What it is doing: `idle`, `vmk_Map: writes 24 entries`, `waits for 3 acknowledgements`. */
  readonly doing: string;
  /** `waits`: for a lock or for acknowledgements. */
  readonly state: 'idle' | 'busy' | 'waits';
  readonly counters: {
    readonly hits1: number;
    readonly hits2: number;
    readonly walks: number;
    readonly faults: number;
  };
  /** TLB entries it has, and those of them that no longer agree with the tables. */
  readonly live: number;
  readonly stale: number;
  /** Invalidations that this PCPU still owes. */
  readonly owes: number;
  /** IPIs that wait because its interrupts are off. */
  readonly held: number;
  /** Whether a TLB entry of it translates the selected address. */
  readonly covers: 'none' | 'fresh' | 'stale';
  /** What its caches hold; only for the PCPUs that the look names. */
  readonly caches?: PcpuCaches | undefined;
}

export interface PcpuCaches {
  readonly tlbs: readonly TlbPicture[];
  readonly structures: readonly StructurePicture[];
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
