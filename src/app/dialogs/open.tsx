import './export.css';
import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { hex, parseInteger } from '../../base/number';
import type { CReading } from '../../scenario/c';
import { readDropped, readImageAt, type Dropped, type DroppedFile } from '../../state/dropped';
import { readFirstByte, rootOf } from '../../state/read-image';
import { sourceDesk } from '../../state/source-desk';
import { Field, submitting } from '../../views/field';
import { useExplorer, useView } from '../use-explorer';
import { goToPanel } from '../layout/go-to';
import { Modal } from './modal';

/** Opens a file that was dropped or is chosen here. What cannot be opened is said, and nothing has changed. */
export function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const explorer = useExplorer();
  const files = useView((view) => view.files);
  const input = useRef<HTMLInputElement>(null);
  const [says, setSays] = useState(files ? 'Reading …' : '');
  const [image, setImage] = useState<DroppedFile>();

  const take = useCallback(
    (dropped: Dropped): void => {
      setSays(dropped.kind === 'wrong' ? dropped.says : '');
      if (dropped.kind === 'image') setImage(dropped.file);
      if (dropped.kind === 'lesson') {
        const { name, text } = dropped;
        const told = (wrong?: string): void => (wrong === undefined ? onClose() : setSays(`${name}: ${wrong}`));
        void explorer.openLesson(text).then(told);
      }
      if (dropped.kind === 'link') {
        const { opened } = dropped;
        explorer.open(opened.scenario, opened.place);
        void explorer.startLinked(opened);
        onClose();
      }
      if (dropped.kind === 'source') {
        const { text, reading } = dropped;
        const isShown = sourceDesk(explorer).take(text, reading);
        const isEmpty = reading.scenario.ops.length === 0;
        if (!isEmpty) explorer.open(reading.scenario);
        if (!isShown) return setSays(saidOf(reading, isEmpty));
        flushSync(onClose);
        explorer.showTabs({ request: 'c' });
        goToPanel(explorer, 'request');
      }
      if (dropped.kind !== 'scenario') return;
      explorer.open(dropped.scenario);
      if (dropped.va !== undefined) explorer.select({ kind: 'va', va: dropped.va });
      onClose();
    },
    [explorer, onClose],
  );
  useEffect(() => {
    if (files) void readDropped(files).then(take);
  }, [files, take]);
  const choose = (list: FileList | null): void => {
    if (!list?.length) return;
    setImage(undefined);
    setSays('Reading …');
    void readDropped([...list]).then(take);
  };
  return (
    <Modal label="Open a file" id="open" onClose={onClose}>
      <dl className="open-kinds">
        <dt>Scenario</dt>
        <dd>JSON, a script, vmkapi C, or a text with a link</dd>
        <dt>Lesson</dt>
        <dd>JSON</dd>
        <dt>Page tables</dt>
        <dd>
          <code>info tlb</code> text, or a memory image with its .json, if any
        </dd>
      </dl>
      <p className="hint">You can also drop files anywhere on the page. Undo brings back what is open now.</p>
      <div className="export-acts">
        <button type="button" className="primary" onClick={() => input.current?.click()}>
          Choose files …
        </button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label="Files"
          onChange={(event) => choose(event.target.files)}
        />
      </div>
      {image && <Where file={image} onTry={() => setSays('')} onRead={take} />}
      <p className="open-says" role="status">
        {says}
      </p>
    </Modal>
  );
}

interface WhereProps {
  readonly file: DroppedFile;
  readonly onTry: () => void;
  readonly onRead: (dropped: Dropped) => void;
}

/** Where the tab has another text, which is not given up for this. */
const saidOf = ({ remarks }: CReading, isEmpty: boolean): string =>
  [
    isEmpty ? 'Nothing is opened.' : 'It is open.',
    ...remarks.map(({ line, says }) => `Line ${line}: ${says}`),
    'The tab C source has a text of yours, which stays.',
  ].join(' ');

/** Asks what a memory image does not say. */
function Where({ file, onTry, onRead }: WhereProps) {
  const [cr3, setCr3] = useState('');
  const [start, setStart] = useState('0x0');
  const [tried, setTried] = useState(false);
  const [root, first] = [parseInteger(cr3), readFirstByte(start)];
  const problem = (read: typeof root): string | undefined => (tried && !read.ok ? read.error : undefined);
  const send = (): void => {
    setTried(true);
    onTry();
    if (root.ok && first.ok) void readImageAt(file, root.value, first.value).then(onRead);
  };
  return (
    <form className="open-where" aria-label="Where the tables are" onSubmit={submitting(send)}>
      <p>{file.name} is a memory image. Where are its tables?</p>
      <Field label="CR3, the machine address of the PML4" problem={problem(root)}>
        {(control) => (
          <input
            {...control}
            type="text"
            spellCheck={false}
            autoComplete="off"
            placeholder="0x1000000"
            value={cr3}
            onChange={(event) => setCr3(event.target.value)}
          />
        )}
      </Field>
      {root.ok && root.value !== rootOf(root.value) && (
        <p className="hint">
          The PML4 is at {hex(rootOf(root.value))}: bits 11:0 and 63:52 of CR3 are no part of its address.
        </p>
      )}
      <Field label="Machine address of the first byte of the file" problem={problem(first)}>
        {(control) => (
          <input
            {...control}
            type="text"
            spellCheck={false}
            autoComplete="off"
            value={start}
            onChange={(event) => setStart(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="primary">
        Open it
      </button>
    </form>
  );
}
