import { useEffect, useRef, useState } from 'react';
import type { Kept as KeptDocument } from '../state/kept';
import { Icon } from '../views/icons';
import { useExplorer, useSession } from './use-explorer';

/** What the page has to say above all: that a link opened nothing, that nothing can be stored, and the documents of earlier visits. */
export function Kept() {
  const unstored = useSession((session) => session.unstored);
  useKeeping();
  return (
    <>
      <LinkFault />
      {unstored && (
        <p className="kept" role="alert">
          This scenario cannot be stored: it is gone once this page is closed. Share gives a link that keeps it.
        </p>
      )}
      <Offers />
    </>
  );
}

/** One document after the other stays on offer until it is answered; one that was discarded, until the next is or it is closed. */
function Offers() {
  const explorer = useExplorer();
  const { keeping } = explorer;
  const all = useSession((session) => session.kept);
  const [turn, setTurn] = useState(0);
  const [gone, setGone] = useState<KeptDocument>();
  const [back, setBack] = useState<KeptDocument>();
  const kept = back && all.includes(back) ? back : all[turn % all.length];
  const discard = (one: KeptDocument): void => {
    setGone(one);
    setBack(undefined);
    void keeping.forget(one);
  };
  const bringBack = (one: KeptDocument): void => {
    setGone(undefined);
    setBack(one);
    void keeping.bringBack(one);
  };
  const next = (): void => {
    setBack(undefined);
    setTurn(turn + 1);
  };
  return (
    <>
      {gone && (
        <p className="kept" role="status">
          <span>Discarded: {gone.document?.title || 'Untitled'}.</span>
          <Focused onClick={() => bringBack(gone)}>Bring it back</Focused>
          <Close onClick={() => setGone(undefined)} />
        </p>
      )}
      {kept && (
        <p className="kept" role="note">
          <span>{nameOf(kept)}</span>
          {kept.document &&
            (kept === back ? (
              <Focused onClick={() => void explorer.takeKept(kept)}>Continue with it</Focused>
            ) : (
              <button type="button" onClick={() => void explorer.takeKept(kept)}>
                Continue with it
              </button>
            ))}
          {all.length > 1 && (
            <button type="button" className="quiet" onClick={next}>
              Show the next of {all.length}
            </button>
          )}
          <button type="button" className="quiet" onClick={() => discard(kept)}>
            Discard it
          </button>
        </p>
      )}
    </>
  );
}

/** A button that comes in the place of one that was pressed, and takes the focus from it. */
function Focused({ onClick, children }: { readonly onClick: () => void; readonly children: string }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <button type="button" ref={button} onClick={onClick}>
      {children}
    </button>
  );
}

/** Why a link opened nothing; what was on screen still is. */
export function LinkFault() {
  const explorer = useExplorer();
  const fault = useSession((session) => session.linkFault);
  if (fault === undefined) return undefined;
  return (
    <div className="kept fault" role="alert">
      <Icon name="alert" />
      <p>{fault}</p>
      <Close onClick={() => explorer.forgetLinkFault()} />
    </div>
  );
}

const Close = ({ onClick }: { readonly onClick: () => void }) => (
  <button type="button" className="icon-only" aria-label="Close the message" onClick={onClick}>
    <Icon name="remove" />
  </button>
);

/** Where the reader is is stored before the page may be gone: a phone says no more than that it is hidden. */
function useKeeping(): void {
  const explorer = useExplorer();
  useEffect(() => {
    const keep = (): void => explorer.keeping.now();
    addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', keep);
    return () => {
      removeEventListener('pagehide', keep);
      document.removeEventListener('visibilitychange', keep);
    };
  }, [explorer]);
}

function nameOf({ document, place, problem }: KeptDocument): string {
  if (!document) return `A scenario of an earlier visit cannot be read: ${problem}.`;
  const { title, ops } = document;
  const step = place ? ` left at step ${Math.floor(place.at)},` : '';
  return `Your last scenario is still here: ${title || 'Untitled'},${step} ${ops.length} ${ops.length === 1 ? 'operation' : 'operations'}.`;
}
