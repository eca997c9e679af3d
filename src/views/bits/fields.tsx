import { hex } from '../../base/number';
import { fieldValue, type Field } from '../../machine/entry-format';
import type { EntryRow } from '../../machine/entry-text';
import { Tag } from '../tag';

interface FieldsProps {
  readonly entry: bigint;
  readonly rows: readonly EntryRow[];
  readonly pointed: Field | undefined;
  readonly onPoint: (field: Field | undefined) => void;
}

/** The fields in words: what each of them means in this entry, on this machine, now. */
export function Fields({ entry, rows, pointed, onPoint }: FieldsProps) {
  return (
    <ul className="bit-fields" aria-label="Fields" onPointerLeave={() => onPoint(undefined)}>
      {rows.map(({ fields, sayings }) => (
        <li
          key={fields[0].name}
          className={pointed && fields.includes(pointed) ? 'pointed' : undefined}
          onPointerEnter={() => onPoint(fields[0])}
        >
          <span className="values">
            {fields.map((field) => (
              <span key={field.low}>
                {nameOf(field)} <b>{valueText(entry, field)}</b>{' '}
              </span>
            ))}
          </span>
          <span className="sayings">
            {sayings.map(({ says, tag, source }) => (
              <span key={says}>
                {says} <Tag tag={tag} source={source} />{' '}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

const nameOf = ({ name, high, low, role }: Field): string =>
  role === 'address' || role === 'flag' || name === 'XD' || name === 'PS'
    ? name
    : high === low
      ? `${low}`
      : `${high}:${low}`;

/** An address is shown as the machine address it stands for, other fields as their number. */
function valueText(entry: bigint, field: Field): string {
  const value = fieldValue(entry, field);
  return field.role === 'address' ? hex(value << BigInt(field.low)) : hex(value).replace(/^0x(?=[01]$)/, '');
}
