import { hex } from '../../base/number';
import { err, type Result } from '../../base/result';
import { LEVELS, PAGE_SIZE, SPAN, TABLE_ENTRIES, vaOfVpn } from '../../machine/address';
import { DEFAULT_CONFIG, DEFAULT_REGIONS } from '../../machine/config';
import { BIT } from '../../machine/entry-format';
import type { Region } from '../../machine/regions';
import type { ImageFrame, TableImage } from '../../machine/table-image';
import { printWords } from '../image-words';
import { DOCUMENT_LIMITS } from '../limits';
import { parseScenario, type Scenario } from '../parse';
import { printConfig } from '../print-config';
import { describeProblems } from '../problem';

/** Tables from elsewhere with the machine around them, as a scenario in which nothing happens yet. */
export interface Tables {
  readonly title: string;
  readonly root: number;
  readonly frames: readonly ImageFrame[];
  /** The machine, as a document writes it; without it, one in which these tables have a place. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}

export function scenarioOfTables({ title, root, frames, config }: Tables): Result<Scenario> {
  const read = parseScenario({
    version: 1,
    title: title.slice(0, DOCUMENT_LIMITS.title.max),
    config: {
      ...(config ?? machineAround(frames)),
      alias: false,
      image: {
        cr3: hex(root * PAGE_SIZE),
        frames: frames.map(({ mpn, words }) => ({ mpn, words: printWords(words) })),
      },
    },
    ops: [],
  });
  return read.ok ? read : err(describeProblems(read.error));
}

/** The usual machine, with addresses wide enough for every present entry, and RAM where the tables stand. */
function machineAround(frames: readonly ImageFrame[]): Readonly<Record<string, unknown>> {
  const maxPhyAddr = Math.max(DEFAULT_CONFIG.maxPhyAddr, ...frames.map(widthOf));
  const regions = withRoom(frames.map(({ mpn }) => mpn).toSorted((a, b) => a - b));
  return printConfig({ ...DEFAULT_CONFIG, maxPhyAddr, regions, alias: undefined });
}

/** Bits of the widest machine address in a table, its own included. */
function widthOf({ mpn, words }: ImageFrame): number {
  let high = Math.floor(mpn / 2 ** 20);
  for (let i = 0; i < words.length; i += 2) if ((words[i] & BIT.P) !== 0) high |= words[i + 1] & 0xf_ffff;
  return 64 - Math.clz32(high);
}

/** The usual regions, and RAM in each hole between them in which a table stands. */
function withRoom(mpns: readonly number[]): readonly Region[] {
  const regions = [...DEFAULT_REGIONS].toSorted((a, b) => a.startMPN - b.startMPN);
  const holes = regions.map(({ startMPN, pages }, i) => ({
    start: startMPN + pages,
    end: regions[i + 1]?.startMPN ?? Infinity,
  }));
  const added = holes.flatMap(({ start, end }): readonly Region[] => {
    const inside = mpns.filter((mpn) => mpn >= start && mpn < end);
    if (inside.length === 0) return [];
    return [{ kind: 'ram', name: 'imported tables', startMPN: inside[0], pages: inside.at(-1)! - inside[0] + 1 }];
  });
  return added.length === 0 ? DEFAULT_REGIONS : [...regions, ...added];
}

/** The first address that the tables map, to have something to look at. */
export function firstPage({ root, frames }: TableImage): bigint | undefined {
  const tables = new Map(frames.map(({ mpn, words }) => [mpn, words]));
  let left = frames.length * LEVELS.length;
  const visit = (mpn: number, level: number, prefix: number): number | undefined => {
    const words = tables.get(mpn);
    if (!words || left-- <= 0) return undefined;
    for (let i = 0; i < TABLE_ENTRIES; i++) {
      const [lo, hi] = [words[i * 2], words[i * 2 + 1]];
      if ((lo & BIT.P) === 0) continue;
      const n = prefix * TABLE_ENTRIES + i;
      if (level === 1 || (lo & BIT.PS) !== 0) return n * SPAN[level as 1];
      const found = visit((hi & 0xf_ffff) * 2 ** 20 + (lo >>> 12), level - 1, n);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const vpn = visit(root, 4, 0);
  return vpn === undefined ? undefined : vaOfVpn(vpn);
}
