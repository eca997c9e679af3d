import { useState } from 'react';
import { hexGroups } from '../../base/number';
import { Problem } from '../field';
import { readAddress, type Named } from './read-address';

interface AddressFieldProps {
  readonly va: bigint;
  /** The live mappings, whose names stand for their starts. */
  readonly mappings: readonly Named[];
  readonly onSelect: (va: bigint) => void;
}

/** The selected address; another can be typed in its place. */
export function AddressField({ va, mappings, onSelect }: AddressFieldProps) {
  // While undefined, the field shows the selected address; while typed in, what is typed.
  const [typed, setTyped] = useState<string>();
  const read = typed === undefined ? undefined : readAddress(typed, mappings);
  const wrong = read !== undefined && !read.ok;
  const go = (): void => {
    if (read?.ok) onSelect(read.value);
    if (!wrong) setTyped(undefined);
  };
  return (
    <form
      className="address-field"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <label htmlFor="walk-va" className="address-label">
        Address
      </label>
      <input
        id="walk-va"
        title="Hex, decimal, or a mapping with an offset: va + 0xf000"
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? 'va-problem' : undefined}
        spellCheck={false}
        autoComplete="off"
        value={typed ?? hexGroups(va, 12)}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setTyped(undefined)}
        onBlur={go}
      />
      <Problem id="va-problem" text={wrong ? read.error : undefined} />
    </form>
  );
}
