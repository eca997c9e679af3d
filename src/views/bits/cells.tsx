import type { Field } from '../../machine/entry-format';
import { useRoving } from '../roving';
import { segmentsOf } from './segments';

interface CellsProps {
  /** What is shown, and what the entry holds. */
  readonly value: bigint;
  readonly entry: bigint;
  readonly name: string;
  readonly fields: readonly Field[];
  /** What a field means here, for its tooltip. */
  readonly explain: (field: Field) => string;
  /** The bit that a fault stopped at. */
  readonly fault: number | undefined;
  readonly pointed: Field | undefined;
  readonly onPoint: (field: Field | undefined) => void;
  readonly onFlip: (bit: number) => void;
}

const TOPS = [63, 55, 47, 39, 31, 23, 15, 7];
const EIGHT = [0, 1, 2, 3, 4, 5, 6, 7];

const fieldAt = (fields: readonly Field[], bit: number): Field | undefined =>
  fields.find(({ high, low }) => bit <= high && bit >= low);

/** The bits, eight to a block so that blocks can stand side by side as the width allows; each one flips in a draft. */
export function Cells(props: CellsProps) {
  const { value, name, fields, onPoint } = props;
  const { at, onKeyDown, onFocus } = useRoving(63);
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons have the focus in turn
    <div
      className={value & 1n ? 'bit-cells' : 'bit-cells idle'}
      role="toolbar"
      aria-label={`Bits of ${name}`}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={() => onPoint(undefined)}
      onPointerLeave={() => onPoint(undefined)}
    >
      {TOPS.map((top, block) => (
        <div key={top} className="bit-byte">
          {EIGHT.map((i) => (
            <Cell key={top - i} {...props} bit={top - i} tabIndex={block * 8 + i === at ? 0 : -1} />
          ))}
          {segmentsOf(fields, top).map(({ field, span, text }) => (
            <span
              key={field.low}
              className={`bit-label of-${field.role}`}
              style={{ gridColumn: `span ${span}` }}
              aria-hidden
            >
              {text}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

interface CellProps extends Omit<CellsProps, 'name'> {
  readonly bit: number;
  readonly tabIndex: number;
}

function Cell({ bit, value, entry, fields, explain, fault, pointed, tabIndex, onPoint, onFlip }: CellProps) {
  const field = fieldAt(fields, bit);
  const one = ((value >> BigInt(bit)) & 1n) === 1n;
  const was = ((entry >> BigInt(bit)) & 1n) === 1n;
  const marks = [
    'bit',
    field && `of-${field.role}`,
    one && 'one',
    one !== was && 'changed',
    bit === fault && 'fault',
    field && field === pointed && 'pointed',
  ];
  const words = [`${field?.name ?? ''}, bit ${bit}`, one !== was && `was ${was ? 1 : 0}`, bit === fault && 'faults'];
  const name = words.filter(Boolean).join(', ');
  return (
    <button
      type="button"
      data-mark={bit}
      className={marks.filter(Boolean).join(' ')}
      aria-label={name}
      aria-pressed={one}
      tabIndex={tabIndex}
      title={`${name}: ${one ? 1 : 0}. ${field ? explain(field) : ''} Press to see what ${one ? 0 : 1} would do.`}
      onPointerEnter={() => onPoint(field)}
      onFocus={() => onPoint(field)}
      onClick={() => onFlip(bit)}
    >
      <small>{bit}</small>
      {one ? 1 : 0}
    </button>
  );
}
