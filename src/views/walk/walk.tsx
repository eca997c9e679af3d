import './walk.css';
import type { ReactNode } from 'react';
import type { Thing } from '../../engine/thing';
import { hexGroups } from '../../base/number';
import { Panel } from '../panel';
import { AddressField } from './address-field';
import type { Named } from './read-address';
import { Path } from './path';
import type { PathProps } from './props';

export interface WalkProps extends Omit<PathProps, 'anchor'> {
  /** The walk of the address under the pointer, shown in the place of the other. */
  readonly preview?: PathProps['walk'] | undefined;
  readonly mappings: readonly Named[];
  readonly picture: 'path' | 'tree';
  readonly onPicture: (picture: 'path' | 'tree') => void;
  /** The tree of all tables, where it is shown. */
  readonly tree?: ReactNode;
  /** What can be done with the address; stands below the walk. */
  readonly children?: ReactNode;
}

const PICTURES = ['path', 'tree'] as const;

/** The picture from the manual: the address split into indices, and the table that each of them selects in; or all tables as a tree. */
export function Walk({ walk, preview, mappings, picture, onPicture, tree, children, ...path }: WalkProps) {
  const select = (va: bigint): void => path.onSelect({ kind: 'va', va } satisfies Thing);
  // Once the address under the pointer is selected, its walk is no preview any more.
  const shown = picture === 'path' && preview && preview.va !== walk.va ? preview : walk;
  return (
    <Panel
      name="Page walk"
      id="walk"
      aside={
        <div className="walk-head">
          <span className="walk-note">
            {shown !== walk
              ? `preview of ${hexGroups(shown.va, 12)}`
              : walk.by !== undefined && `PCPU ${walk.by} walks here`}
          </span>
          <span className="walk-switch" role="group" aria-label="Picture">
            {PICTURES.map((each) => (
              <button key={each} type="button" aria-pressed={each === picture} onClick={() => onPicture(each)}>
                {each}
              </button>
            ))}
          </span>
          <AddressField va={walk.va} mappings={mappings} onSelect={select} />
        </div>
      }
    >
      {picture === 'path' ? <Path {...path} walk={shown} anchor={walk} /> : tree}
      {children}
    </Panel>
  );
}
