import './bits.css';
import { memo } from 'react';
import { ENTRY_NAMES, LEVELS, type Level } from '../../machine/address';
import type { WalkLevelPicture, WalkPicture } from '../../engine/picture';
import type { Thing } from '../../engine/thing';
import { Hex } from '../number';
import { Panel } from '../panel';
import { pointing } from '../pointing';
import { Entry } from './entry';
import type { BitsProps } from './props';

/** The 64 bits of the selected entry, what each field of them means, and what would happen if one were another. */
export function Bits(props: BitsProps) {
  const { walk, level, lit, onHover, onSelect, ...rest } = props;
  const entry = entryAt(walk, level);
  return (
    <Panel name="Entry bits" id="bits" aside={entry && <Where entry={entry} />}>
      <Levels walk={walk} chosen={entry?.level} lit={lit} onHover={onHover} onSelect={onSelect} />
      {entry ? <Body {...rest} walk={walk} entry={entry} /> : <NoEntry />}
    </Panel>
  );
}

/** What is lit changes with the pointer; the bits need not be rendered again for that. */
const Body = memo(Entry);

/** The entry of a level, or of the last level that the walk reached. */
export const entryAt = (walk: WalkPicture, level: Level): WalkLevelPicture | undefined =>
  walk.levels.find((one) => one.level === level) ?? walk.levels.at(-1);

const NoEntry = () => (
  <p className="hint">
    The address is not canonical: bits 63:47 are not all equal. The processor answers #GP and reads no entry.
  </p>
);

function Where({ entry }: { readonly entry: WalkLevelPicture }) {
  return (
    <span className="mono">
      {ENTRY_NAMES[entry.level]} {entry.index} at <Hex value={entry.ma} />
    </span>
  );
}

interface LevelsProps extends Pick<BitsProps, 'walk' | 'lit' | 'onHover' | 'onSelect'> {
  readonly chosen: Level | undefined;
}

/** The entries on the way of the address, one a level. */
function Levels({ walk, chosen, lit, onHover, onSelect }: LevelsProps) {
  const isLit = ({ ma }: WalkLevelPicture): boolean => lit.entries.includes(ma);
  // When the whole path is lit, marking all of it would say nothing here.
  const tells = !walk.levels.every(isLit);
  return (
    <div className="level-choice" role="group" aria-label="Level">
      {LEVELS.map((level) => {
        const entry = walk.levels.find((one) => one.level === level);
        const thing: Thing | undefined = entry && {
          kind: 'entry',
          va: walk.va,
          level,
          tableMPN: entry.tableMPN,
          index: entry.index,
        };
        return (
          <button
            key={level}
            type="button"
            className={`level-${level}${entry && tells && isLit(entry) ? ' lit' : ''}`}
            aria-pressed={chosen === level}
            disabled={!thing}
            onClick={() => thing && onSelect(thing)}
            {...pointing(onHover, thing)}
          >
            {ENTRY_NAMES[level]}
          </button>
        );
      })}
    </div>
  );
}
