import { SIZE_NAMES, TABLE_NAMES } from '../../machine/address';
import { rightsText } from '../../machine/rights';
import type { PcpuPicture } from '../../engine/picture';
import { Address, Hex } from '../number';
import { staleText, TLB_TITLES } from './words';

interface EntriesProps {
  readonly pcpu: PcpuPicture;
  readonly onSelect: (va: bigint) => void;
}

/** Everything the translation caches of a PCPU hold, as a list. */
export function Entries({ pcpu, onSelect }: EntriesProps) {
  const { tlbs, structures } = pcpu.caches ?? { tlbs: [], structures: [] };
  const entries = tlbs.flatMap(({ name, entries }) => entries.map((entry) => ({ name, entry })));
  if (entries.length === 0 && structures.length === 0) return <p className="hint">Its TLBs are empty.</p>;
  return (
    <div className="entry-list" role="group" aria-label={`Entries of PCPU ${pcpu.id}`}>
      <table>
        <thead>
          <tr>
            {['TLB', 'address', 'size', 'MPN', 'rights', 'type', 'state'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map(({ name, entry }) => (
            <tr key={`${name}.${entry.set}.${entry.way}`} className={entry.stale ? 'stale' : undefined}>
              <td>{TLB_TITLES[name]}</td>
              <td>
                <Address va={entry.va} onSelect={onSelect} />
              </td>
              <td>{SIZE_NAMES[entry.level]}</td>
              <td>
                <Hex value={entry.mpn} />
              </td>
              <td>{rightsText(entry.rights)}</td>
              <td>{entry.type}</td>
              <td>{staleText(entry) ?? (entry.dirty ? 'dirty' : 'clean')}</td>
            </tr>
          ))}
          {structures.map(({ level, va, tableMPN, stale }) => (
            <tr key={`${level}.${va}`} className={stale ? 'stale' : undefined}>
              <td>{TABLE_NAMES[level]} entry</td>
              <td>
                <Address va={va} onSelect={onSelect} />
              </td>
              <td>–</td>
              <td>
                <Hex value={tableMPN} />
              </td>
              <td colSpan={2}>points to a table</td>
              <td>{stale ? 'stale' : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
