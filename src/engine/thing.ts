import type { Level, PageLevel } from '../machine/address';
import type { TlbName } from '../machine/tlb';

/** Whatever a view shows that can be pointed at or selected. Addresses are unsigned 64-bit. */
export type Thing =
  /** An address, or the page of a level that it lies in. */
  | { readonly kind: 'va'; readonly va: bigint; readonly level?: PageLevel | undefined }
  /** An entry on the way of an address. */
  | {
      readonly kind: 'entry';
      readonly va: bigint;
      readonly level: Level;
      readonly tableMPN: number;
      readonly index: number;
    }
  /** A table on the way of an address. */
  | { readonly kind: 'table'; readonly va: bigint; readonly level: Level; readonly mpn: number }
  | { readonly kind: 'frame'; readonly mpn: number; readonly count: number }
  | {
      readonly kind: 'tlb';
      readonly pcpu: number;
      readonly tlb: TlbName;
      readonly set: number;
      readonly way: number;
      readonly va: bigint;
      readonly level: PageLevel;
      readonly mpn: number;
      /** The step that filled it. */
      readonly born: number;
    }
  | { readonly kind: 'mapping'; readonly id: number }
  | { readonly kind: 'op'; readonly index: number }
  /** What happens in a step: a span of the time line. */
  | { readonly kind: 'step'; readonly step: number }
  /** By its index in MessageSpans. */
  | { readonly kind: 'message'; readonly index: number }
  | { readonly kind: 'pcpu'; readonly id: number }
  /** By its index in the hazards of the picture. */
  | { readonly kind: 'hazard'; readonly index: number };

/** From `start` up to, not including, `end`. */
export interface Stretch<T> {
  readonly start: T;
  readonly end: T;
}

/** What belongs to a thing, in the terms of every view. Stretches are in order and apart from each other. */
export interface Lit {
  readonly vas: readonly Stretch<bigint>[];
  /** Machine frames, in MPNs; tables among them. */
  readonly frames: readonly Stretch<number>[];
  /** Machine addresses of entries. */
  readonly entries: readonly number[];
  readonly mappings: readonly number[];
  readonly ops: readonly Stretch<number>[];
  /** Steps of the time line. */
  readonly steps: readonly Stretch<number>[];
  readonly pcpus: readonly number[];
  /** Indices in MessageSpans. */
  readonly messages: readonly number[];
  /** Indices in the hazards of the picture. */
  readonly hazards: readonly number[];
}

/** Nothing belongs to anything. */
export const DARK: Lit = {
  vas: [],
  frames: [],
  entries: [],
  mappings: [],
  ops: [],
  steps: [],
  pcpus: [],
  messages: [],
  hazards: [],
};
