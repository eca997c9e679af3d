import { useState, type ClipboardEvent } from 'react';
import { hex, parseInteger } from '../../base/number';
import { focusSoon, Problem } from '../field';
import { Icon } from '../icons';
import type { FieldProblems, RangeDraft, ReadRanges } from './types';

interface RangesProps {
  readonly ranges: readonly RangeDraft[];
  readonly problems: FieldProblems;
  readonly most: number;
  readonly read: ReadRanges;
  /** What stands in the field for lines, while it is open. */
  readonly lines: string | undefined;
  readonly onLines: (text: string | undefined) => void;
  readonly onChange: (ranges: readonly RangeDraft[]) => void;
}

/** The vmk_MpnRange array. Lines that are pasted into a start become rows. */
export function Ranges(props: RangesProps) {
  const { ranges, problems, most, read, onChange } = props;
  const [left, setLeft] = useState('');
  const change = (rows: readonly RangeDraft[], left = ''): void => {
    setLeft(left);
    onChange(rows);
  };
  const replaceAt = (index: number, rows: readonly RangeDraft[], left?: string): void =>
    change([...ranges.slice(0, index), ...rows, ...ranges.slice(index + 1)], left);
  const paste = (index: number, event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text');
    const { rows, left } = read(text, most - ranges.length + 1);
    // A single number, or nothing that can be read, is text like any other.
    if (rows.length < 2 && !rows[0]?.numPages) return;
    event.preventDefault();
    replaceAt(index, rows, left);
  };
  const problem = problems['mpnRanges'] ?? problems['numElements'];
  return (
    <fieldset className="ranges">
      <legend className="unseen">Ranges</legend>
      <div className="range-head" aria-hidden="true">
        <span />
        <span>Start MPN</span>
        <span>Pages</span>
        <span>Addresses</span>
      </div>
      {ranges.map((range, i) => (
        <RangeRow
          // oxlint-disable-next-line react/no-array-index-key -- a row is its place: focus stays there when others come and go
          key={i}
          number={i + 1}
          range={range}
          problems={[
            problems[`mpnRanges[${i}].startMPN`] ?? problems[`mpnRanges[${i}]`],
            problems[`mpnRanges[${i}].numPages`],
          ]}
          onChange={(row) => replaceAt(i, row ? [row] : [])}
          onPaste={(event) => paste(i, event)}
        />
      ))}
      <Problem id="ranges-problem" text={problem} />
      <RangeTools {...props} left={left} onChange={change} />
    </fieldset>
  );
}

/** Goes to the first field of a row, or to what adds one when there is no such row. */
const focusRow = (number: number): unknown =>
  focusSoon(document, `[aria-label="${labelOf(number, 'startMPN')}"], .range-tools button`);

const FIELDS = ['startMPN', 'numPages'] as const;
const labelOf = (number: number, name: (typeof FIELDS)[number]): string =>
  `Range ${number} ${name === 'startMPN' ? 'start MPN' : 'pages'}`;

interface RowProps {
  readonly number: number;
  readonly range: RangeDraft;
  /** Of each of the fields. */
  readonly problems: readonly (string | undefined)[];
  /** Without a row it is removed. */
  readonly onChange: (range?: RangeDraft) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
}

function RangeRow({ number, range, problems, onChange, onPaste }: RowProps) {
  const id = `range-${number}-problem`;
  return (
    <div className="range">
      <span aria-hidden="true">{number}</span>
      {FIELDS.map((name, i) => (
        <input
          key={name}
          aria-invalid={problems[i] !== undefined || undefined}
          aria-describedby={problems[i] === undefined ? undefined : id}
          aria-label={labelOf(number, name)}
          autoComplete="off"
          spellCheck={false}
          value={range[name]}
          onChange={(event) => onChange({ ...range, [name]: event.target.value })}
          onPaste={i === 0 ? onPaste : undefined}
        />
      ))}
      <span className="span">{machineSpan(range)}</span>
      <button
        type="button"
        className="icon-only"
        aria-label={`Remove range ${number}`}
        onClick={() => {
          focusRow(number);
          onChange();
        }}
      >
        <Icon name="remove" />
      </button>
      <Problem id={id} text={problems.filter((text) => text !== undefined).join('. ') || undefined} />
    </div>
  );
}

/** The machine addresses that a range covers, once both numbers can be read. */
function machineSpan({ startMPN, numPages }: RangeDraft): string {
  const start = parseInteger(startMPN);
  const pages = parseInteger(numPages);
  if (!start.ok || !pages.ok || pages.value === 0n) return '';
  return `${hex(start.value << 12n)} – ${hex(((start.value + pages.value) << 12n) - 1n)}`;
}

interface ToolsProps extends RangesProps {
  /** What was left out of what was last pasted. */
  readonly left: string;
  readonly onChange: (ranges: readonly RangeDraft[], left?: string) => void;
}

function RangeTools({ ranges, most, left, read, lines: text, onLines: setText, onChange }: ToolsProps) {
  const lines = read(text ?? '');
  const { length } = lines.rows;
  const says = text === undefined ? left : lines.left;
  return (
    <>
      <div className="range-tools">
        <button
          type="button"
          className="quiet"
          disabled={ranges.length >= most}
          onClick={() => {
            focusRow(ranges.length + 1);
            onChange([...ranges, { startMPN: '', numPages: '' }]);
          }}
        >
          <Icon name="add" /> Add range
        </button>
        <button
          type="button"
          className="quiet"
          aria-expanded={text !== undefined}
          onClick={() => setText(text === undefined ? '' : undefined)}
        >
          Paste lines
        </button>
      </div>
      {text !== undefined && (
        <div className="range-paste">
          <textarea
            aria-label="Ranges, one a line"
            placeholder={'6 15\n42 9'}
            rows={3}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button
            type="button"
            disabled={length === 0}
            onClick={() => {
              focusRow(1);
              onChange(lines.rows, lines.left);
              setText(undefined);
            }}
          >
            Use {length} {length === 1 ? 'range' : 'ranges'}
          </button>
        </div>
      )}
      <p className="hint" role="status">
        {(text !== undefined || says) && `${says} The form takes ${most} ranges, a scenario file more.`}
      </p>
    </>
  );
}
