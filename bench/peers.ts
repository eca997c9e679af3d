/**
 * What the machine is measured against: the same work by hand, in flat typed arrays, with nothing persistent, nothing decoded and
 * nothing explained. These are limits, not alternatives.
 */

/** Four-level tables in one flat heap; table t has its entries at t · 512 · 2. */
export interface FlatTables {
  readonly words: Int32Array;
  tables: number;
}

export const flatTables = (tables: number): FlatTables => ({ words: new Int32Array(tables * 1024), tables: 1 });

/** Maps pages one by one from VPN `vpn`, with a walk a page, as a plain kernel loop would. */
export function mapFlat(heap: FlatTables, vpn: number, starts: Float64Array, flags: number, high: number): void {
  const { words } = heap;
  const prefix3 = Math.floor(vpn / 2 ** 27) & 511;
  const low = vpn % 2 ** 27;
  for (let i = 0; i < starts.length; i++) {
    const page = low + i;
    const pdpt = next(heap, prefix3);
    const pd = next(heap, pdpt * 512 + ((page >>> 18) & 511));
    const pt = next(heap, pd * 512 + ((page >>> 9) & 511));
    const at = (pt * 512 + (page & 511)) * 2;
    const mpn = starts[i];
    words[at] = flags | (mpn << 12);
    words[at + 1] = high | (mpn / 0x10_0000);
  }
}

/** The table an entry points to, made when it is not there. */
function next(heap: FlatTables, entry: number): number {
  const { words } = heap;
  if ((words[entry * 2] & 1) === 0) words[entry * 2] = 7 | (heap.tables++ << 12);
  return words[entry * 2] >>> 12;
}

/** The bare look-up: four dependent loads, presence checked, no rights, no A or D. Returns a sum of frames. */
export function lookUpFlat({ words }: FlatTables, vaHi: Int32Array, vaLo: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < vaLo.length; i++) {
    const hi = vaHi[i];
    const lo = vaLo[i];
    const a = words[((hi >>> 7) & 511) * 2];
    if ((a & 1) === 0) continue;
    const b = words[((a >>> 12) * 512 + (((hi << 2) | (lo >>> 30)) & 511)) * 2];
    if ((b & 1) === 0) continue;
    const c = words[((b >>> 12) * 512 + ((lo >>> 21) & 511)) * 2];
    if ((c & 1) === 0) continue;
    const d = words[((c >>> 12) * 512 + ((lo >>> 12) & 511)) * 2];
    if ((d & 1) !== 0) sum = (sum + (d >>> 12)) | 0;
  }
  return sum;
}

const WAY = 5;

/** A TLB pair by hand: L1 64 × 4 ways, L2 1536 × 12 ways, true LRU, filled by a full walk with rights and A/D. */
export class FlatTlb {
  private readonly l1 = new Int32Array(16 * 4 * WAY);
  private readonly l2 = new Int32Array(128 * 12 * WAY);
  private now = 0;
  hits = 0;
  misses = 0;
  sum = 0;

  constructor(private readonly heap: FlatTables) {}

  burst(va: number, stride: number, count: number, write: boolean): void {
    const { l1, l2 } = this;
    let now = this.now;
    for (let n = 0; n < count; n++) {
      const hi = Math.floor(va / 0x1_0000_0000);
      const lo = va | 0;
      const key = (lo >>> 12) | (hi << 20);
      const tag = 0x8000_0000 | (hi >>> 12);
      now++;
      let at = probe(l1, (key & 15) * 4 * WAY, 4, key, tag | 0);
      if (at >= 0 && (!write || (l1[at + 3] & 0x42) === 0x42)) {
        l1[at + 4] = now;
        this.hits++;
        this.sum = (this.sum + l1[at + 2]) | 0;
      } else {
        at = probe(l2, (key & 127) * 12 * WAY, 12, key, tag | 0);
        if (at >= 0 && (!write || (l2[at + 3] & 0x42) === 0x42)) {
          l2[at + 4] = now;
          this.hits++;
          fill(l1, (key & 15) * 4 * WAY, 4, key, tag | 0, l2[at + 2], l2[at + 3], now);
        } else this.walk(hi, lo, key, tag | 0, write, now);
      }
      va += stride;
    }
    this.now = now;
  }

  private walk(hi: number, lo: number, key: number, tag: number, write: boolean, now: number): void {
    const { words } = this.heap;
    let rights = 7;
    let table = 0;
    for (let level = 4; level >= 1; level--) {
      const index =
        (level === 1 ? lo >>> 12 : level === 2 ? lo >>> 21 : level === 3 ? (hi << 2) | (lo >>> 30) : hi >>> 7) & 511;
      const at = (table * 512 + index) * 2;
      const entry = words[at];
      if ((entry & 1) === 0) return;
      rights &= entry;
      const used = level === 1 && write ? 0x60 : 0x20;
      if ((entry & used) !== used) words[at] = entry | used;
      table = entry >>> 12;
    }
    if (write && (rights & 2) === 0) return;
    this.misses++;
    const flags = rights | (write ? 0x40 : 0);
    fill(this.l1, (key & 15) * 4 * WAY, 4, key, tag, table, flags, now);
    fill(this.l2, (key & 127) * 12 * WAY, 12, key, tag, table, flags, now);
  }
}

function probe(cache: Int32Array, set: number, ways: number, key: number, tag: number): number {
  for (let at = set; at < set + ways * WAY; at += WAY) if (cache[at] === key && cache[at + 1] === tag) return at;
  return -1;
}

function fill(
  cache: Int32Array,
  set: number,
  ways: number,
  key: number,
  tag: number,
  frame: number,
  flags: number,
  now: number,
): void {
  let oldest = set;
  for (let at = set; at < set + ways * WAY; at += WAY) {
    if (cache[at] === key && cache[at + 1] === tag) {
      oldest = at;
      break;
    }
    if (cache[at + 4] < cache[oldest + 4]) oldest = at;
  }
  cache[oldest] = key;
  cache[oldest + 1] = tag;
  cache[oldest + 2] = frame;
  cache[oldest + 3] = flags;
  cache[oldest + 4] = now;
}
