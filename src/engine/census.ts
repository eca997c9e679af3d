import { IntervalMap } from '../base/interval-map';
import { TABLE_ENTRIES, type Level, type PageLevel } from '../machine/address';
import type { Machine } from '../machine/machine';
import type { TableLevel } from '../machine/tables';
import { stretchesOf, TO_TABLE, type Tables } from './entry-stretches';
import { Sums } from './sums';

/** Tables stored word by word that a census reads at most; what lies in others is not counted. */
const MOST_READ = 4096;

/** Where a table belongs: its level and its number among all possible tables of that level. */
export interface Place {
  readonly level: Level;
  readonly prefix: number;
}

/** Tables and pages of 4 KiB; `atLeast`, if not all of them were counted. */
interface Count {
  readonly tables: number;
  readonly pages: number;
  readonly atLeast: boolean;
}

const sumsByLevel = (): Readonly<Record<TableLevel, Sums>> => ({ 1: new Sums(), 2: new Sums(), 3: new Sums() });

/**
 * All tables that CR3 reaches, and the pages they map, counted without a look at every entry: folded runs count as one.
 * A frame that several entries lead to belongs to the first of them, the highest level first, then the lowest address, and counts once;
 * so tables that lead to each other come to an end.
 */
export class Census {
  private owners: IntervalMap<Place> = IntervalMap.empty((place, by) => ({ ...place, prefix: place.prefix + by }));
  private readonly tables = sumsByLevel();
  private readonly pages = sumsByLevel();
  /** Tables that were not read. */
  private readonly unread = sumsByLevel();

  constructor(m: Machine, mostRead = MOST_READ) {
    const { memory } = m;
    const { control, directory } = m.state;
    let left = mostRead;
    let found: readonly Tables[] = [{ level: 4, prefix: 0, mpn: directory.root, count: 1 }];
    this.owners = this.owners.put(directory.root, directory.root + 1, { level: 4, prefix: 0 });
    for (let level = 4 as number; level >= 1; level--) {
      const below: Tables[] = [];
      const mayRead = (prefix: number): boolean => {
        if (left-- > 0) return true;
        this.unread[level as TableLevel].add(prefix, 1, 1);
        return false;
      };
      for (const tables of found) {
        for (const stretch of stretchesOf(memory, control, tables, mayRead)) {
          if (stretch.role === TO_TABLE)
            below.push(...this.claim(level - 1, stretch.at, stretch.target, stretch.count));
          else this.pages[level as PageLevel].add(stretch.at, stretch.count, stretch.pages);
        }
      }
      found = below;
    }
  }

  /** Where the table in a frame belongs; undefined for what is no table, or was not found. */
  ownerOf(mpn: number): Place | undefined {
    return this.owners.at(mpn);
  }

  /** Tables and pages that all entries of a table lead to, and pages that they map themselves. */
  inTable(level: Level, prefix: number): Count {
    const from = prefix * TABLE_ENTRIES;
    const { tables, pages, atLeast } = this.below(level, from, from + TABLE_ENTRIES);
    if (level === 4) return { tables, pages, atLeast };
    return {
      tables,
      pages: pages + this.pages[level].within(from, from + TABLE_ENTRIES),
      atLeast: atLeast || this.unread[level].within(prefix, prefix + 1) > 0,
    };
  }

  /** Tables and pages that the entries [from, to) of a level lead to; what these entries map themselves is not among them. */
  below(level: Level, from: number, to: number): Count {
    let [tables, pages, unread, scale] = [0, 0, 0, 1];
    for (let at = level - 1; at >= 1; at--) {
      const one = at as TableLevel;
      tables += this.tables[one].within(from * scale, to * scale);
      unread += this.unread[one].within(from * scale, to * scale);
      scale *= TABLE_ENTRIES;
      pages += this.pages[one].within(from * scale, to * scale);
    }
    return { tables, pages, atLeast: unread > 0 };
  }

  /** The part of [mpn, mpn + count) that belongs to nobody yet now belongs to the tables from `prefix`. */
  private *claim(level: number, prefix: number, mpn: number, count: number): Generator<Tables> {
    for (const { start, end } of [...this.owners.gaps(mpn, mpn + count)]) {
      const place: Place = { level: level as Level, prefix: prefix + start - mpn };
      this.owners = this.owners.put(start, end, place);
      this.tables[level as TableLevel].add(place.prefix, end - start, end - start);
      yield { ...place, mpn: start, count: end - start };
    }
  }
}
