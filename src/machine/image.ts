import { SPAN, TABLE_ENTRIES, type Level } from './address';
import { makeControl, type Control } from './control';
import type { MachineConfig } from './config';
import { BIT } from './entry-format';
import type { ImageFrame, TableImage } from './table-image';
import type { TableLevel, TableRun } from './tables';
import { targetOf } from './walk';

interface Table {
  readonly prefix: number;
  readonly words: Int32Array;
}
type Around = Pick<MachineConfig, 'control' | 'maxPhyAddr' | 'window'>;

/**
 * Looks at tables from CR3 down. One is vmkernel's to write in when its words are there, the entry that leads to it allows writing and
 * fetching, and no entry before leads to it too. Any other entry that is not 0 takes the addresses that it stands for.
 */
export function readImage(root: number, frames: readonly ImageFrame[], around: Around): TableImage {
  const control = makeControl(around.control, around.maxPhyAddr);
  const left = new Map(frames.map(({ mpn, words }) => [mpn, words]));
  const tables: TableRun[] = [];
  const taken = new Taken(around.window);
  let found: readonly Table[] = [{ prefix: 0, words: left.get(root) ?? new Int32Array(TABLE_ENTRIES * 2) }];
  left.delete(root);
  for (let level: Level = 4; level >= 1; level--) {
    const below: Table[] = [];
    const span = SPAN[level as Level];
    for (const { prefix, words } of found) {
      for (let i = 0; i < TABLE_ENTRIES; i++) {
        const [lo, hi] = [words[i * 2], words[i * 2 + 1]];
        if (lo === 0 && hi === 0) continue;
        const n = prefix * TABLE_ENTRIES + i;
        const mpn = isOpen(level as Level, lo, hi, control) ? targetOf(lo, hi, control) : -1;
        const table = left.get(mpn);
        if (!table) taken.add(n * span, (n + 1) * span);
        else {
          left.delete(mpn);
          below.push({ prefix: n, words: table });
          tables.push({ level: (level - 1) as TableLevel, prefix: n, mpn, count: 1 });
        }
      }
    }
    found = below;
  }
  return { root, frames, tables, taken: taken.spans };
}

/** Whether an entry leads to a table, with every right that vmk_Map may promise. */
function isOpen(level: Level, lo: number, hi: number, control: Control): boolean {
  const wanted = BIT.P | BIT.RW;
  return level > 1 && (lo & wanted) === wanted && (lo & BIT.PS) === 0 && hi >= 0 && (hi & control.reservedHigh) === 0;
}

/** VPNs within the window; neighbours that come one after the other are one. */
class Taken {
  readonly spans: { start: number; end: number }[] = [];

  constructor(private readonly window: MachineConfig['window']) {}

  add(from: number, to: number): void {
    const start = Math.max(from, this.window.vpn);
    const end = Math.min(to, this.window.vpn + this.window.pages);
    const last = this.spans.at(-1);
    if (start >= end) return;
    if (last?.end === start) last.end = end;
    else this.spans.push({ start, end });
  }
}
