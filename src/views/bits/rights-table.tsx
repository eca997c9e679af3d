import { ENTRY_NAMES, type Level } from '../../machine/address';
import type { ControlBits } from '../../machine/control-bits';
import type { WalkPicture } from '../../engine/picture';
import { Tag } from '../tag';
import { lossesText, RIGHT_LETTERS, rightsByLevel, unreached, type LevelRights } from './rights';

interface RightsProps {
  readonly walk: WalkPicture;
  readonly control: ControlBits;
  /** The level whose bits are shown. */
  readonly level: Level;
}

/** What each level allows beside what is left of it on the way down, and who took a right away. */
export function Rights({ walk, control, level }: RightsProps) {
  const rows = rightsByLevel(walk);
  const stop = walk.end.kind === 'fault' ? walk.end.fault.level : undefined;
  return (
    <section className="bit-rights" aria-label="Rights by level">
      <table>
        <thead>
          <tr>
            <th scope="col">Rights</th>
            <th scope="colgroup" colSpan={4}>
              this level
            </th>
            <th scope="colgroup" colSpan={4}>
              in effect
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.level} row={row} shown={row.level === level} decides={row.level === stop} />
          ))}
          {unreached(rows).map((one) => (
            <tr key={one}>
              <th scope="row">{ENTRY_NAMES[one]}</th>
              <td colSpan={8} className="never">
                not reached
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lossesText(rows).map((says) => (
        <p key={says}>{says}</p>
      ))}
      <p>
        {controlText(control)} <Tag tag="A" source="SDM 4.6.1" />
      </p>
    </section>
  );
}

interface RowProps {
  readonly row: LevelRights;
  readonly shown: boolean;
  /** The walk ends here in a fault. */
  readonly decides: boolean;
}

function Row({ row, shown, decides }: RowProps) {
  const { level, index, own, effective, lost } = row;
  return (
    <tr className={shown ? 'shown' : undefined}>
      <th scope="row">
        {ENTRY_NAMES[level]} {index}
      </th>
      {RIGHT_LETTERS.map((letter) => (
        <td key={`own ${letter}`} className={own.has(letter) ? undefined : 'off'}>
          {own.has(letter) ? letter : '–'}
        </td>
      ))}
      {RIGHT_LETTERS.map((letter) => (
        <td
          key={`effective ${letter}`}
          className={
            lost.includes(letter) ? (decides ? 'lost decides' : 'lost') : effective.has(letter) ? undefined : 'off'
          }
          title={lost.includes(letter) ? `${letter} is taken away here` : undefined}
        >
          {lost.includes(letter) ? <s>{letter}</s> : effective.has(letter) ? letter : '–'}
        </td>
      ))}
    </tr>
  );
}

/** The control bits that decide what rights mean. */
export function controlText({ wp, nxe, smep, smap }: ControlBits): string {
  const user = [!smep && 'fetch from', !smap && 'touch'].filter(Boolean).join(' and ');
  return [
    wp ? 'CR0.WP = 1: W counts for the kernel too.' : 'CR0.WP = 0: the kernel writes without W.',
    nxe ? 'NXE = 1: without X no fetch.' : 'NXE = 0: X is always there.',
    `SMEP = ${smep ? 1 : 0}, SMAP = ${smap ? 1 : 0}: the kernel may ${user || 'neither fetch from nor touch'} user pages.`,
  ].join(' ');
}
