import { lowVa, PAGE_SIZE, SPAN } from '../machine/address';
import type { Machine } from '../machine/machine';
import { staleness } from '../machine/mmu';
import type { SetCache, SetCacheSnapshot } from '../machine/set-cache';
import { TLB_NAMES, type Tlb, type TlbEntry } from '../machine/tlb';
import type { PcpuPicture } from './picture-pcpu';

export type TlbSummary = Pick<PcpuPicture, 'live' | 'stale' | 'covers'>;

/** What one TLB was found to hold: of each entry its first VPN, its pages, and whether it is stale. */
interface Known {
  readonly version: string;
  readonly vpns: Float64Array;
  readonly spans: Float64Array;
  readonly stales: Uint8Array;
  readonly stale: number;
}

/** What is known of one machine, because two may share the contents of a TLB and have different tables. */
interface Remembered {
  readonly tlbs: WeakMap<SetCacheSnapshot, Known>;
  /** An entry compared with the tables of `version`, by page: PCPUs mostly hold the same ones. */
  readonly pages: Map<number, { readonly entry: TlbEntry; readonly stale: boolean }>;
  version: string;
}
const REMEMBERED = new WeakMap<Machine, Remembered>();

function rememberedOf(m: Machine, version: string): Remembered {
  const memory = REMEMBERED.get(m) ?? { tlbs: new WeakMap(), pages: new Map(), version };
  REMEMBERED.set(m, memory);
  if (memory.version !== version) memory.pages.clear();
  memory.version = version;
  return memory;
}

/**
 * Names what the tables say, so that what was found once need not be looked up again. Writes that can make an entry stale are
 * counted by the machine; those of vmk_Map are not, but there is one at a time, and it ends with a record of its own.
 */
export function tablesVersion({ state, ops }: Machine): string {
  const mapping = state.pcpus.some(({ call }) => call && ops[call.op]?.op === 'map');
  return `${state.tablesVersion} ${state.records.size} ${mapping ? state.step : ''}`;
}

/** How much the TLBs of a PCPU hold, how much of it is stale, and whether an address is among it. */
export function summaryOf(m: Machine, pcpu: number, va: bigint, version: string): TlbSummary {
  const tlb = m.tlbs[pcpu];
  const vpn = Math.floor(lowVa(va) / PAGE_SIZE);
  let [live, stale, fresh, old] = [0, 0, false, false];
  for (const name of TLB_NAMES) {
    if (tlb[name].live === 0) continue;
    const known = knownOf(m, tlb, tlb[name], version);
    live += tlb[name].live;
    stale += known.stale;
    known.vpns.forEach((first, i) => {
      if (vpn < first || vpn >= first + known.spans[i]) return;
      if (known.stales[i] === 1) old = true;
      else fresh = true;
    });
  }
  return { live, stale, covers: old ? 'stale' : fresh ? 'fresh' : 'none' };
}

/** How many TLB entries of a PCPU no longer agree with the tables. */
export function staleCount(m: Machine, pcpu: number): number {
  const unit = m.paging;
  let stale = 0;
  m.tlbs[pcpu].forEach((entry) => {
    if (staleness(unit, entry)) stale++;
  });
  return stale;
}

function knownOf(m: Machine, tlb: Tlb, cache: SetCache, version: string): Known {
  const memory = rememberedOf(m, version);
  const contents = cache.snapshot();
  const known = memory.tlbs.get(contents);
  if (known?.version === version) return known;
  const found = compare(m, tlb, cache, memory);
  memory.tlbs.set(contents, found);
  return found;
}

const alike = (a: TlbEntry, b: TlbEntry): boolean => a.mpn === b.mpn && a.rights === b.rights && a.type === b.type;

/** At most one walk of the tables an entry. */
function compare(m: Machine, tlb: Tlb, cache: SetCache, { version, pages }: Remembered): Known {
  const unit = m.paging;
  const isStale = (entry: TlbEntry): boolean => {
    const key = entry.vpn * 4 + entry.level;
    const seen = pages.get(key);
    if (seen && alike(seen.entry, entry)) return seen.stale;
    const found = staleness(unit, entry) !== undefined;
    pages.set(key, { entry, stale: found });
    return found;
  };
  const vpns = new Float64Array(cache.live);
  const spans = new Float64Array(cache.live);
  const stales = new Uint8Array(cache.live);
  let [at, stale] = [0, 0];
  tlb.forEachIn(cache, (entry: TlbEntry) => {
    vpns[at] = entry.vpn;
    spans[at] = SPAN[entry.level];
    if (isStale(entry)) {
      stales[at] = 1;
      stale++;
    }
    at++;
  });
  return { version, vpns, spans, stales, stale };
}
