import { TABLE_ENTRIES, type Level } from '../../machine/address';
import { fieldOfBit } from './fault-text';
import type { WalkLevelPicture, WalkPicture } from '../../engine/picture';
import { partsOf, type Part } from './parts';

export type Near = WalkLevelPicture['near'];

/** One level of a walk as it is shown: its part of the address, and its table with the entries under the lens. */
export interface Column {
  readonly part: Part;
  /** Undefined: the walk did not get here. */
  readonly table: WalkLevelPicture | undefined;
  readonly lens: Near;
  /** The row of the chosen entry under the lens. */
  readonly chosen: number;
  /** The walk ends here in a fault; what decided, in few words. */
  readonly stops: string | undefined;
  /** Rights that this entry takes away from those above it: `W`, `X`. */
  readonly takes: string;
}

/** The lowest level that a walk shows: of a large page its own, else 1. */
export const leafOf = ({ end }: WalkPicture): Level => (end.kind === 'page' ? end.level : 1);

/**
 * The levels of a walk from the PML4 down, with so many rows under each lens. A lens stands where it did `before` in the same table
 * while the chosen entry is under it, so that what is under the pointer stays there when another walk is looked at.
 */
export function columnsOf(walk: WalkPicture, before: readonly Column[], rows: number): readonly Column[] {
  const leaf = leafOf(walk);
  const fault = walk.end.kind === 'fault' ? walk.end.fault : undefined;
  return partsOf(walk.va)
    .filter(({ level }) => level >= leaf)
    .map((part) => {
      const table = walk.levels.find(({ level }) => level === part.level);
      const lens = table ? lensOf(table, before, rows) : [];
      return {
        part,
        table,
        lens,
        chosen: Math.max(
          0,
          lens.findIndex(({ index }) => index === part.index),
        ),
        stops: table && fault?.level === part.level ? fieldOfBit(table.kind, fault.bit ?? 0, table.entry) : undefined,
        takes: table ? takenBy(walk, table) : '',
      };
    });
}

/** Whether the lenses of two walks stand alike. */
export const sameLenses = (a: readonly Column[], b: readonly Column[]): boolean =>
  a.length === b.length &&
  a.every(({ table, lens }, i) => table?.tableMPN === b[i].table?.tableMPN && lens[0]?.index === b[i].lens[0]?.index);

function lensOf(table: WalkLevelPicture, before: readonly Column[], rows: number): Near {
  const fresh = around(table.near, table.index, rows);
  const old = before.find(({ part, table: other }) => part.level === table.level && other?.tableMPN === table.tableMPN);
  // Where there is room for more or fewer rows, it stands anew.
  const start = old?.lens.length === rows ? (old.lens[0]?.index ?? -1) : -1;
  if (start < 0 || table.index < start || table.index >= start + rows) return fresh;
  const held = table.near.filter(({ index }) => index >= start && index < start + rows);
  return held.length === rows ? held : fresh;
}

/** The neighbours of an entry, as even on both sides as the ends of the table allow. */
function around(near: Near, index: number, rows: number): Near {
  const first = near[0]?.index ?? 0;
  const start = Math.max(0, Math.min(index - (rows >> 1), TABLE_ENTRIES - rows)) - first;
  const from = Math.max(0, Math.min(start, near.length - rows));
  return near.slice(from, from + rows);
}

/** RW is taken by an entry in which it is 0 after it was 1, XD by one that sets it. */
function takenBy({ levels }: WalkPicture, table: WalkLevelPicture): string {
  if ((table.entry & 1n) === 0n) return '';
  const before = levels.find(({ level }) => level === table.level + 1)?.rights ?? 2;
  return [before & 2 && !(table.rights & 2) ? 'W' : '', !(before & 8) && table.rights & 8 ? 'X' : ''].join('');
}
