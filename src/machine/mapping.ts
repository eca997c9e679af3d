import type { PageLevel } from './address';
import type { RangeList } from './ranges';
import type { Flags } from './tables';

/** What one vmk_Map made. */
export interface Mapping {
  readonly id: number;
  /** The name that the scenario gave it. */
  readonly name: string;
  readonly op: number;
  readonly module: number;
  readonly vpn: number;
  readonly pages: number;
  /** As the request or the last change said. */
  readonly attrs: bigint;
  /** MIGHTCHANGE at the time of mapping; it stays whatever later attributes say. */
  readonly mightChange: boolean;
  readonly ranges: RangeList;
  /** The largest pages its entries may use. */
  readonly largest: PageLevel;
  /** The flags that its 4 KiB entries were last written with; large ones have the same rights and PAT slot. */
  readonly written: Flags;
  /** `entries` has its own; `alias` is a reference to the linear alias. */
  readonly kind: 'entries' | 'alias';
  readonly device: boolean;
  readonly reservation?: string | undefined;
}

export interface Module {
  readonly id: number;
  readonly name: string;
  readonly loaded: boolean;
}

export const VMKERNEL = 0;

/** vmk_IOResource. */
export interface IoResource {
  readonly name: string;
  /** Bytes. */
  readonly start: number;
  readonly length: number;
  /** SHAREABLE 1, CACHEABLE 2, PREFETCHABLE 4. */
  readonly attrs: number;
}

/** vmk_IOReservation. */
export interface IoReservation {
  readonly name: string;
  readonly module: number;
  readonly resource: string;
}
