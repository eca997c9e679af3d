import './dialogs.css';
import { lazy, Suspense, type ComponentType } from 'react';
import type { Dialog } from '../../state/view';
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
  keys: later(() => import('./key-map').then(({ KeyMap }) => KeyMap)),
  compare: later(() => import('./compare').then(({ CompareDialog }) => CompareDialog)),
  share: later(() => import('./share').then(({ ShareDialog }) => ShareDialog)),
  learn: later(() => import('./learn').then(({ Learn }) => Learn)),
  settings: later(() => import('./settings').then(({ SettingsDialog }) => SettingsDialog)),
};

function Missing({ onClose }: DialogProps) {
  return (
    <Modal label="Not there" id="missing" onClose={onClose}>
      <p>This part of the page could not be loaded. Nothing is lost; when you are online again, reload the page.</p>
    </Modal>
  );
}

/** The dialog that is open, if one is. */
export function Dialogs() {
  const explorer = useExplorer();
  const dialog = useView((view) => view.dialog);
  if (!dialog) return undefined;
  const Open = DIALOGS[dialog];
  return (
    <Suspense>
      <Open key={dialog} onClose={() => explorer.showDialog(undefined)} />
    </Suspense>
  );
}
