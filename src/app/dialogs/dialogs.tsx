import './dialogs.css';
import '../print.css';
import { lazy, Suspense, type ComponentType } from 'react';
import type { Dialog } from '../../state/view';
import { Drop } from '../drop';
import { MoreTools } from '../more-tools';
import { Printing } from '../printing';
import { useExplorer, useView } from '../use-explorer';
import { Modal } from './modal';

interface DialogProps {
  readonly onClose: () => void;
}

/** A dialog that comes when it is first opened. Where it cannot be had, the page goes on and says so. */
const later = (load: () => Promise<ComponentType<DialogProps>>) =>
  lazy(() =>
    load().then(
      (loaded) => ({ default: loaded }),
      () => ({ default: Missing }),
    ),
  );

const DIALOGS: Readonly<Record<Dialog, ComponentType<DialogProps>>> = {
  palette: later(() => import('./palette').then(({ Palette }) => Palette)),
  gallery: later(() => import('./gallery').then(({ GalleryDialog }) => GalleryDialog)),
  keys: later(() => import('./key-map').then(({ KeyMap }) => KeyMap)),
  compare: later(() => import('./compare').then(({ CompareDialog }) => CompareDialog)),
  share: later(() => import('./share').then(({ ShareDialog }) => ShareDialog)),
  learn: later(() => import('./learn').then(({ Learn }) => Learn)),
  export: later(() => import('./export').then(({ ExportDialog }) => ExportDialog)),
  open: later(() => import('./open').then(({ OpenDialog }) => OpenDialog)),
  settings: later(() => import('./settings').then(({ SettingsDialog }) => SettingsDialog)),
};

function Missing({ onClose }: DialogProps) {
  return (
    <Modal label="Not there" id="missing" onClose={onClose}>
      <p>This part of the page could not be loaded. Nothing is lost; when you are online again, reload the page.</p>
    </Modal>
  );
}

/** The dialog that is open, if one is, and what opens some of them. */
export function Dialogs() {
  return (
    <>
      <MoreTools />
      <Drop />
      <Printing />
      <Opened />
    </>
  );
}

function Opened() {
  const explorer = useExplorer();
  const dialog = useView((view) => view.dialog);
  if (!dialog) return undefined;
  const Open = DIALOGS[dialog];
  // One that gave way to another hears of its closing only when the other is there.
  const close = (): void => {
    if (explorer.view.getState().dialog === dialog) explorer.showDialog(undefined);
  };
  return (
    <Suspense>
      <Open key={dialog} onClose={close} />
    </Suspense>
  );
}
