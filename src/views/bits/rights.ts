import { ENTRY_NAMES, LEVELS, type Level } from '../../machine/address';
import { ALL_RIGHTS, RW, US, XD } from '../../machine/rights';
import type { WalkPicture } from '../../engine/picture';

export const RIGHT_LETTERS = ['R', 'W', 'X', 'U'] as const;
export type RightLetter = (typeof RIGHT_LETTERS)[number];

/** What one level allows, and what is left of the rights down to it. */
export interface LevelRights {
  readonly level: Level;
  readonly index: number;
  readonly own: ReadonlySet<RightLetter>;
  readonly effective: ReadonlySet<RightLetter>;
  /** Rights that all levels above left, and this one took away. */
  readonly lost: readonly RightLetter[];
}

const lettersOf = (rights: number): ReadonlySet<RightLetter> =>
  new Set<RightLetter>([
    'R',
    ...(rights & RW ? (['W'] as const) : []),
    ...(rights & XD ? [] : (['X'] as const)),
    ...(rights & US ? (['U'] as const) : []),
  ]);
const NONE: ReadonlySet<RightLetter> = new Set();

/** Rights by level, from the PML4E down to where the walk ends. */
export function rightsByLevel({ levels }: WalkPicture): readonly LevelRights[] {
  let before = lettersOf(ALL_RIGHTS);
  return levels.map(({ level, index, entry, ownRights, rights }) => {
    const present = (entry & 1n) === 1n;
    const effective = present ? lettersOf(rights) : NONE;
    const lost = RIGHT_LETTERS.filter((letter) => before.has(letter) && !effective.has(letter));
    before = effective;
    return { level, index, own: present ? lettersOf(ownRights) : NONE, effective, lost };
  });
}

/** `PTE 3 takes X and U away.`, one sentence a level that takes something. */
export const lossesText = (rows: readonly LevelRights[]): readonly string[] =>
  rows.flatMap(({ level, index, lost }) =>
    lost.length === 0
      ? []
      : [`${lost.join(', ').replace(/, (?=\w$)/, ' and ')} taken away by ${ENTRY_NAMES[level]} ${index}.`],
  );

/** The levels that a walk did not reach. */
export const unreached = (rows: readonly LevelRights[]): readonly Level[] =>
  LEVELS.filter((level) => !rows.some((row) => row.level === level));
