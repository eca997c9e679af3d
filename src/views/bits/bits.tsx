import './bits.css';
import { useState } from 'react';
import { ENTRY_NAMES, LEVELS, type Level } from '../../machine/address';
import { fieldsOf, fieldValue, type Field } from '../../machine/entry-format';
import { fieldText } from '../../machine/entry-text';
import { rightsText } from '../../machine/rights';
import type { WalkLevelPicture, WalkPicture } from '../../engine/picture';
import { hex } from '../../base/number';
import { Hex } from '../number';
import { Panel } from '../panel';
import { Cells } from './cells';

interface BitsProps {
  readonly walk: WalkPicture;
  readonly level: Level;
  readonly maxPhyAddr: number;
  readonly nxe: boolean;
  readonly onLevel: (level: Level) => void;
}

/** The 64 bits of the selected entry, and what each field of them means. */
export function Bits({ walk, level, maxPhyAddr, nxe, onLevel }: BitsProps) {
  const entry = walk.levels.find((one) => one.level === level) ?? walk.levels.at(-1);
  return (
    <Panel name="Entry bits" id="bits" aside={entry && <Where entry={entry} />}>
      <div className="level-choice" role="group" aria-label="Level">
        {LEVELS.map((one) => (
          <button
            key={one}
            type="button"
            className={`level-${one}`}
            aria-pressed={entry?.level === one}
            disabled={!walk.levels.some((reached) => reached.level === one)}
            onClick={() => onLevel(one)}
          >
            {ENTRY_NAMES[one]}
          </button>
        ))}
      </div>
      {entry ? (
        <Entry entry={entry} walk={walk} fields={fieldsOf(entry.kind, maxPhyAddr, nxe)} />
      ) : (
        <p className="hint">No entry is read for this address.</p>
      )}
    </Panel>
  );
}

function Where({ entry }: { readonly entry: WalkLevelPicture }) {
  return (
    <span className="mono">
      {ENTRY_NAMES[entry.level]} {entry.index} at <Hex value={entry.ma} />
    </span>
  );
}

interface EntryProps {
  readonly entry: WalkLevelPicture;
  readonly walk: WalkPicture;
  readonly fields: readonly Field[];
}

function Entry({ entry: { entry, kind, level, rights, ownRights }, walk, fields }: EntryProps) {
  const [pointed, setPointed] = useState<Field>();
  const present = (entry & 1n) === 1n;
  const fault = walk.end.kind === 'fault' && walk.end.fault.level === level ? walk.end.fault.bit : undefined;
  return (
    <>
      <Cells entry={entry} fields={fields} present={present} fault={fault} pointed={pointed} onPoint={setPointed} />
      <p className="entry-value">
        <Hex value={entry} digits={16} />
        {present && (
          <span title="Rights of this entry alone, and of all levels down to it">
            {rightsText(ownRights)} here, {rightsText(rights)} in effect
          </span>
        )}
      </p>
      {!present && <p className="hint">P is 0, so the processor looks at no other bit.</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and the keyboard must get there */}
      <ul className="fields" tabIndex={0} aria-label="Fields">
        {fields
          .filter(({ role }) => role !== 'ignored')
          .map((field) => (
            <li
              key={field.low}
              className={`${field.role}${field === pointed ? ' pointed' : ''}${present ? '' : ' idle'}`}
              onPointerEnter={() => setPointed(field)}
              onPointerLeave={() => setPointed(undefined)}
            >
              <b>{field.name}</b>
              <span className="at">{field.high === field.low ? field.low : `${field.high}:${field.low}`}</span>
              <span className="value">{valueText(entry, field)}</span>
              <span className="says">{fieldText(kind, field)}</span>
            </li>
          ))}
      </ul>
    </>
  );
}

/** An address is shown as the machine address it stands for, other fields as their number. */
function valueText(entry: bigint, field: Field): string {
  const value = fieldValue(entry, field);
  return field.role === 'address' ? hex(value << BigInt(field.low)) : hex(value).replace(/^0x(?=[01]$)/, '');
}
