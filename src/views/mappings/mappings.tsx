import './mappings.css';
import { memo } from 'react';
import { decimalGroups, hex } from '../../base/number';
import { attrsText } from '../../machine/vmkapi';
import type { MappingPicture, ModulePicture, OpSpan } from '../../engine/picture';
import { Copy } from '../copy';
import { Address, Hex } from '../number';
import { mappingColour, shortAttrs } from '../palette';
import { Panel } from '../panel';
import { pointing, type Pointing } from '../pointing';
import { changeText, sizeText } from './words';

interface MappingsProps extends Pointing {
  readonly modules: readonly ModulePicture[];
  /** The mapping of the selected address, by id. */
  readonly selected: number | undefined;
  readonly tables: { readonly used: number; readonly pool: number };
  readonly ops: readonly OpSpan[];
  /** Ids of what belongs to the thing pointed at. */
  readonly lit: readonly number[];
}

/** What each module holds, as the accounting of the header's note has it. */
export function Mappings({ modules, tables, ...rest }: MappingsProps) {
  const shown = modules.filter(({ mappings, pages, loaded }) => mappings.length > 0 || pages > 0 || !loaded);
  return (
    <Panel name="Mappings" id="mappings" aside={`${decimalGroups(tables.used)} tables`} still={shown.length === 0}>
      {shown.length === 0 ? (
        <p className="hint">
          No mapping yet. Press Map: what vmk_Map returns appears here, under the module that pays for it.
        </p>
      ) : (
        shown.map((module) => <Module key={module.id} module={module} {...rest} />)
      )}
    </Panel>
  );
}

type Rest = Pick<MappingsProps, 'selected' | 'ops' | 'lit' | 'onHover' | 'onSelect'>;

function Module({ module, selected, lit, ...rest }: Rest & { readonly module: ModulePicture }) {
  const { name, id, loaded, pages, mappings, more } = module;
  return (
    <table className="mappings">
      <caption>
        {name} <small>module {id}</small>
        {!loaded && <em className="tag stale">unloaded, still holds pages</em>}
        <span>
          {decimalGroups(pages)} pages <small>{sizeText(pages)}</small>
        </span>
      </caption>
      <thead className="unseen">
        <tr>
          <th scope="col">Address</th>
          <th scope="col">Pages</th>
          <th scope="col">Attributes</th>
        </tr>
      </thead>
      <tbody>
        {mappings.map((mapping) => (
          <Row
            key={mapping.id}
            mapping={mapping}
            selected={mapping.id === selected}
            isLit={lit.includes(mapping.id)}
            {...rest}
          />
        ))}
        {more > 0 && (
          <tr>
            <td colSpan={3} className="hint">
              and {decimalGroups(more)} more
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface RowProps extends Pick<MappingsProps, 'ops' | 'onHover' | 'onSelect'> {
  readonly mapping: MappingPicture;
  readonly selected: boolean;
  readonly isLit: boolean;
}

const Row = memo(({ mapping, selected, isLit, ops, onHover, onSelect }: RowProps) => {
  const { id, name, va, pages, attrs, ranges, firstMPN, op } = mapping;
  const change = changeText(mapping);
  return (
    <tr className={isLit ? 'lit' : undefined} {...pointing(onHover, { kind: 'mapping', id })}>
      <td>
        <span className="copies">
          <span className={`swatch hatched map-${mappingColour(id)}`} aria-hidden="true" />
          <Address va={va} selected={selected} onSelect={() => onSelect({ kind: 'mapping', id })} />
          <Copy text={hex(va)} what="address" />
        </span>
        <small>
          <b>{name}</b> by{' '}
          <button
            type="button"
            className="link"
            title={ops[op]?.label}
            {...pointing(onHover, { kind: 'op', index: op })}
            onClick={() => onSelect({ kind: 'op', index: op })}
          >
            op {op + 1}
          </button>
        </small>
        <small>
          {ranges === 1 ? 'from' : `${ranges} ranges,`} MPN <Hex value={firstMPN} />
        </small>
      </td>
      <td className="number">
        {decimalGroups(pages)}
        <small>{sizeText(pages)}</small>
      </td>
      <td title={attrsText(attrs)}>
        {shortAttrs(attrs)}
        <small title={change.says}>{change.word}</small>
      </td>
    </tr>
  );
});
