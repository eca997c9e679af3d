import './frames.css';
import { decimalGroups, hex, hexGroups } from '../../base/number';
import { TABLE_NAMES, type Level } from '../../machine/address';
import type { FramesPicture } from '../../engine/picture';
import { Choice } from '../field';
import { Icon } from '../icons';
import { Panel } from '../panel';
import { FrameCanvas } from './canvas';
import { KINDS } from './kinds';
import type { FramesProps } from './props';

/** A window of machine memory, a cell a frame. */
export function Frames(props: FramesProps) {
  return (
    <Panel name="Machine frames" id="frames" aside={<WindowText frames={props.frames} />}>
      <FrameCanvas {...props} key={props.theme} describe={(mpn) => describe(props, mpn)} />
      <p className="frame-text" aria-hidden="true">
        {describe(props, props.cursor)}
      </p>
      <Legend frames={props.frames} />
      <WindowTools {...props} />
    </Panel>
  );
}

function WindowText({ frames: { start, kinds } }: { readonly frames: FramesPicture }) {
  return (
    <span className="mono" title="MPNs in the window">
      {hex(start)} – {hex(start + kinds.length - 1)}
    </span>
  );
}

/** A frame in words. */
function describe({ frames, mappings }: FramesProps, mpn: number): string {
  const i = mpn - frames.start;
  const kind = KINDS[frames.kinds[i] ?? 0];
  const region = frames.regions.find(({ startMPN, pages }) => mpn >= startMPN && mpn < startMPN + pages);
  const mapping = mappings.find(({ id }) => id === frames.mappings[i]);
  const level = frames.levels[i] ?? 0;
  const facts = [
    `MPN ${hexGroups(mpn)}`,
    level > 0 ? `${TABLE_NAMES[level as Level]} ${kind?.title}` : kind?.title,
    region && `in ${region.name}`,
    mapping && `mapped by ${mapping.name} at ${hexGroups(mapping.va)}`,
  ];
  return facts.filter(Boolean).join(', ');
}

function Legend({ frames }: { readonly frames: FramesPicture }) {
  const counts = KINDS.map((_, code) => frames.kinds.reduce((sum, kind) => sum + (kind === code ? 1 : 0), 0));
  return (
    <ul className="legend">
      {KINDS.map(({ kind, title, shape }, code) =>
        counts[code] ? (
          <li key={kind}>
            <span className={`swatch ${shape} kind-${kind}`} aria-hidden="true" />
            {title} <b>{decimalGroups(counts[code])}</b>
          </li>
        ) : undefined,
      )}
    </ul>
  );
}

function WindowTools({ frames, counts, pool, onWindow }: FramesProps) {
  const { start, kinds, regions } = frames;
  const count = kinds.length;
  const places = [...regions, { name: 'table pool', kind: 'pool', ...pool }].filter(({ pages }) => pages > 0);
  const at = places.findIndex(({ startMPN, pages }) => startMPN < start + count && startMPN + pages > start);
  return (
    <div className="window-tools">
      <Choice
        label="Region"
        value={Math.max(0, at)}
        options={places.map((_, i) => i)}
        name={(i) => places[i]?.name ?? ''}
        onChoose={(i) => onWindow({ start: places[i]?.startMPN ?? 0, count })}
      />
      <Choice label="Frames shown" value={count} options={counts} onChoose={(n) => onWindow({ start, count: n })} />
      <button
        type="button"
        className="icon-only"
        aria-label="Frames before"
        disabled={start === 0}
        onClick={() => onWindow({ start: start - count, count })}
      >
        <Icon name="back" />
      </button>
      <button
        type="button"
        className="icon-only"
        aria-label="Frames after"
        onClick={() => onWindow({ start: start + count, count })}
      >
        <Icon name="forward" />
      </button>
    </div>
  );
}
