import { SIZE_NAMES, TABLE_NAMES } from '../../machine/address';
import { rightsText } from '../../machine/rights';
import type { PcpuPicture } from '../../engine/picture';
import { Address, Hex } from '../number';
import { entryThing, type Marked } from './props';
import { staleText, TLB_TITLES } from './words';

interface EntriesProps extends Marked {
  readonly pcpu: PcpuPicture;
}

/** Everything the translation caches of a PCPU hold, as a list; most recently used first. */
export function Entries({ pcpu, onHover, onSelect }: EntriesProps) {
  const { tlbs, structures } = pcpu.caches ?? { tlbs: [], structures: [] };
  const entries = tlbs.flatMap(({ name, entries }) => entries.map((entry, i) => ({ name, entry, rank: i + 1 })));
  if (entries.length === 0 && structures.length === 0) return <p className="hint">Its TLBs are empty.</p>;
  return (
    <div className="entry-list" role="group" aria-label={`Entries of PCPU ${pcpu.id}`}>
      <table>
        <thead>
          <tr>
            {['TLB', 'address', 'MPN', 'rights', 'state', 'type', 'size', 'filled', 'last use'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(({ name, entry, rank }) => {
            const thing = entryThing({ pcpu: pcpu.id, tlb: name, entry });
            return (
              <tr
                key={`${name}.${entry.set}.${entry.way}`}
                className={entry.stale ? 'stale' : undefined}
                onPointerEnter={() => onHover(thing)}
                onPointerLeave={() => onHover(undefined)}
              >
                <td>{TLB_TITLES[name]}</td>
                <td>
                  <Address va={entry.va} onSelect={() => onSelect(thing)} />
                </td>
                <td>
                  <Hex value={entry.mpn} />
                </td>
                <td>{rightsText(entry.rights)}</td>
                <td>{staleText(entry) ?? (entry.dirty ? 'dirty' : 'clean')}</td>
                <td>{entry.type}</td>
                <td>{SIZE_NAMES[entry.level]}</td>
                <td>step {entry.born}</td>
                <td>{rank === 1 ? 'latest' : `${rank}.`}</td>
              </tr>
            );
          })}
          {structures.map(({ level, va, tableMPN, stale }) => (
            <tr key={`${level}.${va}`} className={stale ? 'stale' : undefined}>
              <td>{TABLE_NAMES[level]} entry</td>
              <td>
                <Address va={va} onSelect={() => onSelect({ kind: 'va', va })} />
              </td>
              <td>
                <Hex value={tableMPN} />
              </td>
              <td>–</td>
              <td>{stale ? 'stale' : ''}</td>
              <td colSpan={4}>points to a table</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
