import './memory-type.css';
import { memo } from 'react';
import { ENTRY_NAMES } from '../../machine/address';
import { effectiveType, MTRR_TYPES, PAT_TYPES, type PatType } from '../../machine/memory-type';
import type { TypePicture, WalkEnd, WalkPicture } from '../../engine/picture';
import type { Lit, Thing } from '../../engine/thing';
import { Panel } from '../panel';
import { pointing, type Pointing } from '../pointing';
import { Tag } from '../tag';

const NOTES: Readonly<Record<number, string>> = {
  1: 'UC by the MTRR: caches need not be snooped.',
  2: 'UC by the page tables: caches are checked, since the MTRR would allow caching.',
  3: 'Left open by early editions of the manual.',
};

interface MemoryTypeProps extends Pointing {
  readonly walk: WalkPicture;
  readonly pat: readonly PatType[];
  readonly lit: Lit;
}

type Page = Extract<WalkEnd, { kind: 'page' }>;

/** How the memory type of the selected page comes about: PAT slot and MTRR meet in a cell of SDM table 12-7. */
export function MemoryTypeView({ walk, pat, ...pointing }: MemoryTypeProps) {
  const page = walk.end.kind === 'page' ? walk.end : undefined;
  const type = page?.type;
  return (
    <Panel name="Memory type" id="memory-type" still={!page} aside={type && <b className="mono">{type.effective}</b>}>
      {page ? <Bits walk={walk} page={page} {...pointing} /> : <p className="hint">{whyNone(walk)}</p>}
      <Slots pat={pat} chosen={type?.patIndex} />
      {page && <Mtrr page={page} onHover={pointing.onHover} onSelect={pointing.onSelect} />}
      <TypeTable type={type} />
      <p className="type-notes">
        {type?.notes.map((note) => NOTES[note]).join(' ')} <Tag tag="A" source="SDM 12.12, table 12-7" />
      </p>
    </Panel>
  );
}

function whyNone({ end, levels }: WalkPicture): string {
  const level = end.kind === 'fault' ? end.fault.level : undefined;
  if (level === undefined) return 'No memory type: the address is not canonical, so no entry is read.';
  const index = levels.find((one) => one.level === level)?.index ?? '';
  return `No memory type: the walk ends in a fault at ${ENTRY_NAMES[level]} ${index}, so no page is reached.`;
}

interface StepProps extends Pointing {
  readonly walk: WalkPicture;
  readonly page: Page;
  readonly lit: Lit;
}

/** The three bits of the leaf; choosing them shows the leaf. */
function Bits({ walk, page, lit, onHover, onSelect }: StepProps) {
  const leaf = walk.levels.at(-1);
  if (!leaf) return undefined;
  const { level, tableMPN, index, ma } = leaf;
  const thing: Thing = { kind: 'entry', va: walk.va, level, tableMPN, index };
  const bits = [
    { name: 'PAT', bit: page.level > 1 ? 12 : 7, value: page.type.patIndex >> 2 },
    { name: 'PCD', bit: 4, value: (page.type.patIndex >> 1) & 1 },
    { name: 'PWT', bit: 3, value: page.type.patIndex & 1 },
  ];
  return (
    <button
      type="button"
      className={lit.entries.length === 1 && lit.entries[0] === ma ? 'type-step lit' : 'type-step'}
      title="Show the bits of this entry"
      onClick={() => onSelect(thing)}
      {...pointing(onHover, thing)}
    >
      {bits.map(({ name, bit, value }) => (
        <span key={name}>
          {name}=<b>{value}</b> <small>bit {bit}</small>{' '}
        </span>
      ))}
      <span className="leads">
        → slot <b>{page.type.patIndex}</b>
      </span>
    </button>
  );
}

/** IA32_PAT: its eight slots. */
const Slots = memo(({ pat, chosen }: { readonly pat: readonly PatType[]; readonly chosen: number | undefined }) => (
  <ol className="slot-strip" aria-label="Slots of IA32_PAT">
    {pat.map((type, slot) => (
      // oxlint-disable-next-line react/no-array-index-key -- a slot is its number
      <li key={slot} className={slot === chosen ? 'here' : undefined} aria-current={slot === chosen || undefined}>
        <small>{slot}</small> {type}
      </li>
    ))}
  </ol>
));

/** The register that decides by the machine address; choosing it shows the frame. */
function Mtrr({ page: { mpn, type }, onHover, onSelect }: Pointing & { readonly page: Page }) {
  const thing: Thing = { kind: 'frame', mpn, count: 1 };
  return (
    <button
      type="button"
      className="type-step"
      title="Show the frame"
      onClick={() => onSelect(thing)}
      {...pointing(onHover, thing)}
    >
      <span>MTRR, {type.mtrrSource}</span>
      <span className="leads">
        → <b>{type.mtrr}</b>
      </span>
    </button>
  );
}

const TypeTable = memo(({ type }: { readonly type: TypePicture | undefined }) => (
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
        <tr key={mtrr} className={mtrr === type?.mtrr ? 'in-force' : undefined}>
          <th scope="row" className={mtrr === type?.mtrr ? 'picked' : undefined}>
            {mtrr}
          </th>
          {PAT_TYPES.map((pat) => {
            const here = mtrr === type?.mtrr && pat === type.pat;
            const onWay = mtrr === type?.mtrr || pat === type?.pat;
            return (
              <td key={pat} className={here ? 'here' : onWay ? 'on-way' : undefined} aria-current={here || undefined}>
                {effectiveType(mtrr, pat).type}
              </td>
            );
          })}
        </tr>
      ))}
    </tbody>
  </table>
));
