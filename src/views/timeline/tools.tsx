import { useRef } from 'react';
import { decimalGroups } from '../../base/number';
import type { AxisKind } from './axis';
import type { StageProps } from './props';

interface ToolsProps extends Pick<StageProps, 'bookmarks' | 'Moving' | 'onSeek' | 'onBookmark'> {
  readonly kind: AxisKind;
  readonly all: boolean;
  /** What is under the pointer, in words. */
  readonly readout: string | undefined;
  readonly onKind: (kind: AxisKind) => void;
  readonly onZoom: (by: number) => void;
  readonly onFitAll: () => void;
  readonly onFitOp: () => void;
  readonly onCompare: () => void;
}

/** What the tracks show and how large, the bookmarks, and a line that reads out what is pointed at. */
export function Tools(props: ToolsProps) {
  const { kind, all, readout, Moving, onKind, onZoom, onFitAll, onFitOp } = props;
  return (
    <div className="track-tools">
      <div className="segmented" role="group" aria-label="Time axis">
        {(['cycles', 'steps'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={kind === one}
            title={AXIS_TITLES[one]}
            onClick={() => onKind(one)}
          >
            {one}
          </button>
        ))}
      </div>
      <div className="zoom" role="group" aria-label="Zoom">
        <button
          type="button"
          className="quiet"
          aria-label="Zoom out"
          title="Zoom out"
          aria-disabled={all || undefined}
          onClick={() => onZoom(0.5)}
        >
          −
        </button>
        <button type="button" className="quiet" aria-label="Zoom in" title="Zoom in (wheel)" onClick={() => onZoom(2)}>
          +
        </button>
        <button
          type="button"
          className="quiet"
          aria-disabled={all || undefined}
          title="Show the whole run"
          onClick={onFitAll}
        >
          All
        </button>
        <button
          type="button"
          className="quiet"
          title="Show the operation at the playhead as large as it goes"
          onClick={onFitOp}
        >
          This operation
        </button>
      </div>
      <Moving>{({ step }) => <Bookmarks {...props} step={step} />}</Moving>
      <button
        type="button"
        className="quiet compare"
        title="Run this scenario with one policy in two ways, side by side"
        onClick={props.onCompare}
      >
        Compare policies
      </button>
      <p className="track-readout" aria-hidden="true">
        {readout ?? <Legend />}
      </p>
    </div>
  );
}

const AXIS_TITLES: Readonly<Record<AxisKind, string>> = {
  cycles: 'Simulated cycles, true to scale',
  steps: 'Each step equally wide, however long it takes',
};

function Legend() {
  return (
    <span className="key">
      <i className="key-ipi" /> IPI <i className="key-ack" /> acknowledgement <i className="key-lost" /> lost{' '}
      <i className="key-owes" /> owes a flush <i className="key-waits" /> waits <i className="key-hazard" /> hazard
    </span>
  );
}

function Bookmarks({ bookmarks, step, onSeek, onBookmark }: ToolsProps & { readonly step: number }) {
  const list = useRef<HTMLDetailsElement>(null);
  const here = bookmarks.includes(step);
  return (
    <div className="bookmarks">
      <button
        type="button"
        className="quiet"
        aria-pressed={here}
        aria-label="Bookmark this step"
        title="Bookmark this step"
        onClick={() => onBookmark(step)}
      >
        <span className="flag-icon" aria-hidden="true" />
        <span className="wide">Bookmark</span>
      </button>
      {bookmarks.length > 0 && (
        <details ref={list}>
          <summary>{bookmarks.length === 1 ? '1 bookmark' : `${bookmarks.length} bookmarks`}</summary>
          <ul>
            {bookmarks.map((one) => (
              <li key={one}>
                <button type="button" className="link" onClick={() => onSeek(one)}>
                  step {decimalGroups(one)}
                </button>
                <button
                  type="button"
                  className="quiet"
                  aria-label={`Remove the bookmark at step ${one}`}
                  onClick={() => onBookmark(one)}
                >
                  Remove
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
