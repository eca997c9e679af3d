import './export.css';
import { useEffect, useState, type ReactNode } from 'react';
import { PANEL_IDS, PANELS, type PanelId } from '../../state/layout';
import { pictureOf } from '../picture/picture';
import { pngOf } from '../picture/png';
import { fileName, save } from '../picture/save';
import { useExplorer, useSession, useView } from '../use-explorer';
import { LISTS, savedText, TABLES, writeFiles, type FileKind } from './export-files';
import { Modal } from './modal';

/** The request is a form. */
const PICTURES: readonly PanelId[] = PANEL_IDS.filter((id) => id !== 'request');

interface Props {
  readonly onClose: () => void;
}

/** Everything that can leave the page as a file. */
export function ExportDialog({ onClose }: Props) {
  const explorer = useExplorer();
  const document = useSession((session) => session.document);
  const { title } = document;
  const step = useView((view) => view.step);
  const [says, setSays] = useState('');
  const saveScenario = async (): Promise<void> => {
    save(fileName(title, '.json'), new Blob([await explorer.documentFile()], { type: 'application/json' }));
    setSays('The scenario is saved.');
  };
  const saveScript = async (): Promise<void> => {
    const { printScript } = await import('../../scenario/script');
    save(fileName(title, '.pagescope'), new Blob([printScript(document)], { type: 'text/plain' }));
    setSays('The script is saved.');
  };
  return (
    <Modal label="Export" id="export" onClose={onClose}>
      <Part name="Scenario" says="The document: machine, operations and notes. Opens again in Pagescope.">
        <div className="export-acts">
          <button type="button" onClick={() => void saveScenario()}>
            Save JSON
          </button>
          <button type="button" onClick={() => void saveScript()}>
            Save script
          </button>
          <button type="button" className="quiet" onClick={() => explorer.showDialog('open')}>
            Open a file …
          </button>
        </div>
      </Part>
      <Pictures title={title} onSaid={setSays} />
      <Part name="Page tables" says={`As they stand at step ${step}.`}>
        <Files kinds={TABLES} onSaid={setSays} />
      </Part>
      <Part name="Lists" says={`At step ${step}, as CSV with a row of names.`}>
        <Files kinds={LISTS} onSaid={setSays} />
      </Part>
      <Part name="Paper" says="All panels one after the other, light and without controls.">
        <div className="export-acts">
          <button
            type="button"
            onClick={() => {
              onClose();
              // When the dialog is off the page.
              setTimeout(() => print());
            }}
          >
            Print …
          </button>
        </div>
      </Part>
      <p className="export-says" role="status">
        {says}
      </p>
    </Modal>
  );
}

function Part({
  name,
  says,
  children,
}: {
  readonly name: string;
  readonly says: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="export-part" aria-label={name}>
      <h3>{name}</h3>
      <p className="hint">{says}</p>
      {children}
    </section>
  );
}

interface Picture {
  readonly of: PanelId;
  readonly svg: string;
  readonly url: string;
}

/** Chooses a panel, shows what the file will look like, and saves it. */
function Pictures({ title, onSaid }: { readonly title: string; readonly onSaid: (says: string) => void }) {
  const [chosen, setChosen] = useState<PanelId>('walk');
  const picture = usePicture(chosen, title);
  const walk = useView((view) => view.walkPicture);
  const name = fileName(`${title} ${PANELS[chosen]}`, '');
  const saveSvg = (): void => {
    if (!picture) return;
    save(`${name}.svg`, new Blob([picture.svg], { type: 'image/svg+xml' }));
    onSaid(`${PANELS[chosen]} is saved as SVG.`);
  };
  const savePng = async (): Promise<void> => {
    if (!picture) return;
    try {
      save(`${name}.png`, await pngOf(picture.svg));
      onSaid(`${PANELS[chosen]} is saved as PNG, at twice its size.`);
    } catch (cause) {
      onSaid(`No PNG: ${cause instanceof Error ? cause.message : String(cause)} Save it as SVG instead.`);
    }
  };
  return (
    <Part name="Picture" says="A panel as it is on screen, in its colours and with its fonts.">
      <div className="export-pictures">
        <div className="export-choice" role="radiogroup" aria-label="Panel">
          {PICTURES.map((id) => (
            <label key={id}>
              <input type="radio" name="picture" value={id} checked={id === chosen} onChange={() => setChosen(id)} />
              {PANELS[id]}
              {id === 'walk' && <small> as {walk}</small>}
            </label>
          ))}
        </div>
        <figure className="export-preview">
          {picture ? (
            <img src={picture.url} alt={`${PANELS[chosen]} as it will be saved`} />
          ) : (
            <p className="hint">{panelOf(chosen) ? 'Drawing …' : 'This panel is not on screen.'}</p>
          )}
        </figure>
        <div className="export-acts">
          <button type="button" aria-disabled={!picture || undefined} onClick={saveSvg}>
            Save SVG
          </button>
          <button type="button" aria-disabled={!picture || undefined} onClick={() => void savePng()}>
            Save PNG
          </button>
        </div>
      </div>
    </Part>
  );
}

/** The picture of a panel that is on screen; undefined while it is drawn, and for one that is not. */
function usePicture(of: PanelId, title: string): Picture | undefined {
  const [picture, setPicture] = useState<Picture>();
  useEffect(() => {
    let url: string | undefined;
    let wanted = true;
    const draw = async (panel: HTMLElement): Promise<void> => {
      const svg = await pictureOf(panel, `${PANELS[of]}: ${title}`);
      if (!wanted) return;
      url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      setPicture({ of, svg, url });
    };
    const panel = panelOf(of);
    if (panel) void draw(panel);
    return () => {
      wanted = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [of, title]);
  return picture?.of === of ? picture : undefined;
}

/** A panel that is on screen: not folded away, and not behind one that fills the place of all. */
function panelOf(id: PanelId): HTMLElement | undefined {
  const panel = document.querySelector<HTMLElement>(`.panel-${id}`);
  return panel && panel.getBoundingClientRect().width > 0 ? panel : undefined;
}

/** Files that the worker writes, each with what it is for. */
function Files({ kinds, onSaid }: { readonly kinds: readonly FileKind[]; readonly onSaid: (says: string) => void }) {
  const explorer = useExplorer();
  const [busy, setBusy] = useState<FileKind>();
  const write = async (kind: FileKind): Promise<void> => {
    setBusy(kind);
    onSaid(`Writing ${kind.name} …`);
    const answer = await writeFiles(explorer, kind);
    setBusy(undefined);
    if (typeof answer === 'string') return onSaid(answer);
    for (const { name, content } of answer.files) save(name, content);
    onSaid(savedText(kind, answer.count));
  };
  return (
    <ul className="export-files">
      {kinds.map((kind) => (
        <li key={kind.what}>
          <button
            type="button"
            aria-disabled={busy !== undefined || undefined}
            onClick={() => busy ?? void write(kind)}
          >
            {kind.name}
          </button>
          <span className="hint">{kind.says}</span>
        </li>
      ))}
    </ul>
  );
}
