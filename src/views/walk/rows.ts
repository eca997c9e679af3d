import { hex, hexGroups } from '../../base/number';
import { TABLE_NAMES, type Level } from '../../machine/address';
import { BIT } from '../../machine/entry-format';
import type { Column, Near } from './columns';

/** Digits narrower than this, in pixels, could not be read; walk.css has the same. */
const NARROWEST = 4.7;
/** Characters of an index with the gap behind it, and of rights with the gap before them. */
const [INDEX, RIGHTS] = [3.5, 3.5];

export const isPresent = (entry: bigint): boolean => (entry & BigInt(BIT.P)) !== 0n;
export const isLeaf = (level: Level, entry: bigint): boolean =>
  level === 1 || (level !== 4 && (entry & BigInt(BIT.PS)) !== 0n);
const below = (level: Level): Level => Math.max(1, level - 1) as Level;

/** Where an entry leads, in words. */
export function whereTo(level: Level, { entry, target }: Near[number], stops: string | undefined): string {
  if (stops !== undefined) return `the walk stops here: ${stops}`;
  if (!isPresent(entry)) return 'not present';
  return isLeaf(level, entry) ? `maps MPN ${hex(target)}` : `to the ${TABLE_NAMES[below(level)]} in MPN ${hex(target)}`;
}

/** Characters of a number in groups, whose gaps are a third of one. */
export function charsOf(value: bigint | number): number {
  const [first, ...more] = hexGroups(value).split(' ');
  return first.length + more.reduce((sum, { length }) => sum + length + 0.35, 0);
}

/** What decided, as short as a row needs it. */
export const shortly = (stops: string): string => stops.replace('reserved', 'RSVD');

/** How the rows of a column are written. */
export interface Writing {
  /** Characters of the widest row. */
  readonly chars: number;
  /** Whether entries that map a page show their rights. */
  readonly rights: boolean;
}

/** All of it, as long as the digits can still be read; a number is never cut for the rights beside it. */
export function writingOf({ part: { level }, lens, stops }: Column, room: number): Writing {
  const widest = (rights: number): number =>
    Math.max(
      INDEX + (stops === undefined ? 1 : shortly(stops).length),
      ...lens
        .filter(({ entry }) => isPresent(entry))
        .map(({ entry, target }) => INDEX + target.toString(16).length + (isLeaf(level, entry) ? rights : 1)),
    );
  const rights = widest(RIGHTS) * NARROWEST <= room;
  return { chars: widest(rights ? RIGHTS : 0), rights };
}
