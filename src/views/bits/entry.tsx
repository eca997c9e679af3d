import { Suspense, useRef, useState } from 'react';
import { high32, low32 } from '../../base/number';
import { ENTRY_NAMES } from '../../machine/address';
import { entryKind, fieldsOf, type Field } from '../../machine/entry-format';
import { entryRows, type EntryRow } from '../../machine/entry-text';
import { ALL_RIGHTS, narrow } from '../../machine/rights';
import type { WalkLevelPicture } from '../../engine/picture';
import { focusSoon } from '../field';
import { Cells } from './cells';
import { Fields } from './fields';
import { entryDigits } from './hex-entry';
import { HexField } from './hex-field';
import type { BitsProps, Draft } from './props';
import { Rights } from './rights-table';

type EntryProps = Omit<BitsProps, 'level' | 'lit' | 'onHover' | 'onSelect'> & { readonly entry: WalkLevelPicture };

/** One entry: its bits, the same in hex, what a draft of it would do, its fields in words, and the rights by level. */
export function Entry(props: EntryProps) {
  const { entry: shown, walk, control, maxPhyAddr, pat, attrs, becoming, draft, onDraft, WhatIf } = props;
  const { entry, level, ma } = shown;
  const [pointed, setPointed] = useState<Field>();
  const [flips, setFlips] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const value = draft?.value ?? entry;
  const kind = entryKind(level, low32(value));
  const above = walk.levels.find((one) => one.level === level + 1)?.rights ?? ALL_RIGHTS;
  const rights = narrow(above, low32(value), high32(value));
  const fault = walk.end.kind === 'fault' && walk.end.fault.level === level ? walk.end.fault.bit : undefined;
  const rows = entryRows({ kind, level, entry: value, rights, control, maxPhyAddr, pat, attrs, becoming });
  const put = (next: Draft | undefined): void => onDraft(ma, next);
  const done = (): void => {
    put(undefined);
    setFlips(0);
    if (box.current) focusSoon(box.current, '.bit[tabindex="0"]');
  };
  return (
    <div className="bits-entry" ref={box}>
      <HexField entry={entry} draft={draft} onDraft={put} />
      <Cells
        value={value}
        entry={entry}
        name={`${ENTRY_NAMES[level]} ${shown.index}`}
        fields={fieldsOf(kind, maxPhyAddr, control.nxe)}
        explain={(field) => explanation(rows, field)}
        fault={value === entry ? fault : undefined}
        pointed={pointed}
        onPoint={setPointed}
        onFlip={(bit) => {
          const next = value ^ (1n << BigInt(bit));
          put(next === entry ? undefined : { value: next, text: entryDigits(next) });
          setFlips(flips + 1);
        }}
      />
      {draft && (
        <Suspense>
          <WhatIf {...props} draft={draft} flips={flips} onDiscard={done} />
        </Suspense>
      )}
      <div className="bits-read">
        <Fields entry={value} rows={rows} pointed={pointed} onPoint={setPointed} />
        <Rights walk={walk} control={control} level={level} />
      </div>
    </div>
  );
}

/** What a field means, as one sentence. */
function explanation(rows: readonly EntryRow[], field: Field): string {
  const row = rows.find(({ fields }) => fields.some(({ low }) => low === field.low));
  return row ? `${row.sayings.map(({ says }) => says).join('; ')}.` : 'Not looked at while P is 0.';
}
