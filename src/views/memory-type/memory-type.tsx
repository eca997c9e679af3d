import './memory-type.css';
import { effectiveType, MTRR_TYPES, PAT_TYPES } from '../../machine/memory-type';
import type { TypePicture, WalkPicture } from '../../engine/picture';
import { Panel } from '../panel';

const NOTES: Readonly<Record<number, string>> = {
  1: 'UC by the MTRR: caches need not be snooped.',
  2: 'UC by the page tables: caches are checked, since the MTRR would allow caching.',
  3: 'Left open by early editions of the manual.',
};

/** How the memory type of the selected page comes about: PAT slot and MTRR meet in a cell of SDM table 12-7. */
export function MemoryTypeView({ walk }: { readonly walk: WalkPicture }) {
  const type = walk.end.kind === 'page' ? walk.end.type : undefined;
  return (
    <Panel name="Memory type" id="memory-type" aside={type && <b className="mono">{type.effective}</b>}>
      {type ? (
        <Derivation type={type} />
      ) : (
        <p className="hint">The selected address reaches no page, so it has no memory type.</p>
      )}
      <TypeTable type={type} />
      {type?.notes.map((note) => (
        <p key={note} className="hint">
          {NOTES[note]}
        </p>
      ))}
    </Panel>
  );
}

function Derivation({ type }: { readonly type: TypePicture }) {
  const { patIndex, pat, mtrr, mtrrSource } = type;
  return (
    <dl className="derivation">
      <dt>
        PAT {(patIndex >> 2) & 1} · PCD {(patIndex >> 1) & 1} · PWT {patIndex & 1}
      </dt>
      <dd>
        slot {patIndex}: <b>{pat}</b>
      </dd>
      <dt>MTRR, {mtrrSource}</dt>
      <dd>
        <b>{mtrr}</b>
      </dd>
    </dl>
  );
}

function TypeTable({ type }: { readonly type: TypePicture | undefined }) {
  return (
    <table className="types" aria-label="Effective memory type by MTRR and PAT">
      <thead>
        <tr>
          <th scope="col">
            <small>MTRR \ PAT</small>
          </th>
          {PAT_TYPES.map((pat) => (
            <th key={pat} scope="col" className={pat === type?.pat ? 'picked' : undefined}>
              {pat}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {MTRR_TYPES.map((mtrr) => (
          <tr key={mtrr}>
            <th scope="row" className={mtrr === type?.mtrr ? 'picked' : undefined}>
              {mtrr}
            </th>
            {PAT_TYPES.map((pat) => {
              const here = mtrr === type?.mtrr && pat === type.pat;
              return (
                <td key={pat} className={here ? 'here' : undefined} aria-current={here || undefined}>
                  {effectiveType(mtrr, pat).type}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
