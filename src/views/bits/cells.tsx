import { fieldValue, type Field } from '../../machine/entry-format';

interface CellsProps {
  readonly entry: bigint;
  readonly fields: readonly Field[];
  readonly present: boolean;
  /** The bit that a fault stopped at. */
  readonly fault: number | undefined;
  readonly pointed: Field | undefined;
  readonly onPoint: (field: Field | undefined) => void;
}

const ROWS = [63, 47, 31, 15];
const COLUMNS = Array.from({ length: 16 }, (_, i) => i);

/** The picture of the bits. For a reader of text the list of fields says the same. */
export function Cells({ entry, fields, present, fault, pointed, onPoint }: CellsProps) {
  const fieldOf = (bit: number): Field | undefined => fields.find(({ high, low }) => bit <= high && bit >= low);
  return (
    <div className={present ? 'cells' : 'cells idle'} aria-hidden="true" onPointerLeave={() => onPoint(undefined)}>
      {ROWS.flatMap((top) => COLUMNS.map((column) => top - column)).map((bit) => {
        const field = fieldOf(bit);
        const one = (entry >> BigInt(bit)) & 1n;
        const marks = [
          'cell',
          field?.role ?? '',
          one ? 'one' : '',
          bit === fault ? 'fault' : '',
          field && field === pointed ? 'pointed' : '',
          bit === field?.high ? 'begins' : '',
        ];
        return (
          <span
            key={bit}
            className={marks.filter(Boolean).join(' ')}
            title={field && `${field.name} ${field.high}:${field.low} = ${fieldValue(entry, field)}`}
            onPointerEnter={() => onPoint(field)}
          >
            <small>{bit}</small>
            {one ? 1 : 0}
          </span>
        );
      })}
    </div>
  );
}
