import { useState, type ClipboardEvent } from 'react';
import { hex, parseInteger } from '../../base/number';
import { Problem } from '../field';
import { Icon } from '../icons';
import type { FieldProblems, RangeDraft } from './types';

interface RangesProps {
  readonly ranges: readonly RangeDraft[];
  readonly problems: FieldProblems;
  readonly read: (text: string, firstKey: number) => readonly RangeDraft[];
  readonly onChange: (ranges: readonly RangeDraft[]) => void;
}

const nextKey = (ranges: readonly RangeDraft[]): number => Math.max(0, ...ranges.map(({ key }) => key)) + 1;

/** The vmk_MpnRange array. Lines that are pasted into a start become rows. */
export function Ranges({ ranges, problems, read, onChange }: RangesProps) {
  const replaceAt = (index: number, rows: readonly RangeDraft[]): void =>
    onChange([...ranges.slice(0, index), ...rows, ...ranges.slice(index + 1)]);
  const paste = (index: number, event: ClipboardEvent): void => {
    const rows = read(event.clipboardData.getData('text'), nextKey(ranges));
    if (rows.length === 0) return;
    event.preventDefault();
    replaceAt(index, rows);
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
          key={range.key}
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
      {problem !== undefined && <Problem id="ranges-problem" text={problem} />}
      <RangeTools ranges={ranges} read={read} onChange={onChange} />
    </fieldset>
  );
}

interface RowProps {
  readonly number: number;
  readonly range: RangeDraft;
  readonly problems: readonly [start: string | undefined, pages: string | undefined];
  /** Without a row it is removed. */
  readonly onChange: (range: RangeDraft | undefined) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
}

function RangeRow({ number, range, problems: [start, pages], onChange, onPaste }: RowProps) {
  const described = start ?? pages;
  const id = `range-${number}-problem`;
  const common = (problem: string | undefined) => ({
    inputMode: 'text' as const,
    autoComplete: 'off',
    spellCheck: false,
    'aria-invalid': problem !== undefined || undefined,
    'aria-describedby': problem === undefined ? undefined : id,
  });
  return (
    <div className="range">
      <span aria-hidden="true">{number}</span>
      <input
        {...common(start)}
        aria-label={`Range ${number} start MPN`}
        value={range.startMPN}
        onChange={(event) => onChange({ ...range, startMPN: event.target.value })}
        onPaste={onPaste}
      />
      <input
        {...common(pages)}
        aria-label={`Range ${number} pages`}
        value={range.numPages}
        onChange={(event) => onChange({ ...range, numPages: event.target.value })}
      />
      <span className="span">{machineSpan(range)}</span>
      <button
        type="button"
        className="icon-only"
        aria-label={`Remove range ${number}`}
        onClick={() => onChange(undefined)}
      >
        <Icon name="remove" />
      </button>
      {described !== undefined && <Problem id={id} text={described} />}
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

function RangeTools({ ranges, read, onChange }: Omit<RangesProps, 'problems'>) {
  const [text, setText] = useState<string>();
  const rows = text === undefined ? [] : read(text, nextKey(ranges));
  return (
    <>
      <div className="range-tools">
        <button
          type="button"
          className="quiet"
          onClick={() => onChange([...ranges, { key: nextKey(ranges), startMPN: '', numPages: '' }])}
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
            disabled={rows.length === 0}
            onClick={() => {
              onChange(rows);
              setText(undefined);
            }}
          >
            Use {rows.length} {rows.length === 1 ? 'range' : 'ranges'}
          </button>
        </div>
      )}
    </>
  );
}
