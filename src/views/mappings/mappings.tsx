import './mappings.css';
import { decimalGroups } from '../../base/number';
import { attrsText } from '../../machine/vmkapi';
import type { MappingPicture, ModulePicture } from '../../engine/picture';
import { Address } from '../number';
import { mappingColour, shortAttrs } from '../palette';
import { Panel } from '../panel';

interface MappingsProps {
  readonly modules: readonly ModulePicture[];
  readonly selected: number | undefined;
  readonly tables: { readonly used: number; readonly pool: number };
  readonly onSelect: (va: bigint) => void;
}

/** What each module holds, as the accounting of the header's note has it. */
export function Mappings({ modules, selected, tables, onSelect }: MappingsProps) {
  const shown = modules.filter(({ mappings, pages, loaded }) => mappings.length > 0 || pages > 0 || !loaded);
  const pages = modules.reduce((sum, module) => sum + module.pages, 0);
  return (
    <Panel name="Mappings" id="mappings" aside={`${decimalGroups(pages)} pages · ${decimalGroups(tables.used)} tables`}>
      {shown.length === 0 ? (
        <p className="hint">
          No mapping yet. Press Map: what vmk_Map returns appears here, under the module that pays for it.
        </p>
      ) : (
        shown.map((module) => <Module key={module.id} module={module} selected={selected} onSelect={onSelect} />)
      )}
    </Panel>
  );
}

interface ModuleProps extends Pick<MappingsProps, 'selected' | 'onSelect'> {
  readonly module: ModulePicture;
}

function Module({ module, selected, onSelect }: ModuleProps) {
  const { name, id, loaded, pages, mappings, more } = module;
  return (
    <table className="mappings">
      <caption>
        {name} <small>module {id}</small>
        {!loaded && <em className="tag stale">unloaded, still holds pages</em>}
        <span>{decimalGroups(pages)} pages</span>
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
          <Row key={mapping.id} mapping={mapping} selected={mapping.id === selected} onSelect={onSelect} />
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

interface RowProps {
  readonly mapping: MappingPicture;
  readonly selected: boolean;
  readonly onSelect: (va: bigint) => void;
}

function Row({ mapping, selected, onSelect }: RowProps) {
  const { id, name, va, pages, attrs, kind, ranges } = mapping;
  return (
    <tr className={selected ? 'selected' : undefined}>
      <td>
        <span className={`swatch map-${mappingColour(id)}`} aria-hidden="true" />
        <Address va={va} selected={selected} onSelect={onSelect} />
        <small> {name}</small>
      </td>
      <td className="number" title={`${ranges} ${ranges === 1 ? 'range' : 'ranges'}`}>
        {decimalGroups(pages)}
      </td>
      <td title={attrsText(attrs)}>
        {shortAttrs(attrs)}
        {kind === 'alias' && (
          <em className="tag" title="Answered from the linear alias of RAM: no entry was written">
            fast
          </em>
        )}
      </td>
    </tr>
  );
}
