import { useCallback, type ReactNode } from 'react';
import { Icon } from '../../views/icons';

interface ModalProps {
  /** Its heading, and its name for assistive technology. */
  readonly label: string;
  /** Also a class, for its size. */
  readonly id: string;
  /** Without: the heading is only a name, for a dialog whose first line says what it is. */
  readonly heading?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Closes a dialog when a press begins and ends beside its sheet; one that selects text may end there. */
function closeBeside(dialog: HTMLDialogElement): void {
  let began = false;
  dialog.addEventListener('pointerdown', ({ target }) => {
    began = target === dialog;
  });
  dialog.addEventListener('click', ({ target }) => {
    if (began && target === dialog) dialog.close();
  });
}

/** A native dialog over the page. Escape, a press beside it and its button close it; the focus returns to where it was. */
export function Modal({ label, id, heading = true, onClose, children }: ModalProps) {
  const open = useCallback((dialog: HTMLDialogElement) => {
    closeBeside(dialog);
    dialog.showModal();
    // Before it leaves the page, so that the browser gives the focus back.
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={open}
      className={`modal modal-${id}`}
      aria-label={label}
      onClose={(event) => !event.currentTarget.open && onClose()}
    >
      <div className="modal-sheet">
        {heading && (
          <header className="modal-head">
            <h2>{label}</h2>
            <button type="button" className="icon-only" aria-label={`Close ${label}`} onClick={onClose}>
              <Icon name="remove" />
            </button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
