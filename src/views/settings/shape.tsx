import { TLB_PRESETS } from '../../machine/config';
import { REGION_KINDS } from '../../machine/regions';
import { SHAPE_SETTING } from '../../machine/setting-text';
import { TLB_NAMES, type TlbName } from '../../machine/tlb';
import { IO_ATTRS } from '../../machine/vmkapi';
import { ChoiceAt, FlagAt, Group, Says, TextAt, useAt } from './form';
import type { Path } from './paths';
import { Rows } from './rows';

const TLB_TITLES: Readonly<Record<TlbName, string>> = {
  l1d4k: 'L1 data, 4 KiB pages',
  l1d2m: 'L1 data, 2 MiB pages',
  l1d1g: 'L1 data, 1 GiB pages',
  l1i: 'L1 instruction',
  l2: 'L2, 4 KiB and 2 MiB',
};

type Sizes = Readonly<Record<TlbName, { readonly entries: string; readonly ways: string }>>;

const presetSizes = (name: keyof typeof TLB_PRESETS): Sizes =>
  Object.fromEntries(
    TLB_NAMES.map((tlb) => {
      const { entries, ways } = TLB_PRESETS[name][tlb];
      return [tlb, { entries: String(entries), ways: String(ways) }];
    }),
  ) as Sizes;

/** PCPUs, address width and TLBs. */
export function ProcessorSection() {
  return (
    <>
      <div className="setting">
        <TextAt label="PCPUs" path={['config', 'pcpus']} />
        <Says text={SHAPE_SETTING.pcpus} />
      </div>
      <div className="setting">
        <TextAt label="MAXPHYADDR" path={['config', 'maxPhyAddr']} />
        <Says text={SHAPE_SETTING.maxPhyAddr} />
      </div>
      <div className="setting">
        <FlagAt label="Paging-structure caches" path={['config', 'structureCaches']} />
        <Says text={SHAPE_SETTING.structureCaches} />
      </div>
      <TlbSizes />
    </>
  );
}

function TlbSizes() {
  const { value, set } = useAt<Sizes>(['config', 'tlb']);
  return (
    <Group title="TLBs of each PCPU" text={SHAPE_SETTING.tlb}>
      <div className="setting-buttons" role="group" aria-label="Sizes">
        {(['full', 'teaching'] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={JSON.stringify(value) === JSON.stringify(presetSizes(name))}
            onClick={() => set(presetSizes(name))}
          >
            {name === 'full' ? 'Full size' : 'Teaching, small'}
          </button>
        ))}
      </div>
      <div className="setting-rows columns-tlb">
        <div className="setting-row head" aria-hidden="true">
          <span>TLB</span>
          <span>Entries</span>
          <span>Ways</span>
          <span>Sets</span>
        </div>
        {TLB_NAMES.map((name) => (
          <TlbRow key={name} name={name} sizes={value[name]} />
        ))}
      </div>
    </Group>
  );
}

function TlbRow({ name, sizes }: { readonly name: TlbName; readonly sizes: Sizes[TlbName] }) {
  const { problem } = useAt(['config', 'tlb', name]);
  const sets = Number(sizes.entries) / Number(sizes.ways);
  const title = TLB_TITLES[name];
  return (
    <div className="setting-row" role="group" aria-label={title}>
      <span>{title}</span>
      <TextAt bare label={`${title}, entries`} path={['config', 'tlb', name, 'entries']} />
      <TextAt bare label={`${title}, ways`} path={['config', 'tlb', name, 'ways']} />
      <output>{Number.isFinite(sets) ? Math.round(100 * sets) / 100 : '–'}</output>
      {problem !== undefined && <p className="problem">{problem}</p>}
    </div>
  );
}

const MOST_ROWS = 200;

/** The memory map, and where vmkernel puts its tables and mappings. */
export function MemorySection() {
  const { value: alias } = useAt<{ readonly on: boolean }>(['config', 'alias']);
  return (
    <>
      <Group title="Memory regions" text={SHAPE_SETTING.regions} path={['config', 'regions']}>
        <Rows
          path={['config', 'regions']}
          noun="Region"
          heads={['Kind', 'Name', 'Start MPN', 'Pages']}
          fresh={{ kind: 'ram', name: 'memory', startMPN: '', pages: '' }}
          most={MOST_ROWS}
        >
          {(row, n) => (
            <>
              <ChoiceAt bare label={`Region ${n} kind`} path={[...row, 'kind']} options={REGION_KINDS} />
              <TextAt bare label={`Region ${n} name`} path={[...row, 'name']} />
              <TextAt bare label={`Region ${n} start MPN`} path={[...row, 'startMPN']} />
              <TextAt bare label={`Region ${n} pages`} path={[...row, 'pages']} />
            </>
          )}
        </Rows>
      </Group>
      <Group title="Table pool" text={SHAPE_SETTING.tablePool} path={['config', 'tablePool']}>
        <Pair first="Pool start MPN" second="Pool pages" path={['config', 'tablePool']} names={['startMPN', 'pages']} />
      </Group>
      <Group title="VA window" text={SHAPE_SETTING.window} path={['config', 'window']}>
        <Pair first="Window start VA" second="Window pages" path={['config', 'window']} names={['va', 'pages']} />
      </Group>
      <Group title="Linear alias" text={SHAPE_SETTING.alias} path={['config', 'alias']}>
        <FlagAt label="There is an alias" path={['config', 'alias', 'on']} />
        {alias.on && (
          <Pair first="Alias start VA" second="Alias pages" path={['config', 'alias']} names={['va', 'pages']} />
        )}
      </Group>
    </>
  );
}

interface PairProps {
  readonly first: string;
  readonly second: string;
  readonly path: Path;
  readonly names: readonly [string, string];
}

const Pair = ({ first, second, path, names }: PairProps) => (
  <div className="setting-pair">
    <TextAt label={first} path={[...path, names[0]]} hint="automatic" />
    <TextAt label={second} path={[...path, names[1]]} hint="automatic" />
  </div>
);

/** Modules, and the IO resources that they may reserve. */
export function ModulesSection() {
  const { value: modules } = useAt<readonly string[]>(['config', 'modules']);
  const { value: resources } = useAt<readonly { readonly name: string }[]>(['config', 'resources']);
  const names = ['vmkernel', ...modules];
  return (
    <>
      <Group title="Modules" text={SHAPE_SETTING.modules} path={['config', 'modules']}>
        <Rows path={['config', 'modules']} noun="Module" heads={['Name']} fresh="" most={63}>
          {(row, n) => <TextAt bare label={`Module ${n} name`} path={row} />}
        </Rows>
      </Group>
      <Group title="IO resources" text={SHAPE_SETTING.resources} path={['config', 'resources']}>
        <Rows
          path={['config', 'resources']}
          noun="Resource"
          heads={['Name', 'Start MA', 'Bytes', 'Attributes']}
          fresh={{ name: '', start: '', length: '', attrs: [] as readonly string[] }}
          most={MOST_ROWS}
        >
          {(row, n) => (
            <>
              <TextAt bare label={`Resource ${n} name`} path={[...row, 'name']} />
              <TextAt bare label={`Resource ${n} start`} path={[...row, 'start']} />
              <TextAt bare label={`Resource ${n} bytes`} path={[...row, 'length']} />
              <IoAttrs path={[...row, 'attrs']} />
            </>
          )}
        </Rows>
      </Group>
      <Group title="Reservations" text={SHAPE_SETTING.reservations} path={['config', 'reservations']}>
        <Rows
          path={['config', 'reservations']}
          noun="Reservation"
          heads={['Name', 'Module', 'Resource']}
          fresh={{ name: '', module: names[1] ?? 'vmkernel', resource: resources[0]?.name ?? '' }}
          most={MOST_ROWS}
        >
          {(row, n) => (
            <>
              <TextAt bare label={`Reservation ${n} name`} path={[...row, 'name']} />
              <ChoiceAt bare label={`Reservation ${n} module`} path={[...row, 'module']} options={names} />
              <ChoiceAt
                bare
                label={`Reservation ${n} resource`}
                path={[...row, 'resource']}
                options={resources.map(({ name }) => name)}
              />
            </>
          )}
        </Rows>
      </Group>
    </>
  );
}

function IoAttrs({ path }: { readonly path: Path }) {
  const { value, set } = useAt<readonly string[]>(path);
  return (
    <span className="io-switches">
      {Object.keys(IO_ATTRS).map((name) => (
        <label key={name} className="switch">
          <input
            type="checkbox"
            checked={value.includes(name)}
            onChange={() => set(value.includes(name) ? value.filter((one) => one !== name) : [...value, name])}
          />
          {name.toLowerCase()}
        </label>
      ))}
    </span>
  );
}
