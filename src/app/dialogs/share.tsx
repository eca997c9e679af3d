import './share.css';
import { useEffect, useId, useMemo, useRef, useState, type RefObject } from 'react';
import { decimalGroups } from '../../base/number';
import type { Scenario } from '../../scenario';
import { linkOf } from '../../state/link';
import { placeOf, type Place } from '../../state/place';
import { Choice, Field } from '../../views/field';
import { fileName, save } from '../picture/save';
import { addressOf } from '../url-share';
import { useExplorer } from '../use-explorer';
import { Modal } from './modal';

/** Some programs for mail and chat cut off what is longer. */
const LONG = 2000;

const THEMES = ['as the reader has it', 'light', 'dark'] as const;

interface Props {
  readonly onClose: () => void;
}

/** A link, a frame for another page, and files: all hold what is on screen when the dialog opens. */
export function ShareDialog({ onClose }: Props) {
  const explorer = useExplorer();
  const [{ document, place }] = useState(() => {
    explorer.playhead.pause();
    return { document: explorer.session.getState().document, place: placeOf(explorer.view.getState()) };
  });
  const [withPlace, setWithPlace] = useState(true);
  const [theme, setTheme] = useState<(typeof THEMES)[number]>(place.theme ?? THEMES[0]);
  const [says, setSays] = useState('');
  const to = useMemo(
    () => (withPlace ? { ...place, theme: theme === THEMES[0] ? undefined : theme } : undefined),
    [withPlace, theme, place],
  );
  const [withLesson, setWithLesson] = useState(true);
  const lesson = useMemo(() => (withLesson ? explorer.lessons?.section() : undefined), [explorer, withLesson]);
  const link = useLink(document, to, lesson);
  return (
    <Modal label="Share" id="share" onClose={onClose}>
      <p className="hint">
        The link holds the scenario itself. Whoever opens it sees the same machine; nothing is sent to a server.
      </p>
      <div className="share-choices">
        <label className="switch">
          <input type="checkbox" checked={withPlace} onChange={(event) => setWithPlace(event.target.checked)} />
          With the place: step {Math.floor(place.at)}, selection, bookmarks, panels
        </label>
        {explorer.lessons?.section() && (
          <label className="switch">
            <input type="checkbox" checked={withLesson} onChange={(event) => setWithLesson(event.target.checked)} />
            With the lesson, at this move
          </label>
        )}
        {withPlace && <Choice label="Theme" value={theme} options={THEMES} onChoose={setTheme} />}
      </div>
      {link?.text === undefined ? (
        <p className="share-large" role="status">
          {link ? 'This scenario is too large for a link. Download it as a file, which opens in Pagescope.' : '…'}
        </p>
      ) : (
        <Links link={link.text} title={document.title} onSaid={setSays} />
      )}
      <Files document={document} onSaid={setSays} />
      <p className="share-says" role="status">
        {says}
      </p>
    </Modal>
  );
}

/** Undefined until it is made; without a text when it is too much for a link. */
function useLink(
  document: Scenario,
  place: Place | undefined,
  lesson: Uint8Array | undefined,
): { readonly text: string | undefined } | undefined {
  const [made, setMade] = useState<{
    readonly to: Place | undefined;
    readonly lesson: Uint8Array | undefined;
    readonly text: string | undefined;
  }>();
  useEffect(() => {
    let wanted = true;
    void (async () => {
      const link = await linkOf(document, place, lesson);
      if (wanted) setMade({ to: place, lesson, text: link.ok ? link.value : undefined });
    })();
    return () => {
      wanted = false;
    };
  }, [document, place, lesson]);
  return made?.to === place && made?.lesson === lesson ? made : undefined;
}

interface LinksProps {
  readonly link: string;
  readonly title: string;
  readonly onSaid: (says: string) => void;
}

function Links({ link, title, onSaid }: LinksProps) {
  const length = useId();
  const address = addressOf(link);
  const frame = frameOf(addressOf(link, true), title);
  const [field, code] = [useRef<HTMLInputElement>(null), useRef<HTMLTextAreaElement>(null)];
  return (
    <>
      <div className="share-part">
        <Field label="Link">
          {(control) => (
            <input
              {...control}
              ref={field}
              aria-describedby={length}
              readOnly
              value={address}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
        <button type="button" className="primary" onClick={() => void copy(address, field, 'The link', onSaid)}>
          Copy link
        </button>
        <p className={address.length > LONG ? 'share-length long' : 'share-length hint'} id={length}>
          {decimalGroups(address.length)} characters.
          {address.length > LONG &&
            ` Some programs for mail and chat cut off links of more than ${decimalGroups(LONG)}. Send the file there.`}
        </p>
      </div>
      <div className="share-part">
        <Field label="Embed code, for slides and course pages">
          {(control) => (
            <textarea
              {...control}
              ref={code}
              rows={5}
              readOnly
              spellCheck={false}
              value={frame}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
        <button type="button" onClick={() => void copy(frame, code, 'The embed code', onSaid)}>
          Copy embed code
        </button>
      </div>
    </>
  );
}

/** A text as the value of an attribute. */
const quoted = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const frameOf = (address: string, title: string): string =>
  `<iframe src="${quoted(address)}" title="${quoted(`Pagescope: ${title || 'a scenario'}`)}" width="960" height="600" style="border: 0" allow="clipboard-write"></iframe>`;

/** Where the browser refuses, the text is selected, so that the reader can copy it by a key. */
async function copy(
  text: string,
  field: RefObject<HTMLInputElement | HTMLTextAreaElement | null>,
  what: string,
  onSaid: LinksProps['onSaid'],
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    onSaid(`${what} is copied.`);
  } catch {
    field.current?.focus();
    field.current?.select();
    onSaid(`The browser does not let the page copy. ${what} is selected: copy it with Ctrl+C or ⌘C.`);
  }
}

function Files({ document, onSaid }: { readonly document: Scenario; readonly onSaid: (says: string) => void }) {
  const give = (ending: string, type: string, text: string): void => {
    const name = fileName(document.title, ending);
    save(name, new Blob([text], { type }));
    onSaid(`${name} is downloaded.`);
  };
  const json = async (): Promise<void> => {
    const { printScenario } = await import('../../scenario');
    give('.json', 'application/json', `${JSON.stringify(printScenario(document), undefined, 2)}\n`);
  };
  const script = async (): Promise<void> => {
    const { printScript } = await import('../../scenario/script');
    give('.pagescope', 'text/plain', printScript(document));
  };
  return (
    <div className="share-part share-files">
      <button type="button" onClick={() => void json()}>
        Download scenario
      </button>
      <button type="button" onClick={() => void script()}>
        Download script
      </button>
      <p className="hint">JSON, or a script of one operation a line. Both hold the scenario, not the place.</p>
    </div>
  );
}
