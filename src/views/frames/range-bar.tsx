import { decimalGroups } from '../../base/number';
import { MAX_UINT32 } from '../../machine/vmkapi';
import type { Stretch } from '../../engine/thing';
import type { FrameRange } from './props';
import { sizeText, spanText } from './words';

interface RangeBarProps {
  readonly range: Stretch<number>;
  /** How many ranges the request has room for. */
  readonly room: number;
  readonly onRange: (range: FrameRange, how: 'add' | 'replace') => void;
  readonly onClear: () => void;
}

/** What is marked out, and what can be done with it. */
export function RangeBar({ range: { start, end }, room, onRange, onClear }: RangeBarProps) {
  const numPages = end - start;
  const tooLong = numPages > MAX_UINT32;
  const range = { startMPN: start, numPages };
  return (
    <div className="frame-range" role="group" aria-label="Marked frames">
      <span role="status">
        MPN {spanText(start, end)}, <b>{decimalGroups(numPages)}</b> {numPages === 1 ? 'page' : 'pages'},{' '}
        {sizeText(numPages)}
        {tooLong && <em> A range holds at most {decimalGroups(MAX_UINT32)}: numPages is a vmk_uint32.</em>}
        {!tooLong && room < 1 && <em> The request form is full.</em>}
      </span>
      <span className="range-acts">
        <button type="button" disabled={tooLong || room < 1} onClick={() => onRange(range, 'add')}>
          Add to request
        </button>
        <button type="button" disabled={tooLong} onClick={() => onRange(range, 'replace')}>
          Replace request ranges
        </button>
        <button type="button" className="quiet" onClick={onClear}>
          Clear
        </button>
      </span>
    </div>
  );
}
