import { SPAN, type PageLevel } from './address';
import type { RangeList } from './ranges';

/** Consecutive entries of one level that map consecutive frames. */
export interface Segment {
  readonly level: PageLevel;
  readonly vpn: number;
  readonly mpn: number;
  /** Pages of 4 KiB. */
  readonly pages: number;
}

/** Cuts one range into the largest pages that fit: both addresses must be multiples of the page size. */
export function* cutRange(vpn: number, mpn: number, pages: number, largest: PageLevel): Generator<Segment> {
  const span = SPAN[largest];
  const fits = largest > 1 && (vpn - mpn) % span === 0;
  const start = Math.ceil(vpn / span) * span;
  const end = Math.floor((vpn + pages) / span) * span;
  if (largest === 1) yield { level: 1, vpn, mpn, pages };
  else if (!fits || start >= end) yield* cutRange(vpn, mpn, pages, (largest - 1) as PageLevel);
  else {
    const smaller = (largest - 1) as PageLevel;
    if (start > vpn) yield* cutRange(vpn, mpn, start - vpn, smaller);
    yield { level: largest, vpn: start, mpn: mpn + (start - vpn), pages: end - start };
    if (end < vpn + pages) yield* cutRange(end, mpn + (end - vpn), vpn + pages - end, smaller);
  }
}

/** The segments of a whole mapping. */
export function* segmentsOf(vpn: number, { starts, pages }: RangeList, largest: PageLevel): Generator<Segment> {
  let at = vpn;
  for (let i = 0; i < starts.length; i++) {
    yield* cutRange(at, starts[i], pages[i], largest);
    at += pages[i];
  }
}

/** What has leaf entries: a mapping, or one that is being made. */
interface Leaves {
  readonly vpn: number;
  readonly pages: number;
  readonly ranges: RangeList;
  readonly largest: PageLevel;
}

/**
 * Where the leaf entries of a mapping stand. With 4 KiB pages that is one segment, whatever frames its entries point to: who needs the
 * frames reads the ranges.
 */
export const leafSegments = ({ vpn, pages, ranges, largest }: Leaves): Iterable<Segment> =>
  largest === 1 ? [{ level: 1, vpn, mpn: ranges.starts[0], pages }] : segmentsOf(vpn, ranges, largest);

/** How many entries map the pages of a mapping. */
export function leafCount(vpn: number, ranges: RangeList, largest: PageLevel): number {
  if (largest === 1) return ranges.total;
  let count = 0;
  for (const segment of segmentsOf(vpn, ranges, largest)) count += segment.pages / SPAN[segment.level];
  return count;
}

/** The VPN offset, modulo the largest page, at which the first range that holds one would be aligned. */
export function alignmentOf(
  { starts, pages }: RangeList,
  largest: PageLevel,
): { readonly align: number; readonly offset: number } {
  for (let level = largest; level > 1; level--) {
    const align = SPAN[level];
    let before = 0;
    for (let i = 0; i < starts.length; i++) {
      const start = Math.ceil(starts[i] / align) * align;
      if (start + align <= starts[i] + pages[i])
        return { align, offset: (((starts[i] - before) % align) + align) % align };
      before += pages[i];
    }
  }
  return { align: 1, offset: 0 };
}
