import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { useExplorer, useSession } from '../use-explorer';
import { askedEntry, entriesOf, type Entry } from './entries';
import { Chords } from './key-map';
import { Modal } from './modal';
import { ranked, type Ranked } from './rank';

/** More lines than this nobody reads; typing narrows them. */
const MOST_LINES = 60;
const LIST = 'palette-list';
const lineId = (i: number): string => `palette-${i}`;

/** Finds commands, scenarios, mappings and operations by some of their letters, and addresses, frames and steps by number. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const explorer = useExplorer();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const found = useFound(query);
  const lines = found.slice(0, MOST_LINES);

  const run = ({ item }: Ranked<Entry>): void => {
    if (!item.run) return;
    // The dialog gives the focus back first, so that the command may move it.
    flushSync(onClose);
    item.run(explorer);
  };
  const press = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: (active + 1) % Math.max(1, lines.length),
      ArrowUp: (active + lines.length - 1) % Math.max(1, lines.length),
      PageDown: Math.min(active + 8, lines.length - 1),
      PageUp: Math.max(active - 8, 0),
    };
    const to = moves[event.key];
    const line = lines[active];
    if (to !== undefined) setActive(to);
    else if (event.key === 'Enter' && line) run(line);
    else return;
    event.preventDefault();
  };
  return (
    <Modal label="Find" id="palette" heading={false} onClose={onClose}>
      <input
        className="palette-query"
        type="text"
        role="combobox"
        aria-label="Find a command, scenario, mapping, address or step"
        placeholder="Command, scenario, 0x4400…, step 12"
        aria-expanded={lines.length > 0}
        aria-controls={LIST}
        aria-autocomplete="list"
        aria-activedescendant={lines[active] && lineId(active)}
        spellCheck={false}
        autoComplete="off"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={press}
      />
      <div className="palette-lines" id={LIST} role="listbox" aria-label="Found">
        {lines.map((line, i) => (
          <Line key={line.item.id} line={line} at={i} active={i === active} onPoint={setActive} onRun={run} />
        ))}
      </div>
      <p className="palette-foot hint" role="status">
        {says(found.length)}
        {found.length > 0 && <span className="palette-how"> ↑ ↓ to choose, Enter to run, Esc to close</span>}
      </p>
    </Modal>
  );
}

function useFound(query: string): readonly Ranked<Entry>[] {
  const session = useSession((all) => all);
  const entries = useMemo(() => entriesOf(session), [session]);
  return useMemo(() => {
    const first = askedEntry(query, session);
    return [...(first ? [{ item: first, at: [] }] : []), ...ranked(entries, query)];
  }, [entries, query, session]);
}

function says(count: number): string {
  if (count === 0) return 'Nothing is called that. Try fewer letters, or an address that begins with 0x.';
  const more = count > MOST_LINES ? `; the first ${MOST_LINES} are shown` : '';
  return `${count} found${more}.`;
}

/** The first two sentences, which end where a line would be cut; the whole is there when it is chosen. */
const leadOf = (about: string): string => /^.*?\. .*?\.(?= |$)/.exec(about)?.[0] ?? about;

interface LineProps {
  readonly line: Ranked<Entry>;
  readonly at: number;
  readonly active: boolean;
  readonly onPoint: (at: number) => void;
  readonly onRun: (line: Ranked<Entry>) => void;
}

function Line({ line, at, active, onPoint, onRun }: LineProps) {
  const { title, kind, says: about, keys, run } = line.item;
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (active) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <button
      type="button"
      tabIndex={-1}
      ref={ref}
      id={lineId(at)}
      className="palette-line"
      role="option"
      aria-selected={active}
      aria-disabled={!run || undefined}
      // The focus stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      onPointerMove={() => onPoint(at)}
      onClick={() => onRun(line)}
    >
      <span className="palette-title">
        <Marked text={title} at={line.at} />
      </span>
      {keys && keys.length > 0 && (
        <span className="palette-keys">
          <Chords keys={keys} />
        </span>
      )}
      {kind !== 'Command' && <span className="tag">{kind}</span>}
      {about !== undefined && <span className="palette-says">{active ? about : leadOf(about)}</span>}
    </button>
  );
}

/** A title with the letters that matched marked, in as few pieces as there are runs. */
function Marked({ text, at }: { readonly text: string; readonly at: readonly number[] }) {
  const hits = new Set(at);
  const pieces: { readonly from: number; readonly hit: boolean; text: string }[] = [];
  for (const [i, letter] of [...text].entries()) {
    const last = pieces.at(-1);
    if (last?.hit === hits.has(i)) last.text += letter;
    else pieces.push({ from: i, hit: hits.has(i), text: letter });
  }
  return pieces.map(({ from, hit, text: piece }) => (hit ? <mark key={from}>{piece}</mark> : piece));
}
