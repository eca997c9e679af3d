import type { HazardRule } from '../machine/hazards';
import type { ActName } from './picture-timeline';

/** So many columns has the small picture of a run. */
export const STRIP_COLUMNS = 128;

/** What a PCPU is in besides what it does. */
export const STRIP_OWES = 1;
export const STRIP_WAITS = 2;

/** A whole run in a picture as small as a stamp: tracks of columns. The columns are time, but what lasts ten times longer is not ten times wider. */
export interface Strip {
  /** Tracks; PCPUs behind the eighth have none. */
  readonly tracks: number;
  readonly pcpus: number;
  /** What the codes in `acts` mean; code 0 is nothing, code 1 is the first. */
  readonly names: readonly ActName[];
  /** By track and column: what lasts longest there, and bits of `STRIP_OWES` and `STRIP_WAITS`. */
  readonly acts: Uint8Array;
  readonly under: Uint8Array;
  readonly messages: readonly StripMessage[];
  readonly hazards: readonly StripHazard[];
  readonly steps: number;
  readonly cycles: number;
  /** Whether it ended by itself, or was cut off. */
  readonly whole: boolean;
}

/** From a place of one track to a place of another; places are in columns. */
export interface StripMessage {
  readonly kind: 'ipi' | 'ack';
  readonly from: number;
  readonly to: number;
  readonly sent: number;
  readonly arrives: number;
  readonly lost: boolean;
}

export interface StripHazard {
  readonly rule: HazardRule;
  readonly track: number;
  readonly at: number;
}
