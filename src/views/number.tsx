import { hexGroups } from '../base/number';

interface HexProps {
  readonly value: bigint | number;
  readonly digits?: number;
}

/** Hex in groups of four. The gaps are drawn, not written, so that a copied number is one word. */
export function Hex({ value, digits = 1 }: HexProps) {
  const groups = hexGroups(value, digits).split(' ');
  return (
    <span className="hex">
      {groups.map((group, i) => (
        <span key={groups.slice(i).join('')}>{group}</span>
      ))}
    </span>
  );
}

interface AddressProps {
  readonly va: bigint;
  readonly onSelect: (va: bigint) => void;
  readonly selected?: boolean | undefined;
}

/** An address that can be clicked, wherever it stands: it becomes the selected one. */
export function Address({ va, onSelect, selected }: AddressProps) {
  return (
    <button
      type="button"
      className="address"
      aria-pressed={selected}
      title="Show its walk"
      onClick={() => onSelect(va)}
    >
      <Hex value={va} />
    </button>
  );
}
