import { err, ok, type Result } from '../base/result';

/** What the machine's address space holds. Anything between regions is a hole. */
export const REGION_KINDS = ['ram', 'rom', 'device', 'reserved'] as const;
export type RegionKind = (typeof REGION_KINDS)[number];

export interface Region {
  readonly kind: RegionKind;
  readonly startMPN: number;
  readonly pages: number;
  readonly name: string;
}

/** The memory map, sorted; look-ups by frame number. */
export class RegionMap {
  private last = 0;

  private constructor(readonly regions: readonly Region[]) {}

  /** Regions may come in any order but must not overlap or pass `limit` frames. */
  static make(
    regions: readonly Region[],
    limit: number,
  ): Result<RegionMap, { readonly index: number; readonly message: string }> {
    const sorted = regions
      .map((region, index) => ({ region, index }))
      .toSorted((a, b) => a.region.startMPN - b.region.startMPN);
    let end = 0;
    for (const { region, index } of sorted) {
      if (region.startMPN < end)
        return err({
          index,
          message: `starts at MPN ${region.startMPN}, inside the region before it, which ends at ${end - 1}`,
        });
      end = region.startMPN + region.pages;
      if (end > limit) return err({ index, message: `ends at MPN ${end - 1}; MAXPHYADDR allows ${limit - 1}` });
    }
    return ok(new RegionMap(sorted.map(({ region }) => region)));
  }

  /** The region of a frame. */
  at(mpn: number): Region | undefined {
    const { regions } = this;
    let region = regions[this.last];
    if (region && mpn >= region.startMPN && mpn < region.startMPN + region.pages) return region;
    let low = 0;
    let high = regions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (regions[middle].startMPN <= mpn) low = middle + 1;
      else high = middle;
    }
    region = regions[low - 1];
    if (!region || mpn >= region.startMPN + region.pages) return undefined;
    this.last = low - 1;
    return region;
  }

  /** True when every frame of [start, end) is RAM. */
  isRam(start: number, end: number): boolean {
    for (let at = start; at < end;) {
      const region = this.at(at);
      if (region?.kind !== 'ram') return false;
      at = region.startMPN + region.pages;
    }
    return true;
  }

  /** Frames of RAM in all. */
  get ramPages(): number {
    return this.regions.reduce((sum, { kind, pages }) => (kind === 'ram' ? sum + pages : sum), 0);
  }
}
