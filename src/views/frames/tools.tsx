import { framesIn, showing, whole, zoomed, holds, type Bounds, type Window } from '../../draw/frame-window';
import type { Stretch } from '../../engine/thing';
import { COLOURINGS, type Colouring } from './props';

const NAMES: Readonly<Record<Colouring, string>> = {
  kind: 'kind',
  owner: 'owner',
  level: 'table level',
  times: 'times mapped by vmk_Map',
  type: 'memory type',
};

interface ToolsProps {
  readonly window: Window;
  readonly total: number;
  readonly cursor: number;
  readonly colouring: Colouring;
  /** Frames that are mapped, and that belong to what is selected. */
  readonly mapped: readonly Stretch<number>[];
  readonly lit: readonly Stretch<number>[];
  readonly onColouring: (colouring: Colouring) => void;
  readonly onWindow: (window: Window) => void;
}

/** What the cells show, and how much of memory. */
export function Tools(props: ToolsProps) {
  const { window, total, cursor, colouring, mapped, lit, onColouring, onWindow } = props;
  // The stage fits the frames into the cells that it has room for.
  const bounds: Bounds = { total, most: Math.max(window.cells, 64) };
  const zoom = (by: number): void =>
    onWindow(zoomed(window, by, holds(window, cursor) ? cursor : window.start + framesIn(window) / 2, bounds));
  const count = framesIn(window);
  return (
    <div className="frame-tools">
      <label>
        Colour by
        <select value={colouring} onChange={(event) => onColouring(COLOURINGS[event.target.selectedIndex] ?? 'kind')}>
          {COLOURINGS.map((one) => (
            <option key={one} value={one}>
              {NAMES[one]}
            </option>
          ))}
        </select>
      </label>
      <div className="frame-zoom" role="group" aria-label="Zoom">
        <Tool name="Zoom out" path="M3 7.2h10v1.6H3z" off={count >= total} onPress={() => zoom(-1)} />
        <Tool
          name="Zoom in"
          path="M7.2 3h1.6v4.2H13v1.6H8.8V13H7.2V8.8H3V7.2h4.2z"
          off={count === 1}
          onPress={() => zoom(1)}
        />
        <Tool
          name="Whole memory"
          path="M2 2h4.5v1.6H3.6v2.9H2zm7.5 0H14v4.5h-1.6V3.6H9.5zM2 9.5h1.6v2.9h2.9V14H2zm10.4 0H14V14H9.5v-1.6h2.9z"
          off={count >= total}
          onPress={() => onWindow(whole(bounds))}
        />
        <Tool
          name="Fit mappings"
          path="M1.5 2h1.7v12H1.5zm11.3 0h1.7v12h-1.7zM4.5 5h3v6h-3zm4 0h3v6h-3z"
          off={mapped.length === 0}
          onPress={() => onWindow(showing(mapped[0].start, mapped.at(-1)!.end, bounds))}
        />
        <Tool
          name="Back to selection"
          path="M7.2 1h1.6v2a5.1 5.1 0 0 1 4.2 4.2h2v1.6h-2A5.1 5.1 0 0 1 8.8 13v2H7.2v-2A5.1 5.1 0 0 1 3 8.8H1V7.2h2A5.1 5.1 0 0 1 7.2 3zM8 4.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8zM8 6.6a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8z"
          off={lit.length === 0}
          onPress={() => onWindow(showing(lit[0].start, lit[0].end, bounds))}
        />
      </div>
    </div>
  );
}

interface ToolProps {
  readonly name: string;
  readonly path: string;
  readonly off: boolean;
  readonly onPress: () => void;
}

function Tool({ name, path, off, onPress }: ToolProps) {
  return (
    <button
      type="button"
      className="icon-only"
      aria-label={name}
      title={name}
      aria-disabled={off || undefined}
      onClick={() => {
        if (!off) onPress();
      }}
    >
      <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={path} fill="currentColor" fillRule="evenodd" />
      </svg>
    </button>
  );
}
